package waybill.warehouse.picking;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import waybill.platform.Preference;

/** What a person who picks reads, in their language: its words are its file in {@code words}. */
record Words(String language, Properties texts) {
  /** The first is for readers who want none of them. */
  static final List<String> LANGUAGES = List.of("en", "de");
  private static final Map<String, Words> READ = LANGUAGES.stream().collect(Collectors.toMap(it -> it, Words::read));

  /** @param acceptLanguage the header; null if it was not sent */
  static Words of(String acceptLanguage) {
    return READ.get(Preference.among(LANGUAGES, acceptLanguage));
  }

  private static Words read(String language) {
    var texts = new Properties();
    try (var in = new InputStreamReader(Words.class.getResourceAsStream("words/" + language + ".properties"),
        StandardCharsets.UTF_8)) {
      texts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Words(language, texts);
  }

  String say(String key, Object... values) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("there are no words for %s in %s".formatted(key, language));
    }
    return String.format(Locale.ROOT, text, values);
  }
}
