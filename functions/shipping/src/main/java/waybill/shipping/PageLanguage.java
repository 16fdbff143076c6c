package waybill.shipping;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import waybill.messages.ShipmentStatus;

/** A language of the tracking page: its words are its file in {@code words}, named by its tag. */
public final class PageLanguage {
  /** By BCP 47; the first is for readers who want none of them. */
  static final List<String> TAGS = List.of("en", "de", "fr");
  private static final Map<String, PageLanguage> READ = new ConcurrentHashMap<>();

  private final String tag;
  private final Properties words;
  private final DateTimeFormatter day;
  private final DateTimeFormatter time;

  private PageLanguage(String tag, Properties words) {
    this.tag = tag;
    this.words = words;
    this.day = format(say("day"));
    this.time = format(say("day") + ", HH:mm 'UTC'");
  }

  private DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(tag)).withZone(ZoneOffset.UTC);
  }

  /** The one that a reader likes best. @param acceptLanguage the header; null if it was not sent */
  static PageLanguage of(String acceptLanguage) {
    return READ.computeIfAbsent(Preference.among(TAGS, acceptLanguage), PageLanguage::read);
  }

  private static PageLanguage read(String tag) {
    try (InputStream file = PageLanguage.class.getResourceAsStream("words/" + tag + ".properties")) {
      var words = new Properties();
      words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      return new PageLanguage(tag, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By BCP 47. */
  public String tag() {
    return tag;
  }

  public String say(String key) {
    String text = words.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("there are no words for %s in %s".formatted(key, tag));
    }
    return text;
  }

  String say(ShipmentStatus status) {
    return say("status." + status.name().toLowerCase(Locale.ROOT));
  }

  /** A day; carriers estimate in days and write them in UTC. */
  String day(Instant instant) {
    return day.format(instant);
  }

  String time(Instant instant) {
    return time.format(instant);
  }
}
