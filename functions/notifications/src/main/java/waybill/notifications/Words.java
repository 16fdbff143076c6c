package waybill.notifications;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.messages.Money;
import waybill.platform.MoneyText;

/**
 * The words of all mails in one language, and how it writes amounts and times. A language is its file in {@code words},
 * named by its tag, and nothing lists it. What differs by country, for example "59,72 €" and "€ 59,72", follows the
 * country of the reader's locale.
 */
public final class Words {
  private static final String ENGLISH = "en";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");
  /** Some languages write a space here, which must not end a line; files hold an ordinary one. */
  private static final Pattern SPACE_BEFORE_SIGN = Pattern.compile(" ([:;!?»])");
  private static final Pattern SPACE_AFTER_SIGN = Pattern.compile("« ");
  private static final String NARROW_SPACE = "\u202f";
  private static final Map<String, Map<String, String>> FILES = new ConcurrentHashMap<>();

  private final Locale locale;
  private final Map<String, String> texts;

  Words(Locale locale, Map<String, String> texts) {
    this.locale = locale;
    this.texts = texts;
  }

  /**
   * The customer's language if there are words in it, else the channel's, else English.
   *
   * @param customers the customer's own locale, or null
   * @param channels the locale of the channel
   */
  static Words of(String customers, String channels) {
    return Stream.of(Optional.ofNullable(customers), Optional.of(channels), Optional.of(ENGLISH))
        .flatMap(Optional::stream).map(Words::find).flatMap(Optional::stream).findFirst().orElseThrow();
  }

  private static Optional<Words> find(String tag) {
    Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
    return texts(locale.getLanguage())
        .map(texts -> new Words(Locale.of(locale.getLanguage(), locale.getCountry()), texts));
  }

  /** @param language letters only, as Java checks the languages of its locales */
  private static Optional<Map<String, String>> texts(String language) {
    Map<String, String> known = FILES.get(language);
    if (known != null) {
      return Optional.of(known);
    }
    try (InputStream file = Words.class.getResourceAsStream("words/" + language + ".properties")) {
      return file == null ? Optional.empty() : Optional.of(FILES.computeIfAbsent(language, _ -> read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> read(InputStream file) {
    var properties = new Properties();
    try {
      properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var texts = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, typeset(properties.getProperty(key))));
    return Map.copyOf(texts);
  }

  private static String typeset(String text) {
    String before = SPACE_BEFORE_SIGN.matcher(text).replaceAll(NARROW_SPACE + "$1");
    return SPACE_AFTER_SIGN.matcher(before).replaceAll("«" + NARROW_SPACE);
  }

  /** By BCP 47, as HTML and logs name the language. */
  public String language() {
    return locale.getLanguage();
  }

  /** The text of this key, with the values of its placeholders. */
  public String say(String key, Map<String, String> values) {
    return phrase(key, values).text();
  }

  public String say(String key) {
    return say(key, Map.of());
  }

  /** The text of this key, in which it is known what is ours and what are values. */
  Phrase phrase(String key, Map<String, String> values) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("there are no words for %s in %s".formatted(key, language()));
    }
    List<Phrase.Piece> pieces = new ArrayList<>();
    int end = 0;
    for (MatchResult placeholder : PLACEHOLDER.matcher(text).results().toList()) {
      String value = values.get(placeholder.group(1));
      if (value == null) {
        throw new IllegalStateException("%s in %s has no value for %s".formatted(key, language(), placeholder.group()));
      }
      pieces.add(new Phrase.Piece(text.substring(end, placeholder.start()), false));
      pieces.add(new Phrase.Piece(value, true));
      end = placeholder.end();
    }
    pieces.add(new Phrase.Piece(text.substring(end), false));
    return new Phrase(pieces.stream().filter(it -> !it.text().isEmpty()).toList());
  }

  String money(Money amount) {
    return MoneyText.of(amount, locale);
  }

  /** @param fraction as a decimal, for example 0.19 */
  String percent(String fraction) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMaximumFractionDigits(4);
    return format.format(new BigDecimal(fraction));
  }

  /** The time to the minute as clocks in this zone show it, and which zone that is. */
  String time(Instant time, ZoneId zone) {
    Locale dated = locale.getCountry().isEmpty() ? Locale.of(language(), say("country")) : locale;
    ZonedDateTime at = time.atZone(zone);
    return say("time", Map.of("date", DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(dated).format(at),
        "clock", DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(dated).format(at),
        "zone", DateTimeFormatter.ofPattern("z", locale).format(at)));
  }

  Locale locale() {
    return locale;
  }

  String day(Instant time, ZoneId zone) {
    return day(time.atZone(zone).toLocalDate());
  }

  String day(LocalDate date) {
    Locale dated = locale.getCountry().isEmpty() ? Locale.of(language(), say("country")) : locale;
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(dated).format(date);
  }
}
