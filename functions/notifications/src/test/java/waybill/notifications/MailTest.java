package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.catalog.Address;
import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.OrderMessages.OrderBackordered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.Sku;
import waybill.orders.Awaiting;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderSummary;
import waybill.orders.PaymentProgress;

class MailTest {

  @ParameterizedTest
  @CsvSource({
    "confirmed, en-GB, Your order #1042 is confirmed", "confirmed, de-AT, Ihre Bestellung #1042 ist bestätigt",
    "confirmed, fr-CA, Votre commande #1042 est confirmée", "shipped, en-GB, Your order #1042 has been shipped",
    "shipped, de, Ihre Bestellung #1042 wurde versandt", "shipped, fr, Votre commande #1042 a été expédiée",
    "out_for_delivery, en, Your order #1042 is out for delivery",
    "out_for_delivery, de-DE, Ihre Bestellung #1042 ist in Zustellung",
    "out_for_delivery, fr, Votre commande #1042 est en cours de livraison",
    "payment_failed, en, The payment for your order #1042 failed",
    "payment_failed, de, Die Zahlung für Ihre Bestellung #1042 ist fehlgeschlagen",
    "payment_failed, fr, Le paiement de votre commande #1042 a échoué",
    "cancelled, en, Your order #1042 has been cancelled", "cancelled, de, Ihre Bestellung #1042 wurde storniert",
    "cancelled, fr, Votre commande #1042 a été annulée",
    "delivery_failed, en, Your order #1042 could not be delivered yet",
    "delivery_failed, de, Ihre Bestellung #1042 konnte noch nicht zugestellt werden",
    "delivery_failed, fr, Votre commande #1042 n’a pas encore pu être livrée",
    "delivered, en, Your order #1042 has been delivered", "delivered, de_DE, Ihre Bestellung #1042 wurde zugestellt",
    "delivered, fr_FR, Votre commande #1042 a été livrée"})
  void theSubjectNamesTheOrderAndWhatHasHappened(String kind, String locale, String subject) {
    assertThat(Samples.email(Samples.news(kind), locale).subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @MethodSource("waybill.notifications.Samples#everyNews")
  void everyMailGreetsByNameNamesOrderAndShopAndLeadsToTheOrdersPage(NotifyCustomer.Input news) {
    for (String locale : List.of("en", "de", "fr")) {
      Email mail = Samples.email(news, locale);
      assertThat(mail.to()).isEqualTo("ada@example.com");
      assertThat(Seen.parts(mail)).allSatisfy(
          text -> assertThat(text).contains("Ada Byron", "#1042", "Teehaus", "Assam 200 g", "Becher"));
      assertThat(mail.html()).contains("<html lang=\"" + locale + "\"", "<a href=\"" + Samples.URL + "\"");
      assertThat(mail.text()).containsPattern("(?m)^" + Pattern.quote(Samples.URL) + "$");
      assertThat(mail.html() + mail.text()).doesNotContain("null", "Letter[", "ada@example.com")
          .doesNotContainPattern("\\{[a-z_]+}");
    }
  }

  @ParameterizedTest
  @MethodSource("waybill.notifications.Samples#everyNews")
  void bothPartsOfAMailSayTheSame(NotifyCustomer.Input news) {
    for (String locale : List.of("en", "de", "fr")) {
      OrderForm form = Samples.form(locale);
      Letter letter = Samples.letter(news, form, Samples.about(news, form), Samples.channel("en"));
      Email mail = Samples.email(news, locale);
      assertThat(letter.blocks()).isNotEmpty().allSatisfy(block -> assertThat(Seen.parts(mail))
          .allSatisfy(part -> assertThat(part).contains(texts(block).stream().map(Seen::plainSpaces).toList())));
    }
  }

  private static List<String> texts(Block block) {
    return switch (block) {
      case Block.Paragraph it -> List.of(it.phrase().text());
      case Block.Facts it -> it.facts().stream().map(fact -> fact.label() + " " + fact.value()).toList();
      case Block.Button it -> List.of(it.label());
      case Block.Contents it -> it.lines().stream().map(Block.Units::name).toList();
      case Block.Destination it -> it.lines();
      case Block.Bill it -> it.lines().stream().map(Block.Priced::price).toList();
    };
  }

  @Test
  void aLineWithoutANameIsCalledAsInTheCatalogElseByItsSku() {
    OrderForm form = Samples.form("en");
    assertThat(Seen.parts(Samples.email(Samples.RELEASED, "en"))).allSatisfy(it -> assertThat(it).contains("Blue mug"));
    var letter = new LetterWriter(Words.of("en", "en"), "confirmed", Samples.content(form), Samples.channel("en"),
        Map.of(), Samples.URL).contents().letter();
    assertThat(letter.blocks().getFirst()).isInstanceOfSatisfying(Block.Contents.class, it -> assertThat(it.lines())
        .extracting(Block.Units::name).containsExactly("Assam 200 g", "Becher", "MUG-BLUE"));
  }

  @Test
  void aMailToAnInternationalisedDomainGoesThereInPunycode() {
    OrderForm form = Samples.form("de");
    Channel channel = Samples.channel("de");
    Letter letter = Samples.letter(Samples.RELEASED, form, Samples.about(Samples.RELEASED, form), channel);
    assertThat(Email.of(letter, channel, "ada@müller.de").to()).isEqualTo("ada@xn--mller-kva.de");
  }

  @Test
  void theSenderHasTheNameOfTheChannelOrOneOfItsOwnAndAnswersGoWhereItSays() {
    OrderForm form = Samples.form("de");
    OrderSummary state = Samples.about(Samples.RELEASED, form);
    Email plain = Samples.email(Samples.RELEASED, form, state);
    assertThat(plain.from()).isEqualTo("\"Teehaus\" <orders@teehaus.example>");
    assertThat(plain.replyTo()).isNull();
    var brand = new Brand("Teehaus, \"Köln\"", "help@teehaus.example", "#123456", null, null);
    Email branded = Samples.email(Samples.RELEASED, form, state, Samples.branded(brand));
    assertThat(branded.from()).matches("=\\?UTF-8\\?B\\?[A-Za-z0-9+/=]+\\?= <orders@teehaus.example>");
    assertThat(branded.replyTo()).isEqualTo("help@teehaus.example");
  }

  @Test
  void theImprintStandsAtTheEndLineByLine() {
    OrderForm form = Samples.form("de");
    var brand = new Brand(null, null, "#123456", null, "Teehaus GmbH\r\nSpeicherweg 12, Leipzig\n\nHRB 12345");
    Email mail = Samples.email(Samples.DELIVERED, form, Samples.about(Samples.DELIVERED, form), Samples.branded(brand));
    assertThat(mail.text()).endsWith("bestellt haben.\n\nTeehaus GmbH\nSpeicherweg 12, Leipzig\nHRB 12345\n");
    assertThat(Seen.html(mail)).contains("bestellt haben. Teehaus GmbH Speicherweg 12, Leipzig HRB 12345");
  }

  @Test
  void aConfirmationShowsWhatEachLineCostsAndHowItAddsUp() {
    assertThat(Seen.parts(Samples.email(Samples.RELEASED, "de-DE")))
        .allSatisfy(text -> assertThat(text).contains("2 × ", "19,90 €", "SPRING10", "-3,98 €", "35,82 €", "FREEMUG",
            "0,00 €", "Zwischensumme", "50,82 €", "Versand (Express)", "9,90 €", "Gesamtsumme", "60,72 €",
            "darin enthalten MwSt 19 %", "9,69 €"));
    assertThat(Seen.parts(Samples.email(Samples.RELEASED, "en"))).allSatisfy(
        text -> assertThat(text).contains("€19.90", "-€3.98", "€35.82", "Subtotal", "€50.82", "Shipping (Express)",
            "Total", "€60.72", "including MwSt 19%", "€9.69"));
    assertThat(Seen.parts(Samples.email(Samples.RELEASED, "fr-FR"))).allSatisfy(
        text -> assertThat(text).contains("19,90 €", "-3,98 €", "Sous-total", "50,82 €", "Livraison (Express)", "Total",
            "60,72 €", "dont MwSt 19 %", "9,69 €"));
  }

  /**
   * Every mail goes to who placed the order; the recipient of a gift has no address here. Mails about parcels, which are shown around or
   * passed on, name no price at all; those about money name it to who pays, also if the gift hides it.
   */
  @ParameterizedTest
  @MethodSource("waybill.notifications.Samples#everyNews")
  void aGiftHidesItsPricesFromItsRecipientNotFromWhoPays(NotifyCustomer.Input news) {
    Set<String> aboutMoney = Set.of("confirmed", "payment_failed", "payment_reminder", "refunded", "refund_failed",
        "edited", "cancelled", "return_settled", "claim_resolved");
    assertThat(Samples.form("en").gift().hidePrices()).isTrue();
    for (String locale : List.of("en", "de", "fr")) {
      Email mail = Samples.email(news, locale);
      assertThat(mail.to()).isEqualTo("ada@example.com");
      assertThat(mail.text().contains("€")).isEqualTo(aboutMoney.contains(Mail.of(news).kind()));
      assertThat(mail.html().contains("€")).isEqualTo(aboutMoney.contains(Mail.of(news).kind()));
    }
  }

  @Test
  void aReminderNamesWhatIsOwedUntilWhenAndLeadsToTheShopsPageToPay() {
    Email mail = Samples.email(Samples.news("payment_reminder"), "en");
    assertThat(Seen.parts(mail)).allSatisfy(text -> assertThat(text)
        .contains("Please pay €60.72", "29 November 2026 at 10:00 (CET)", "nothing left to do"));
    assertThat(mail.html()).contains("<a href=\"" + Samples.PAY_URL + "\"", "<a href=\"" + Samples.URL + "\"");
    assertThat(mail.text()).contains("Pay now\n" + Samples.PAY_URL);
  }

  @Test
  void aReminderOfATransferSaysHowLongThatTakesAndWhatItsPurposeIs() {
    Email mail = Samples.email(Samples.news("payment_reminder"), Samples.form("de"),
        Samples.transferred(Samples.form("de")));
    assertThat(Seen.parts(mail)).allSatisfy(text -> assertThat(text).contains("Überweisung von 60,72 €",
        "ein bis zwei Tage", "#1042 als Verwendungszweck", "29. November 2026"));
  }

  @Test
  void aRefundNamesItsAmountAndOneThatFailedSaysThatTheShopFindsAnotherWay() {
    assertThat(Seen.parts(Samples.email(Samples.news("refunded"), "de")))
        .allSatisfy(text -> assertThat(text).contains("17,91 €", "einige Tage").doesNotContain("60,72"));
    assertThat(Seen.parts(Samples.email(Samples.news("refund_failed"), "fr")))
        .allSatisfy(text -> assertThat(text).contains("17,91 €", "d’une autre façon"));
  }

  @Test
  void anOrderThatWasChangedIsShownAsItIsNow() {
    assertThat(Seen.parts(Samples.email(Samples.news("edited"), "en")))
        .allSatisfy(text -> assertThat(text).contains("Your order has been changed", "€60.72", "Assam 200 g"));
  }

  @Test
  void aConfirmationOfAnOrderThatLeavesInPartsNamesWhatFollowsByTheDayOnWhichItComes() {
    OrderForm form = Samples.inParts(Samples.form("en"));
    OrderSummary order = Samples.following(Samples.released(form), 0, Samples.NOW);
    assertThat(Seen.parts(Samples.email(Samples.RELEASED, form, order))).allSatisfy(text -> assertThat(text)
        .contains("We are preparing what is in stock now", "Follows later, expected on 22 November 2026", "Assam 200 g",
            "Follows later; we do not know yet when", "Blue mug", "€60.72")
        .doesNotContain("Expected delivery"));
  }

  @Test
  void aDayThatMovesAfterTheRestHasLeftIsSaidOfWhatIsStillToComeAlone() {
    OrderForm form = Samples.inParts(Samples.form("en"));
    OrderSummary order = Samples.following(Samples.released(form), 1, Samples.NOW);
    assertThat(Seen.parts(Samples.email(new OrderBackordered(Samples.ORDER, 1, Samples.NOW), form, order)))
        .allSatisfy(
            text -> assertThat(text).contains("comes on another day", "Only what is listed here is still to come",
                "Assam 200 g").doesNotContain("as soon as everything is here"));
  }

  @Test
  void anOrderThatLeavesInPartsAndOfWhichNothingIsThereIsPromisedThatItLeavesAsItComes() {
    OrderForm form = Samples.inParts(Samples.form("en"));
    OrderSummary order = Samples.waiting(Samples.released(form), 0, Samples.NOW);
    assertThat(Seen.parts(Samples.email(new OrderBackordered(Samples.ORDER, 0, Samples.NOW), form, order)))
        .allSatisfy(text -> assertThat(text).contains("We will send what is here at once"));
  }

  @Test
  void aConfirmationStaysTrueOnceAllThatWasThereIsPacked() {
    OrderForm form = Samples.inParts(Samples.form("en"));
    OrderSummary waits = Samples.summary(form, Awaiting.STOCK, PaymentProgress.PAID, DeliveryProgress.PENDING, null,
        List.of());
    assertThat(new ConfirmedMail(Samples.RELEASED).isSuperseded(waits, Samples.NOW)).isTrue();
    assertThat(new ConfirmedMail(Samples.RELEASED).isSuperseded(Samples.following(waits, 0, Samples.NOW), Samples.NOW))
        .isFalse();
  }

  @Test
  void aDoubtfulAddressIsShownAndItsCustomerIsAsked() {
    assertThat(Seen.parts(Samples.email(Samples.news("address_doubted"), "en"))).allSatisfy(
        text -> assertThat(text).contains("Hauptstr. 5", "10827 Berlin", "Please answer this mail"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmed", "shipped", "out_for_delivery", "delivery_failed"})
  void whatIsStillToComeNamesWhereItGoes(String kind) {
    assertThat(Seen.parts(Samples.email(Samples.news(kind), "de"))).allSatisfy(text -> assertThat(text)
        .contains("Lieferadresse", "Grace Hopper", "Hauptstr. 5", "10827 Berlin", "Deutschland"));
    assertThat(Seen.parts(Samples.email(Samples.news(kind), "en")))
        .allSatisfy(text -> assertThat(text).contains("Delivery address", "Germany"));
    assertThat(Seen.parts(Samples.email(Samples.news(kind), "fr")))
        .allSatisfy(text -> assertThat(text).contains("Adresse de livraison", "Allemagne"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shipped", "out_for_delivery", "delivery_failed"})
  void aMailAboutAParcelNamesItsCarrierAndNumberAndNoPrices(String kind) {
    for (String locale : List.of("en", "de", "fr")) {
      Email mail = Samples.email(Samples.news(kind), locale);
      assertThat(Seen.parts(mail)).allSatisfy(text -> assertThat(text).contains("DHL", Samples.NUMBER));
      assertThat(mail.text()).doesNotContain("€");
    }
  }

  @Test
  void aParcelOfSeveralSaysWhatIsInItAndThatMoreComes() {
    OrderSummary two = Samples.inTwoParcels(Samples.form("en"));
    Map<String, String> subjects = Map.of("shipped", "A part of your order #1042 has been shipped", "out_for_delivery",
        "A part of your order #1042 is out for delivery", "delivery_failed",
        "A part of your order #1042 could not be delivered yet");
    subjects.forEach((kind, subject) -> {
      Email mail = Samples.email(Samples.news(kind), Samples.form("en"), two);
      assertThat(mail.subject()).isEqualTo(subject);
      assertThat(Seen.parts(mail))
          .allSatisfy(text -> assertThat(text).contains("Assam 200 g", "other parcels").doesNotContain("Becher"));
      assertThat(Seen.parts(Samples.email(Samples.news(kind), Samples.form("de"), two)))
          .allSatisfy(text -> assertThat(text).contains("weiteren Paketen").doesNotContain("Becher"));
    });
  }

  @Test
  void aMailAboutAFailedPaymentHasTheTimeThatIsLeftByTheShopsClock() {
    assertThat(Seen.parts(Samples.email(Samples.PAYMENT_FAILED, "en"))).allSatisfy(text -> assertThat(text)
        .contains("waits until 29 November 2026 at 10:00 (CET)", "try again", "€60.72").doesNotContain("Delivery"));
    assertThat(Seen.parts(Samples.email(Samples.PAYMENT_FAILED, "de"))).allSatisfy(text -> assertThat(text)
        .contains("wartet bis zum 29. November 2026 um 10:00 Uhr (MEZ)", "noch einmal versuchen", "60,72 €"));
    assertThat(Seen.parts(Samples.email(Samples.PAYMENT_FAILED, "fr"))).allSatisfy(text -> assertThat(text)
        .contains("vous attend jusqu’au 29 novembre 2026 à 10:00 (CET)", "réessayer", "60,72 €"));
  }

  @Test
  void eachPaymentAndEachAttemptToDeliverHasAMailOfItsOwn() {
    assertThat(Mail.of(Samples.CANCELLED).event()).isEqualTo("cancelled#" + Samples.ORDER);
    assertThat(Mail.of(Samples.PAYMENT_FAILED).event()).isEqualTo("payment_failed#" + Samples.PAYMENT);
    assertThat(Mail.of(Samples.NOT_DELIVERED).event())
        .isEqualTo("delivery_failed#" + Samples.PARCEL + "#" + Samples.NOW.getEpochSecond());
    assertThat(Mail.of(new ShipmentDeliveryFailed(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(1), null))
        .event()).isNotEqualTo(Mail.of(Samples.NOT_DELIVERED).event());
  }

  @Test
  void twoKindsOfMailHaveTwoNames() {
    assertThat(Samples.everyNews().stream().map(Mail::of).filter(it -> !(it instanceof MailAgain)).map(Mail::kind))
        .doesNotHaveDuplicates().hasSizeGreaterThan(6);
  }

  @Test
  void theDeliveredMailSaysThanks() {
    assertThat(Seen.parts(Samples.email(Samples.DELIVERED, "en")))
        .allSatisfy(text -> assertThat(text).contains("Thank you for your order!", "has been delivered"));
    assertThat(Seen.parts(Samples.email(Samples.DELIVERED, "de")))
        .allSatisfy(text -> assertThat(text).contains("Vielen Dank für Ihre Bestellung!", "wurde zugestellt"));
    assertThat(Samples.email(Samples.DELIVERED, "fr").text()).contains("Merci pour votre commande\u202f!");
  }

  @Test
  void taxesThatComeOnTopStandInTheSum() {
    var line = new OrderForm.Line("L1", new Sku("TEA-200"), "Assam", 2, 1000, List.of(),
        List.of(new OrderForm.Tax("VAT", "0.2", 400)), 2400, Map.of());
    var shipping = new OrderForm.Shipping("std", null, 500, List.of(), List.of(new OrderForm.Tax("VAT", "0.2", 100)),
        600);
    Block.Bill bill = bill(with(Samples.form("en"), "GBP", false, List.of(line), shipping, 3000, "#1"));
    assertThat(bill.sums()).extracting(it -> it.label() + " " + it.value()).containsExactly("Subtotal £20.00",
        "Shipping £5.00", "VAT 20% £5.00");
    assertThat(bill.total().value()).isEqualTo("£30.00");
    assertThat(bill.included()).isEmpty();
    assertThat(bill.lines().getFirst().amount()).isEqualTo("£20.00");
  }

  private static Block.Bill bill(OrderForm form) {
    return Samples.letter(Samples.RELEASED, form, Samples.inOneParcel(form, null), Samples.channel("en")).blocks()
        .stream().filter(Block.Bill.class::isInstance).map(Block.Bill.class::cast).findFirst().orElseThrow();
  }

  @Test
  void whatHasNoNameOfItsOwnHasAPlainOne() {
    var line = new OrderForm.Line("L1", new Sku("TEA-200"), "Assam", 1, 1000,
        List.of(new OrderForm.Discount(null, 100)), List.of(new OrderForm.Tax(null, null, 50)), 900, Map.of());
    Block.Bill bill = bill(with(Samples.form("en"), "EUR", true, List.of(line), null, 900, "#1"));
    assertThat(bill.lines().getFirst().discounts()).containsExactly(new Block.Amount("Discount", "-€1.00"));
    assertThat(bill.included()).containsExactly(new Block.Amount("including Tax", "€0.50"));
  }

  @Test
  void anOrderWithoutNumberGoesByItsReference() {
    OrderForm form = Samples.form("en");
    OrderForm nameless = with(form, "EUR", true, form.lines(), form.shipping(), 6072, null);
    assertThat(Samples.email(Samples.RELEASED, nameless, Samples.inOneParcel(form, null)).subject())
        .isEqualTo("Your order 5512033 is confirmed");
  }

  @Test
  void whatIsNotShippedHasNoAddressAndPromisesNoParcel() {
    OrderForm form = with(Samples.form("en"), "EUR", true, Samples.form("en").lines(), null, 5082, "#1");
    var content = new OrderContent(Samples.ORDER, true, Samples.POOL, List.of(), Channel.Capture.MANUAL, Samples.NOW,
        30, 0, null, List.of(OrderContent.lineId(0), OrderContent.lineId(1), OrderContent.lineId(2)), List.of(), form,
        Samples.content(form).trackingUrl());
    OrderSummary state = Samples.summary(form, null, PaymentProgress.PAID, DeliveryProgress.PENDING, null, List.of());
    Channel channel = Samples.channel("en");
    Letter letter = Samples.letter(Samples.RELEASED, content, state, channel, Words.of("en", "en"));
    assertThat(Seen.parts(Email.of(letter, channel, "ada@example.com"))).allSatisfy(
        text -> assertThat(text).contains("confirmed and paid").doesNotContain("Delivery address", "has been shipped"));
  }

  @Test
  void anAmericanAddressReadsAsAmericansWriteIt() {
    var address = new Address("Grace Hopper", "Navy", "1 Main St", "Apt 2", "Arlington", "VA", "22201", "US", null);
    OrderForm form = shippedTo(Samples.form("en"), address);
    assertThat(Samples.letter(Samples.RELEASED, form, Samples.inOneParcel(form, null), Samples.channel("en")).blocks())
        .contains(new Block.Destination("Delivery address",
            List.of("Grace Hopper", "Navy", "1 Main St", "Apt 2", "Arlington, VA 22201", "United States")));
  }

  @Test
  void textIsWrapped() {
    for (NotifyCustomer.Input news : Samples.everyNews()) {
      for (String locale : List.of("de", "fr")) {
        Email mail = Samples.email(news, locale);
        assertThat(mail.text().lines()).as("a link is one word").filteredOn(it -> it.contains(" "))
            .allMatch(it -> it.length() <= PlainText.LINE_CHARACTERS);
        assertThat(mail.text()).doesNotContain("\n\n\n");
      }
    }
  }

  private static OrderForm with(OrderForm form, String currency, boolean taxesIncluded, List<OrderForm.Line> lines,
      OrderForm.Shipping shipping, long total, String number) {
    return new OrderForm(form.reference(), number, form.channel(), form.placedAt(), currency, taxesIncluded,
        form.customer(), form.shippingAddress(), null, lines, shipping, null, total, form.payments(), null, form.gift(),
        null,
        List.of(), null, null, null, null, Map.of());
  }

  private static OrderForm shippedTo(OrderForm form, Address address) {
    return new OrderForm(form.reference(), form.number(), form.channel(), form.placedAt(), form.currency(),
        form.taxesIncluded(), form.customer(), address, null, form.lines(), form.shipping(), null, form.total(),
        form.payments(), null, form.gift(), null, List.of(), null, null, null, null, Map.of());
  }
}
