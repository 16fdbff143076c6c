package waybill.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import waybill.messages.Money;
import waybill.platform.MoneyText;

/**
 * A language of the papers: its words are its file in {@code words}, named by its tag, and nothing lists it. Amounts and days follow
 * the country of the reader's locale.
 */
public final class SlipWords {
  private final Locale locale;
  private final Properties words;

  private SlipWords(Locale locale, Properties words) {
    this.locale = locale;
    this.words = words;
  }

  /** The customer's language if there are words for it, else the channel's, else English. @param customers their locale, or null */
  static SlipWords of(String customers, String channels) {
    return Stream.of(customers, channels, "en").filter(Objects::nonNull)
        .map(it -> Locale.forLanguageTag(it.replace('_', '-')))
        .flatMap(it -> read(it).map(words -> new SlipWords(it, words)).stream()).findFirst().orElseThrow();
  }

  private static Optional<Properties> read(Locale locale) {
    try (InputStream file = SlipWords.class.getResourceAsStream("words/" + locale.getLanguage() + ".properties")) {
      if (file == null) {
        return Optional.empty();
      }
      var words = new Properties();
      words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      return Optional.of(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By BCP 47, for the page's own language. */
  public String tag() {
    return locale.getLanguage();
  }

  Locale locale() {
    return locale;
  }

  public String say(String key) {
    return Objects.requireNonNull(words.getProperty(key), key);
  }

  String say(String key, Object... values) {
    return String.format(locale, say(key), values);
  }

  String money(Money amount) {
    return MoneyText.of(amount, locale);
  }

  String day(Instant at, ZoneId zone) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(at.atZone(zone));
  }
}
