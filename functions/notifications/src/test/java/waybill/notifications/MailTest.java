package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.catalog.Address;
import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.messages.CancelReason;
import waybill.messages.Message.ShipmentDeliveryFailed;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.messages.Sku;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderPayment;
import waybill.orders.OrderState;
import waybill.orders.StockStatus;
import waybill.platform.ComeBack;

class MailTest {
  private static final String HOSTILE = "<script>alert('x')</script>\"&' \uD83D\uDC69\u200D\uD83D\uDCBB שלום \r\nBcc: eve@example.com\u202E\u0000";

  @ParameterizedTest
  @CsvSource({
    "CONFIRMED, en-GB, Your order #1042 is confirmed", "CONFIRMED, de-AT, Ihre Bestellung #1042 ist bestätigt",
    "SHIPPED, en-GB, Your order #1042 has been shipped", "SHIPPED, de, Ihre Bestellung #1042 wurde versandt",
    "OUT_FOR_DELIVERY, en, Your order #1042 is out for delivery",
    "OUT_FOR_DELIVERY, de-DE, Ihre Bestellung #1042 ist in Zustellung",
    "PAYMENT_FAILED, en, The payment for your order #1042 failed",
    "PAYMENT_FAILED, de, Die Zahlung für Ihre Bestellung #1042 ist fehlgeschlagen",
    "CANCELLED, en, Your order #1042 has been cancelled", "CANCELLED, de, Ihre Bestellung #1042 wurde storniert",
    "DELIVERY_FAILED, en, Your order #1042 could not be delivered yet",
    "DELIVERY_FAILED, de, Ihre Bestellung #1042 konnte noch nicht zugestellt werden",
    "DELIVERED, en, Your order #1042 has been delivered", "DELIVERED, de_DE, Ihre Bestellung #1042 wurde zugestellt"})
  void theSubjectNamesTheOrderAndWhatHasHappened(Kind kind, String locale, String subject) {
    assertThat(Samples.mail(kind, locale).subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyMailGreetsByNameNamesOrderAndShopAndComesFromTheChannelsSender(Kind kind) {
    for (String locale : List.of("en", "de")) {
      Mail mail = Samples.mail(kind, locale);
      assertThat(mail.from()).isEqualTo("orders@teehaus.example");
      assertThat(mail.to()).isEqualTo("ada@example.com");
      assertThat(read(mail)).allSatisfy(
          text -> assertThat(text).contains("Ada Byron", "#1042", "Teehaus", "Assam 200 g", "Becher", "MUG-BLUE"));
      assertThat(mail.html()).contains("<html lang=\"" + locale + "\"",
          "Guten Tag".repeat(locale.equals("de") ? 1 : 0));
      assertThat(mail.html() + mail.text()).doesNotContain("null", "${", "Letter[", "ada@example.com");
    }
  }

  @Test
  void aMailToAnInternationalisedDomainGoesThereInPunycode() {
    OrderForm form = Samples.form("de");
    Mail mail = Mail.of(Kind.CONFIRMED, Letter.of(Samples.news(Kind.CONFIRMED), Samples.content(form),
        Samples.about(Kind.CONFIRMED, form), Samples.channel("de"), () -> Samples.URL), "orders@teehaus.example",
        "ada@müller.de");
    assertThat(mail.to()).isEqualTo("ada@xn--mller-kva.de");
  }

  @Test
  void aConfirmationShowsWhatEachLineCostsAndHowItAddsUp() {
    assertThat(read(Samples.mail(Kind.CONFIRMED, "de-DE")))
        .allSatisfy(text -> assertThat(text).contains("2 × ", "19,90 €", "SPRING10", "-3,98 €", "35,82 €", "FREEMUG",
            "0,00 €", "Zwischensumme", "50,82 €", "Versand (Express)", "9,90 €", "Gesamtsumme", "60,72 €",
            "darin enthalten MwSt 19 %", "9,69 €"));
    assertThat(read(Samples.mail(Kind.CONFIRMED, "en"))).allSatisfy(
        text -> assertThat(text).contains("€19.90", "-€3.98", "€35.82", "Subtotal", "€50.82", "Shipping (Express)",
            "Total", "€60.72", "including MwSt 19%", "€9.69"));
  }

  @Test
  void aGiftHidesItsPricesFromTheParcelNotFromWhoPays() {
    assertThat(Samples.form("en").gift().hidePrices()).isTrue();
    assertThat(Samples.mail(Kind.CONFIRMED, "en").text()).contains("€60.72");
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = {"CONFIRMED", "SHIPPED", "OUT_FOR_DELIVERY", "DELIVERY_FAILED"})
  void whatIsStillToComeNamesWhereItGoes(Kind kind) {
    assertThat(read(Samples.mail(kind, "de"))).allSatisfy(text -> assertThat(text).contains("Lieferadresse",
        "Grace Hopper", "Hauptstr. 5", "10827 Berlin", "Deutschland"));
    assertThat(read(Samples.mail(kind, "en")))
        .allSatisfy(text -> assertThat(text).contains("Delivery address", "Germany"));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = {"SHIPPED", "OUT_FOR_DELIVERY", "DELIVERY_FAILED"})
  void aMailAboutAParcelTellsItsCarrierItsNumberAndWhereToFollowIt(Kind kind) {
    for (String locale : List.of("en", "de")) {
      Mail mail = Samples.mail(kind, locale);
      assertThat(read(mail)).allSatisfy(text -> assertThat(text).contains("DHL", Samples.NUMBER));
      assertThat(mail.html()).contains("<a href=\"" + Samples.URL + "\"");
      assertThat(mail.text()).containsPattern("(?m)^" + Pattern.quote(Samples.URL) + "$");
      assertThat(mail.text()).doesNotContain("€");
    }
  }

  @Test
  void onlyAMailAboutAParcelAsksForTheLink() {
    OrderForm form = Samples.form("en");
    assertThat(Letter
        .of(Samples.RELEASED, Samples.content(form), Samples.inOneParcel(form, null), Samples.channel("en"), () -> {
          throw new AssertionError("nobody needs it");
        }).shipment()).isNull();
  }

  @Test
  void aParcelOfSeveralTellsWhatIsInItAndThatMoreComes() {
    OrderForm form = Samples.form("en");
    Mail shipped = Samples.mail(Kind.SHIPPED, form, Samples.inTwoParcels(form));
    assertThat(shipped.subject()).isEqualTo("A part of your order #1042 has been shipped");
    assertThat(read(shipped))
        .allSatisfy(text -> assertThat(text).contains("Assam 200 g", "other parcels").doesNotContain("Becher"));
    Mail out = Samples.mail(Kind.OUT_FOR_DELIVERY, Samples.form("de"), Samples.inTwoParcels(form));
    assertThat(out.subject()).isEqualTo("Ein Teil Ihrer Bestellung #1042 ist in Zustellung");
    assertThat(read(out))
        .allSatisfy(text -> assertThat(text).contains("Assam 200 g", "weiteren Paketen").doesNotContain("Becher"));
    Mail failed = Samples.mail(Kind.DELIVERY_FAILED, Samples.form("en"), Samples.inTwoParcels(form));
    assertThat(failed.subject()).isEqualTo("A part of your order #1042 could not be delivered yet");
    assertThat(read(failed))
        .allSatisfy(text -> assertThat(text).contains("Assam 200 g", "other parcels").doesNotContain("Becher"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "CUSTOMER|Your order has been cancelled, as you asked.|Ihre Bestellung wurde wie gewünscht storniert.",
    "OUT_OF_STOCK|something in your order is not in stock|Etwas aus Ihrer Bestellung ist nicht auf Lager",
    "PAYMENT_CANCELLED|because its payment was cancelled.|weil die Zahlung abgebrochen wurde.",
    "PAYMENT_EXPIRED|because it was not paid in full in time.|weil sie nicht rechtzeitig vollständig bezahlt wurde.",
    "FRAUD|Your order has been cancelled. We are|Ihre Bestellung wurde storniert. Wir erstatten",
    "OTHER|Your order has been cancelled. We are|Ihre Bestellung wurde storniert. Wir erstatten"})
  void aCancelledOrderIsToldWithItsReasonUnlessTheShopKeepsItToItself(CancelReason reason, String english,
      String german) {
    OrderPayment paid = Samples.returned(Samples.captured(6072));
    assertThat(read(cancelled("en", reason, paid))).allSatisfy(
        text -> assertThat(text).contains(english).doesNotContainIgnoringCase("fraud").doesNotContain("Delivery"));
    assertThat(read(cancelled("de", reason, paid))).allSatisfy(text -> assertThat(text).contains(german)
        .doesNotContainIgnoringCase("betrug").doesNotContain("Lieferadresse"));
  }

  @Test
  void whatWasTakenGoesBackToWhereItWasPaidWith() {
    OrderPayment paid = Samples.returned(Samples.captured(6072));
    assertThat(read(cancelled("en", CancelReason.CUSTOMER, paid))).allSatisfy(text -> assertThat(text)
        .contains("We are refunding €60.72 to the means of payment that you used", "a few days")
        .doesNotContain("charged", "Teehaus will", "held"));
    assertThat(read(cancelled("de", CancelReason.CUSTOMER, paid))).allSatisfy(text -> assertThat(text)
        .contains("Wir erstatten 60,72 € auf das Zahlungsmittel, mit dem Sie bezahlt haben", "einige Tage")
        .doesNotContain("berechnet", "Teehaus erstattet", "vorgemerkt"));
  }

  @Test
  void whereNothingWasTakenTheCustomerWasNotCharged() {
    assertThat(read(cancelled("en", CancelReason.PAYMENT_EXPIRED))).allSatisfy(
        text -> assertThat(text).contains("You have not been charged.").doesNotContain("€", "held", "refund"));
    OrderPayment held = Samples.returned(Samples.payment(PaymentStatus.AUTHORIZED, 6072, 0));
    assertThat(read(cancelled("en", CancelReason.CUSTOMER, held))).allSatisfy(text -> assertThat(text)
        .contains("You have not been charged.", "held for your order is released", "a few days").doesNotContain("€"));
    assertThat(read(cancelled("de", CancelReason.CUSTOMER, held))).allSatisfy(text -> assertThat(text)
        .contains("Ihnen wurde nichts berechnet.", "vorgemerkt war, wird freigegeben").doesNotContain("€"));
  }

  @Test
  void moneyThatTheShopTookItselfOrThatItsProviderRefusesToGiveBackIsTheShopsToGiveBack() {
    OrderPayment external = Samples.returned(Samples.external(2000));
    assertThat(read(cancelled("en", CancelReason.CUSTOMER, external))).allSatisfy(text -> assertThat(text)
        .contains("Teehaus will give you back €20.00.").doesNotContain("charged", "means of payment"));
    assertThat(read(cancelled("de", CancelReason.CUSTOMER, external, Samples.returned(Samples.captured(4072)))))
        .allSatisfy(text -> assertThat(text).contains("Teehaus erstattet Ihnen 20,00 €.", "Wir erstatten 40,72 €"));
    OrderPayment refused = Samples.returned(Samples.captured(6072));
    Refund failed = new Refund(refused.refund().id(), refused.refund().reason(), RefundStatus.FAILED, new Money(6072, "EUR"),
        Samples.NOW);
    assertThat(read(cancelled("en", CancelReason.CUSTOMER, new OrderPayment(refused.payment(), null, failed))))
        .allSatisfy(text -> assertThat(text).contains("Teehaus will give you back €60.72.").doesNotContain("We are"));
  }

  @Test
  void moneyOfAnotherCurrencyThanTheOrdersGoesBackAsItCame() {
    var dollars = new Payment(PaymentId.of("stripe", "shop-eu", "pi_4"), "stripe", "shop-eu", "pi_4",
        PaymentStatus.CAPTURED, new Money(500, "USD"), new Money(500, "USD"), Samples.NOW);
    OrderPayment other = Samples.returned(new OrderPayment(dollars, null, null));
    assertThat(read(cancelled("en", CancelReason.OTHER, Samples.returned(Samples.captured(6072)), other)))
        .allSatisfy(text -> assertThat(text).contains("We are refunding €60.72 and $5.00 to"));
  }

  @Test
  void moneyThatIsNotTheOrdersIsNotPromised() {
    var strangers = new Payment(PaymentId.of("stripe", "someone", "pi_5"), "stripe", "someone", "pi_5",
        PaymentStatus.CAPTURED, new Money(999, "EUR"), new Money(999, "EUR"), Samples.NOW);
    assertThat(read(cancelled("en", CancelReason.OTHER, Samples.returned(new OrderPayment(strangers, null, null)))))
        .allSatisfy(text -> assertThat(text).contains("not been charged").doesNotContain("9.99"));
    assertThat(read(cancelled("en", CancelReason.OTHER, Samples.captured(999))))
        .as("nor what nobody gives back").allSatisfy(text -> assertThat(text).doesNotContain("9.99"));
  }

  @Test
  void anOrderThatDoesNotKnowOfItsEndYetIsNotCalledCancelled() {
    OrderForm form = Samples.form("en");
    assertThatThrownBy(() -> Samples.mail(Kind.CANCELLED, form, Samples.state(form))).isInstanceOf(ComeBack.class);
  }

  private static Mail cancelled(String locale, CancelReason reason, OrderPayment... payments) {
    OrderForm form = Samples.form(locale);
    return Samples.mail(Kind.CANCELLED, form, Samples.cancelled(form, reason, payments));
  }

  @Test
  void aPaymentThatFailedIsToldWithTheTimeThatIsLeftByTheShopsClock() {
    assertThat(read(Samples.mail(Kind.PAYMENT_FAILED, "en"))).allSatisfy(text -> assertThat(text)
        .contains("waits until 29 November 2026 at 10:00 (CET)", "try again", "€60.72").doesNotContain("Delivery"));
    assertThat(read(Samples.mail(Kind.PAYMENT_FAILED, "de"))).allSatisfy(text -> assertThat(text)
        .contains("wartet bis zum 29. November 2026 um 10:00 Uhr (MEZ)", "noch einmal versuchen", "60,72 €"));
  }

  @ParameterizedTest
  @CsvSource({"UTC, UTC", "America/New_York, EDT", "Europe/London, BST", "+05:30, +05:30"})
  void everyTimeZoneHasAName(String zone, String name) {
    assertThat(Language.ENGLISH.time(Instant.parse("2026-07-01T12:00:59Z"), ZoneId.of(zone))).startsWith("1 July 2026")
        .endsWith("(" + name + ")");
  }

  @Test
  void eachPaymentAndEachAttemptToDeliverHasAMailOfItsOwn() {
    assertThat(Kind.event(Samples.CANCELLED)).isEqualTo("cancelled#" + Samples.ORDER);
    assertThat(Kind.event(Samples.PAYMENT_FAILED)).isEqualTo("payment_failed#" + Samples.PAYMENT);
    assertThat(Kind.event(Samples.NOT_DELIVERED))
        .isEqualTo("delivery_failed#" + Samples.PARCEL + "#" + Samples.NOW.getEpochSecond());
    assertThat(Kind.event(new ShipmentDeliveryFailed(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(1), null)))
        .isNotEqualTo(Kind.event(Samples.NOT_DELIVERED));
  }

  @Test
  void theDeliveredMailSaysThanks() {
    assertThat(read(Samples.mail(Kind.DELIVERED, "en")))
        .allSatisfy(text -> assertThat(text).contains("Thank you for your order!", "has been delivered"));
    assertThat(read(Samples.mail(Kind.DELIVERED, "de")))
        .allSatisfy(text -> assertThat(text).contains("Vielen Dank für Ihre Bestellung!", "wurde zugestellt"));
  }

  @ParameterizedTest
  @CsvSource(nullValues = "null", value = {
    "de-DE, en-GB, GERMAN", "de, en, GERMAN", "DE_at, en, GERMAN", "fr-FR, de-DE, ENGLISH", "den, de, ENGLISH",
    "en-US, de-DE, ENGLISH", "null, de-DE, GERMAN", "null, fr-FR, ENGLISH"})
  void theCustomersLanguageCountsElseTheChannels(String customers, String channels, Language language) {
    assertThat(Language.of(customers, channels)).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "EUR|123456|€1,234.56|1.234,56 €", "USD|5|$0.05|0,05 $", "JPY|1990|¥1,990|1.990 ¥", "KWD|1234|KWD1.234|1,234 KWD",
    "ISK|500|ISK500|500 ISK", "CHF|1000|CHF10.00|10,00 CHF",
    "EUR|1000000000000|€10,000,000,000.00|10.000.000.000,00 €"})
  void amountsFollowTheCurrencysExponentAndTheLanguagesHabits(String currency, long minor, String english,
      String german) {
    assertThat(plainSpaces(Language.ENGLISH.money(new Money(minor, currency))).replace("KWD ", "KWD").replace("ISK ", "ISK")
        .replace("CHF ", "CHF")).isEqualTo(english);
    assertThat(plainSpaces(Language.GERMAN.money(new Money(minor, currency)))).isEqualTo(german);
  }

  @Test
  void taxesThatComeOnTopStandInTheSum() {
    var line = new OrderForm.Line("L1", new Sku("TEA-200"), "Assam", 2, 1000, List.of(),
        List.of(new OrderForm.Tax("VAT", "0.2", 400)), 2400, Map.of());
    var shipping = new OrderForm.Shipping("std", null, 500, List.of(), List.of(new OrderForm.Tax("VAT", "0.2", 100)),
        600);
    OrderForm form = with(Samples.form("en"), "GBP", false, List.of(line), shipping, 3000, Samples.ADDRESS, "#1");
    Letter letter = Letter.of(Samples.RELEASED, Samples.content(form), Samples.inOneParcel(form, null),
        Samples.channel("en"), () -> "");
    assertThat(letter.sums()).extracting(it -> it.label() + " " + it.value()).containsExactly("Subtotal £20.00",
        "Shipping £5.00", "VAT 20% £5.00");
    assertThat(letter.total().value()).isEqualTo("£30.00");
    assertThat(letter.included()).isEmpty();
    assertThat(letter.items().getFirst().amount()).isEqualTo("£20.00");
  }

  @Test
  void anOrderWithoutNumberGoesByItsReference() {
    OrderForm form = Samples.form("en");
    assertThat(Samples
        .mail(Kind.CONFIRMED, with(form, "EUR", true, form.lines(), form.shipping(), 6072, Samples.ADDRESS, null),
            Samples.inOneParcel(form, null))
        .subject())
        .isEqualTo("Your order 5512033 is confirmed");
  }

  @Test
  void whatIsNotShippedHasNoAddressAndPromisesNoParcel() {
    OrderForm form = with(Samples.form("en"), "EUR", true, Samples.form("en").lines(), null, 5082, null, "#1");
    var content = new OrderContent(Samples.ORDER, true, Samples.POOL, List.of(), Samples.NOW, 30,
        List.of(OrderContent.lineId(0), OrderContent.lineId(1), OrderContent.lineId(2)), form);
    var state = new OrderState(Samples.ORDER, Samples.terms(content), StockStatus.NOT_REQUIRED, List.of(), List.of(),
        List.of(), null, null);
    Channel channel = Samples.channel("en");
    Mail mail = Mail.of(Kind.CONFIRMED, Letter.of(Samples.RELEASED, content, state, channel, () -> ""),
        channel.mailSender(), "ada@example.com");
    assertThat(read(mail)).allSatisfy(
        text -> assertThat(text).contains("confirmed and paid").doesNotContain("Delivery address", "has been shipped"));
  }

  @Test
  void anAmericanAddressReadsAsAmericansWriteIt() {
    OrderForm form = with(Samples.form("en"), "USD", true, Samples.form("en").lines(), null, 5082,
        new Address("Grace Hopper", "Navy", "1 Main St", "Apt 2", "Arlington", "VA", "22201", "US", null), "#1");
    assertThat(Letter
        .of(Samples.RELEASED, Samples.content(form), Samples.inOneParcel(form, null), Samples.channel("en"), () -> "")
        .address())
        .containsExactly("Grace Hopper", "Navy", "1 Main St", "Apt 2", "Arlington, VA 22201", "United States");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whateverOthersWroteIsTextAndNothingElse(Kind kind) {
    OrderForm form = hostile();
    Channel channel = new Channel(Samples.CHANNEL, HOSTILE, List.of("EUR"), "en", "UTC", "orders@teehaus.example", true,
        List.of(), Samples.POOL, 60,
        Channel.Capture.MANUAL, List.of(), Brand.PLAIN);
    for (String locale : List.of("en", "de")) {
      OrderForm localized = withCustomer(form, Samples.customer(HOSTILE, locale));
      Mail mail = Samples.mail(kind, localized, Samples.about(kind, localized), channel);
      assertThat(mail.html()).doesNotContain("<script", "</script").contains("&lt;script&gt;",
          "\uD83D\uDC69\u200D\uD83D\uDCBB", "שלום");
      assertThat(mail.html().replace("\n", "") + mail.text().replace("\n", "") + mail.subject())
          .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202e]");
      assertThat(mail.subject()).startsWith(kind == Kind.CONFIRMED && locale.equals("en") ? "Your order <script>" : "")
          .doesNotContain("\n", "\r");
      assertThat(mail.text()).doesNotContainPattern("(?m)^Bcc:");
      assertThat(mail.html()).as("no attribute is broken out of").doesNotContainPattern("<[^<>]*alert[^<>]*>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void htmlIsWellFormedForWhatMailProgramsNeed(String locale) {
    for (Kind kind : Kind.values()) {
      String html = Samples.mail(kind, locale).html();
      assertThat(html).startsWith("<!doctype html>").contains("color-scheme", "role=\"presentation\"", "<!--[if mso]>")
          .doesNotContain("<img", "<link", "javascript:");
      assertThat(openTags(html)).isEmpty();
    }
  }

  @Test
  void textIsWrapped() {
    for (Kind kind : Kind.values()) {
      assertThat(Samples.mail(kind, "de").text().lines()).allMatch(it -> it.length() <= PlainText.LINE_CHARACTERS);
      assertThat(Samples.mail(kind, "de").text()).doesNotContain("\n\n\n");
    }
  }

  /** Both parts as a reader sees them. */
  private static List<String> read(Mail mail) {
    String seen = mail.html().replaceAll("(?s)<style>.*?</style>|<!--.*?-->", "").replaceAll("<[^>]+>", " ")
        .replace("&amp;", "&");
    return List.of(plainSpaces(seen), plainSpaces(mail.text()));
  }

  private static String plainSpaces(String text) {
    return text.replaceAll("[\\s\\u00a0\\u202f]+", " ");
  }

  private static List<String> openTags(String html) {
    var open = new ArrayList<String>();
    var tags = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>").matcher(html.replaceAll("(?s)<!--.*?-->", ""));
    while (tags.find()) {
      if (List.of("meta", "br").contains(tags.group(2))) {
        continue;
      }
      if (tags.group(1).isEmpty()) {
        open.add(tags.group(2));
      } else {
        assertThat(open.removeLast()).isEqualTo(tags.group(2));
      }
    }
    return open;
  }

  private static OrderForm hostile() {
    OrderForm form = Samples.form("en");
    List<OrderForm.Line> lines = form.lines().stream()
        .map(it -> new OrderForm.Line(it.reference(), it.sku(), HOSTILE, it.quantity(), it.unitPrice(),
            List.of(new OrderForm.Discount(HOSTILE, 1)), List.of(new OrderForm.Tax(HOSTILE, "0.19", 1)), it.total(),
            Map.of()))
        .toList();
    var shipping = new OrderForm.Shipping(HOSTILE, HOSTILE, 990, List.of(), List.of(), 990);
    var address = new Address(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "DE", HOSTILE);
    return with(form, "EUR", true, lines, shipping, 6072, address, HOSTILE);
  }

  private static OrderForm with(OrderForm form, String currency, boolean taxesIncluded, List<OrderForm.Line> lines,
      OrderForm.Shipping shipping, long total, Address address,
      String number) {
    return new OrderForm(form.reference(), number, form.channel(), form.placedAt(), currency, taxesIncluded,
        form.customer(), address, null, lines, shipping, total,
        form.payments(), null, form.gift(), null, List.of(), null, Map.of());
  }

  private static OrderForm withCustomer(OrderForm form, OrderForm.Customer customer) {
    return new OrderForm(form.reference(), form.number(), form.channel(), form.placedAt(), form.currency(),
        form.taxesIncluded(), customer, form.shippingAddress(), null,
        form.lines(), form.shipping(), form.total(), form.payments(), null, form.gift(), null, List.of(), null,
        Map.of());
  }
}
