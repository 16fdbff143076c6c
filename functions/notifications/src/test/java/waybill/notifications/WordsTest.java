package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.catalog.Channel;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.ClaimId;
import waybill.messages.ClaimMessages.ClaimResolved;
import waybill.messages.IncidentId;
import waybill.messages.IncidentKind;
import waybill.messages.IncidentMessages.IncidentOpened;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderBackordered;
import waybill.messages.OrderMessages.OrderPaymentDue;
import waybill.messages.OrderMessages.OrderRefundFailed;
import waybill.messages.OrderMessages.OrderRefunded;
import waybill.messages.RefundStatus;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.ReturnSettled;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderSummary;
import waybill.orders.PaymentProgress;

class WordsTest {
  private static final Path FILES = Path.of("src/main/resources/waybill/notifications/words");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

  @Test
  void everyLanguageHasEveryKeyWithTheSamePlaceholders() {
    Map<String, Set<String>> english = placeholders("en");
    assertThat(languages()).contains("en", "de", "fr");
    assertThat(languages()).allSatisfy(it -> assertThat(placeholders(it)).as(it).isEqualTo(english));
  }

  @Test
  void everyKeyIsSaidSomewhere() {
    var said = new Recorded(file("en"));
    for (NotifyCustomer.Input news : Samples.everyNews()) {
      OrderForm form = Samples.form("en");
      say(said, news, Samples.content(form), Samples.about(news, form));
      OrderSummary about = Samples.about(news, form);
      say(said, news, Samples.content(form),
          about.isCancelled() || !about.refunds().isEmpty() || about.waiting() != null || about.merged() != null
              ? about
              : Samples.inTwoParcels(form));
    }
    sayWhatOrdersDifferIn(said);
    assertThat(new TreeSet<>(said.keySet())).isEqualTo(new TreeSet<>(said.asked));
  }

  private static void sayWhatOrdersDifferIn(Recorded said) {
    OrderForm inParts = Samples.inParts(Samples.form("en"));
    OrderSummary following = Samples.following(Samples.released(inParts), 1, Samples.NOW);
    say(said, Samples.RELEASED, Samples.content(inParts), following);
    say(said, new OrderBackordered(Samples.ORDER, 1, Samples.NOW), Samples.content(inParts), following);
    say(said, new OrderBackordered(Samples.ORDER, 0, Samples.NOW), Samples.content(inParts),
        Samples.waiting(Samples.released(inParts), 0, Samples.NOW));
    OrderForm bare = bare();
    var digital = new OrderContent(Samples.ORDER, true, Samples.POOL, List.of(), Channel.Capture.MANUAL, Samples.NOW,
        30, 0, null, List.of(OrderContent.lineId(0)), List.of(), bare, Samples.content(bare).trackingUrl());
    say(said, Samples.RELEASED, digital, Samples.unpaid(bare, PaymentProgress.PENDING));
    for (Money due : Arrays.asList(null, Samples.euros(0), Samples.euros(699))) {
      say(said,
          new ReturnSettled(Samples.ORDER, ReturnId.of(Samples.ORDER, 1), 1, Samples.euros(0), due, false, Samples.NOW),
          Samples.content(bare), Samples.released(bare));
    }
    say(said, new ReturnSettled(Samples.ORDER, ReturnId.of(Samples.ORDER, 1), 1, Samples.euros(1791), null, true,
        Samples.NOW), Samples.content(bare), Samples.released(bare));
    say(said, new ReturnSettled(Samples.ORDER, ReturnId.of(Samples.ORDER, 1), 1, Samples.euros(1791), null, false,
        Samples.NOW), Samples.content(bare), Samples.released(bare));
    for (boolean credited : List.of(true, false)) {
      say(said, new ClaimResolved(Samples.ORDER, ClaimId.of(Samples.ORDER, 1), Samples.euros(1791), false, credited,
          Samples.NOW), Samples.content(bare), Samples.released(bare));
    }
    OrderSummary refunding = Samples.refunding(Samples.released(bare), Samples.REFUND, RefundStatus.SUCCEEDED);
    say(said, new OrderRefunded(Samples.ORDER, Samples.REFUND, Samples.NOW), Samples.content(bare),
        Samples.ofCredit(refunding));
    say(said, Samples.RELEASED, Samples.replacing(bare), Samples.unpaid(bare, PaymentProgress.PENDING));
    for (CancelReason reason : CancelReason.values()) {
      say(said, Samples.CANCELLED, Samples.content(bare), Samples.cancelled(bare, Samples.end(reason)));
    }
    say(said, Samples.CANCELLED, Samples.content(bare), Samples.cancelled(bare,
        new OrderSummary.End(CancelReason.OTHER, List.of(), List.of(Samples.euros(20)), true)));
    say(said, new OrderPaymentDue(Samples.ORDER, Samples.NOW), Samples.content(bare), Samples.transferred(bare));
    say(said, new OrderRefundFailed(Samples.ORDER, Samples.REFUND, Samples.NOW), Samples.content(bare),
        Samples.refunding(Samples.released(bare), Samples.REFUND, RefundStatus.FAILED, null));
    say(said, Samples.LABELLED, Samples.content(bare),
        Samples.merged(Samples.inOneParcel(bare, null), Samples.OTHER, "#1043", Set.of(Samples.NUMBER)));
    for (int move = 0; move < 2; move++) {
      for (Instant day : Arrays.asList(Samples.NOW, null)) {
        say(said, new OrderBackordered(Samples.ORDER, move, Samples.NOW), Samples.content(bare),
            Samples.waiting(Samples.released(bare), move, day));
      }
    }
    Stream.of(IncidentKind.LATE, IncidentKind.SILENT, IncidentKind.UNCOLLECTED, IncidentKind.LOST,
        IncidentKind.RETURNED).forEach(
            kind -> say(said, new IncidentOpened(Samples.ORDER, Samples.PARCEL,
                IncidentId.of(Samples.PARCEL, 1), kind, Samples.NOW, null, Samples.NOW), Samples.content(bare),
                Samples.inOneParcel(bare, null)));
    new Words(Locale.ENGLISH, said).say("and", Map.of("one", "1", "other", "2"));
  }

  /** An order of somebody without a name, which names no discount, tax or way of shipping. */
  private static OrderForm bare() {
    OrderForm form = Samples.form("en");
    OrderForm.Line named = form.lines().getFirst();
    var line = new OrderForm.Line("L1", named.sku(), null, 1, 100, List.of(new OrderForm.Discount(null, 10)),
        List.of(new OrderForm.Tax(null, null, 9)), 90, Map.of());
    var shipping = new OrderForm.Shipping("std", null, 10, List.of(), List.of(), 10);
    return new OrderForm(form.reference(), null, form.channel(), form.placedAt(), "EUR", true,
        new OrderForm.Customer(null, "ada@example.com", null, null, "en"), form.shippingAddress(), null, List.of(line),
        shipping, null, 100, List.of(), null, null, null, List.of(), null, null, null, null, Map.of());
  }

  private static void say(Recorded said, NotifyCustomer.Input news, OrderContent content, OrderSummary state) {
    var words = new Words(Locale.ENGLISH, said);
    PlainText.of(Samples.letter(news, content, state, Samples.channel("en"), words));
  }

  /** Remembers what it was asked for. */
  private static final class Recorded extends AbstractMap<String, String> {
    private final Map<String, String> texts;
    private final Set<String> asked = new HashSet<>();

    Recorded(Map<String, String> texts) {
      this.texts = texts;
    }

    @Override
    public String get(Object key) {
      asked.add((String) key);
      return texts.get(key);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      return texts.entrySet();
    }
  }

  @Test
  void aTextWithoutItsValueOrAKeyThatIsNotThereIsAFault() {
    Words english = Words.of("en", "en");
    assertThatThrownBy(() -> english.say("hello.name")).hasMessageContaining("hello.name", "{name}");
    assertThatThrownBy(() -> english.say("goodbye")).hasMessageContaining("goodbye");
    assertThat(english.say("hello.name", Map.of("name", "{order} $1"))).isEqualTo("Hello {order} $1,");
  }

  @Test
  void aSpaceBeforeASignThatEndsAPhraseNeverEndsALine() {
    assertThat(languages()).allSatisfy(
        language -> assertThat(file(language).values()).as(language)
            .noneMatch(it -> it.matches(".* [:;!?»].*|.*« .*")));
    Words french = Words.of("fr", "en");
    assertThat(french.say("parcel.carrier")).isEqualTo("Transporteur\u202f:");
    assertThat(french.say("delivered.thanks")).isEqualTo("Merci pour votre commande\u202f!");
    assertThat(french.say("payment_failed.text", Map.of("until", "demain"))).contains("paiement\u202f; passé");
    assertThat(french.say("labelled", Map.of("label", "Prix", "value", "5"))).isEqualTo("Prix\u202f: 5");
  }

  @ParameterizedTest
  @CsvSource(nullValues = "null", value = {
    "de-DE, en-GB, de", "de, en, de", "DE_at, en, de", "fr-FR, de-DE, fr", "fr-CA, en, fr", "it-IT, de-DE, de",
    "it-IT, nl, en", "den, de, de", "en-US, de-DE, en", "null, de-DE, de", "null, fr-FR, fr", "null, pt, en",
    "'', fr, fr", "xx-../../en, de, de", "und, fr, fr"})
  void theCustomersLanguageCountsElseTheChannelsElseEnglish(String customers, String channels, String language) {
    assertThat(Words.of(customers, channels).language()).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "EUR|123456|€1,234.56|1.234,56 €|1 234,56 €", "USD|5|$0.05|0,05 $|0,05 $US", "JPY|1990|¥1,990|1.990 ¥|1 990 JPY",
    "KWD|1234|KWD1.234|1,234 KWD|1,234 KWD", "ISK|500|ISK500|500 ISK|500 ISK", "CHF|1000|CHF10.00|10,00 CHF|10,00 CHF",
    "EUR|1000000000000|€10,000,000,000.00|10.000.000.000,00 €|10 000 000 000,00 €"})
  void amountsFollowTheCurrencysExponentAndTheLanguagesHabits(String currency, long minor, String english,
      String german, String french) {
    var amount = new Money(minor, currency);
    assertThat(Seen.plainSpaces(Words.of("en", "en").money(amount)).replace("KWD ", "KWD").replace("ISK ", "ISK")
        .replace("CHF ", "CHF")).isEqualTo(english);
    assertThat(Seen.plainSpaces(Words.of("de", "en").money(amount))).isEqualTo(german);
    assertThat(Seen.plainSpaces(Words.of("fr", "en").money(amount))).isEqualTo(french);
  }

  @ParameterizedTest
  @CsvSource({"fr-FR, '59,72\u00a0€'", "de-DE, '59,72\u00a0€'", "de-AT, '€\u00a059,72'", "en-GB, €59.72", "en, €59.72"})
  void anAmountIsWrittenAsInTheReadersCountryAndNeverEndsALine(String locale, String written) {
    assertThat(Words.of(locale, "en").money(new Money(5972, "EUR"))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"en, 1 July 2026 at 14:00 (CEST)", "en-GB, 1 July 2026 at 14:00 (CEST)",
    "en-US, 'July 1, 2026 at 2:00 PM (CEST)'",
    "de, 1. Juli 2026 um 14:00 Uhr (MESZ)", "fr, 1 juillet 2026 à 14:00 (CEST)",
    "fr-CA, 1 juillet 2026 à 14 h 00 (CEST)"})
  void aTimeIsWrittenAsInTheReadersCountry(String locale, String written) {
    String time = Words.of(locale, "en").time(Instant.parse("2026-07-01T12:00:59Z"), ZoneId.of("Europe/Berlin"));
    assertThat(Seen.plainSpaces(time)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"UTC, UTC", "America/New_York, EDT", "Europe/London, BST", "+05:30, +05:30"})
  void everyTimeZoneHasAName(String zone, String name) {
    assertThat(Words.of("en", "en").time(Instant.parse("2026-07-01T12:00:59Z"), ZoneId.of(zone)))
        .startsWith("1 July 2026").endsWith("(" + name + ")");
  }

  private static List<String> languages() {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.map(it -> it.getFileName().toString().replace(".properties", "")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> file(String language) {
    try (var file = Files.newInputStream(FILES.resolve(language + ".properties"))) {
      return Words.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Set<String>> placeholders(String language) {
    var placeholders = new TreeMap<String, Set<String>>();
    file(language).forEach((key, text) -> placeholders.put(key,
        PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new))));
    assertThat(placeholders).as("lines in %s, some of which say the same key", language).hasSize((int) Arrays
        .stream(read(language).split("\n")).filter(it -> it.matches("[a-z].* = .*")).count());
    return placeholders;
  }

  private static String read(String language) {
    try {
      return Files.readString(FILES.resolve(language + ".properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
