package waybill.shipping;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import waybill.messages.ShipmentStatus;
import waybill.platform.Preference;

/** A language of the customers' pages: its words are its file in {@code words}, named by its tag; a page of another capability has one more beside it. */
public final class PageLanguage {
  /** By BCP 47; the first is for readers who want none of them. */
  static final List<String> TAGS = List.of("en", "de", "fr");
  private static final Map<Words, PageLanguage> READ = new ConcurrentHashMap<>();

  /** @param owner beside which class the words of its page are */
  private record Words(Class<?> owner, String tag) {}

  private final String tag;
  private final Properties words;
  private final DateTimeFormatter day;
  private final DateTimeFormatter time;

  private PageLanguage(String tag, Properties words) {
    this.tag = tag;
    this.words = words;
    this.day = DateTimeFormatter.ofPattern(say("day"), locale());
    this.time = DateTimeFormatter.ofPattern(say("day") + ", HH:mm", locale());
  }

  private Locale locale() {
    return Locale.forLanguageTag(tag);
  }

  /**
   * The one that a reader likes best.
   *
   * @param acceptLanguage the header; null if it was not sent
   * @param otherwise the language that the order's customer is written to, for a reader who names none; null if there is no order
   */
  static PageLanguage of(String acceptLanguage, String otherwise) {
    return of(PageLanguage.class, acceptLanguage, otherwise);
  }

  /** The same for a page of another capability. @param owner a class beside the folder {@code words} of its page */
  public static PageLanguage of(Class<?> owner, String acceptLanguage, String otherwise) {
    String preferred = acceptLanguage == null ? otherwise : acceptLanguage;
    return READ.computeIfAbsent(new Words(owner, Preference.among(TAGS, preferred)), PageLanguage::read);
  }

  static PageLanguage of(String acceptLanguage) {
    return of(acceptLanguage, null);
  }

  private static PageLanguage read(Words of) {
    var words = new Properties();
    load(words, PageLanguage.class, of.tag);
    if (of.owner != PageLanguage.class) {
      load(words, of.owner, of.tag);
    }
    return new PageLanguage(of.tag, words);
  }

  private static void load(Properties words, Class<?> owner, String tag) {
    try (InputStream file = owner.getResourceAsStream("words/" + tag + ".properties")) {
      words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
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

  /** The text of a key with numbers or names in it. */
  public String say(String key, Object... values) {
    return String.format(locale(), say(key), values);
  }

  /** The one name of a status, wherever it is shown. */
  String say(ShipmentStatus status) {
    return say("status." + status.name().toLowerCase(Locale.ROOT));
  }

  /** A day; carriers estimate in days and write them in UTC. */
  String day(Instant instant) {
    return day.format(instant.atZone(ZoneOffset.UTC));
  }

  String day(LocalDate date) {
    return day.format(date);
  }

  public String day(Instant instant, ZoneId zone) {
    return day.format(instant.atZone(zone));
  }

  String time(Instant instant, ZoneId zone) {
    return time.format(instant.atZone(zone));
  }

  /** As the zone is called in this language, for example Central European Time. */
  String name(ZoneId zone) {
    return zone.getDisplayName(TextStyle.FULL, locale());
  }
}
