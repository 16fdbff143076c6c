package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import waybill.catalog.Brand;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDelivered;
import waybill.messages.OrderMessages.OrderPaymentDue;
import waybill.messages.OrderMessages.OrderPaymentFailed;
import waybill.messages.PaymentId;
import waybill.messages.ReturnLabelMessages.ReturnLabelReady;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.platform.Json;
import waybill.platform.Records;

class NotifyCustomerHandlerTest extends Mailroom {

  @Test
  void anOrderIsMailedAboutFromConfirmationToDoorstep() {
    itIsPaidAndPacked();
    assertThat(receive(Samples.RELEASED)).isTrue();
    advance(Samples.LABELLED);
    assertThat(receive(Samples.LABELLED)).isTrue();
    advance(Samples.OUT);
    assertThat(receive(Samples.OUT)).isTrue();
    advance(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, Samples.NOW, null));
    assertThat(receive(Samples.DELIVERED)).isTrue();
    assertThat(mailbox.sent()).extracting(it -> it.message().subject().data()).containsExactly(
        "Your order #1042 is confirmed", "Your order #1042 has been shipped",
        "Your order #1042 is out for delivery", "Your order #1042 has been delivered");
    assertThat(mailbox.sent()).allSatisfy(it -> {
      assertThat(it.source()).isEqualTo("\"Teehaus\" <orders@teehaus.example>");
      assertThat(it.replyToAddresses()).isEmpty();
      assertThat(it.destination().toAddresses()).containsExactly("ada@example.com");
      assertThat(it.message().body().html().charset()).isEqualTo("UTF-8");
    });
    assertThat(mailbox.sent().get(1).message().body().text().data()).contains(Samples.NUMBER,
        "https://shop.example/tracking/" + Samples.ORDER.value().substring(4) + ".");
    assertThat(logged("\"message\":\"Mail sent\"")).hasSize(4)
        .allMatch(it -> it.contains(Samples.ORDER.value()) && it.contains("\"language\":\"en\""));
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ada@example.com", "Ada Byron", "Hauptstr");
    assertThat(markers()).containsExactlyInAnyOrder("confirmed#" + Samples.ORDER + " sent ses-1",
        "shipped#" + Samples.PARCEL + " sent ses-2",
        "out_for_delivery#" + Samples.PARCEL + " sent ses-3", "delivered#" + Samples.ORDER + " sent ses-4");
  }

  @Test
  void aMailShowsTheChannelsBrandAndNamesWhatOnlyTheCatalogNames() {
    var brand = new Brand("Teehaus Köln", "help@teehaus.example", "#0a7f5c", null, "Teehaus GmbH");
    put("/channels/de-web", Map.of("id", "de-web"), Records.toObject(Samples.branded(brand)));
    put("/products/MUG-BLUE", Map.of("sku", "MUG-BLUE"), Map.of("name", "Blue mug"));
    itIsPaidAndPacked();
    assertThat(receive(Samples.RELEASED)).isTrue();
    SendEmailRequest mail = mailbox.sent().getFirst();
    assertThat(mail.source()).isEqualTo("=?UTF-8?B?VGVlaGF1cyBLw7Zsbg==?= <orders@teehaus.example>");
    assertThat(mail.replyToAddresses()).containsExactly("help@teehaus.example");
    assertThat(mail.message().body().text().data()).contains("Becher", "Blue mug", "Teehaus GmbH")
        .doesNotContain("MUG-BLUE");
    assertThat(mail.message().body().html().data()).contains("#0a7f5c", "Teehaus GmbH", "Blue mug");
  }

  @ParameterizedTest
  @MethodSource("everyNews")
  void newsThatIsRedrivenAfterTwoWeeksIsNotMailedButSeenInTheLog(NotifyCustomer.Input news) {
    itHappens(news);
    bench.clock().advance(Duration.ofDays(14));
    assertThat(receive(news)).isTrue();
    assertThat(mailbox.sent()).isEmpty();
    assertThat(markers()).isEmpty();
    // Nobody is invited to pay when the time to pay is over, fresh or not.
    assertThat(logged(
        news instanceof OrderPaymentFailed || news instanceof OrderPaymentDue ? "Mail superseded" : "Mail stale"))
        .singleElement().asString()
        .contains(Samples.ORDER.value(), Mail.of(news).event());
  }

  @Test
  void aLabelThatIsVoidByTheTimeOfItsMailIsNotMailed() {
    NotifyCustomer.Input ready = Samples.news(ReturnLabelMail.KIND);
    itHappens(ready);
    withdrawn.add(((ReturnLabelReady) ready).parcel());
    assertThat(receive(ready)).isTrue();
    assertThat(mailbox.sent()).isEmpty();
    assertThat(logged("Mail superseded")).hasSize(1);
    withdrawn.clear();
    assertThat(receive(ready)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void aMailAboutACancelledOrderSaysWhatIsRefundedAndTheOrderIsNotConfirmedAnyMore() {
    itHappens(Samples.CANCELLED);
    assertThat(receive(Samples.RELEASED, Samples.PAYMENT_FAILED, Samples.CANCELLED)).isTrue();
    assertThat(mailbox.sent()).singleElement()
        .satisfies(it -> assertThat(it.message().body().text().data()).contains("not in stock", "€60.72"));
    assertThat(logged("Mail superseded")).hasSize(2);
    assertThat(markers()).containsExactly("cancelled#" + Samples.ORDER + " sent ses-1");
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ada@example.com", "Ada Byron", "€");
  }

  @Test
  void eachPaymentThatFailsIsMailedAboutOnceUntilTheMoneyIsThere() {
    itHappens(Samples.PAYMENT_FAILED);
    assertThat(receive(Samples.PAYMENT_FAILED)).isTrue();
    PaymentId second = PaymentId.of("stripe", "shop-eu", "pi_4");
    assertThat(receive(new OrderPaymentFailed(Samples.ORDER, Samples.PAYMENT, Samples.NOW.plusSeconds(9)),
        new OrderPaymentFailed(Samples.ORDER, second, Samples.NOW))).isTrue();
    assertThat(mailbox.sent()).hasSize(2);
    advance(PAID);
    assertThat(receive(new OrderPaymentFailed(Samples.ORDER, PaymentId.of("stripe", "shop-eu", "pi_5"), Samples.NOW)))
        .isTrue();
    assertThat(mailbox.sent()).hasSize(2);
    assertThat(logged("Mail superseded")).hasSize(1);
  }

  @Test
  void eachAttemptToDeliverThatFailsIsMailedAbout() {
    itHappens(Samples.NOT_DELIVERED);
    assertThat(receive(Samples.NOT_DELIVERED)).isTrue();
    var again = new ShipmentDeliveryFailed(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(86_400), null);
    bench.clock().advance(Duration.ofDays(1));
    advance(again);
    assertThat(receive(again, Samples.NOT_DELIVERED)).isTrue();
    assertThat(mailbox.sent()).hasSize(2).allSatisfy(
        it -> assertThat(it.message().body().text().data()).contains(Samples.NUMBER, "https://shop.example/tracking/"));
  }

  @Test
  void aParcelThatArrivedMeanwhileIsNotSaidToBeOutForDelivery() {
    itIsPaidAndPacked();
    advance(Samples.LABELLED, new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(60), null));
    assertThat(receive(Samples.OUT, Samples.LABELLED)).isTrue();
    assertThat(receive(new OrderDelivered(Samples.ORDER, Samples.NOW.plusSeconds(60)))).isTrue();
    assertThat(mailbox.sent()).extracting(it -> it.message().subject().data())
        .containsExactly("Your order #1042 has been delivered");
    assertThat(logged("Mail superseded")).hasSize(2);
  }

  @Test
  void aScanThatIsFasterThanTheNewsOfItsLabelWaitsForTheTrackingNumber() {
    itIsPaidAndPacked();
    advance(Samples.OUT);
    assertThat(receive(Samples.OUT)).isFalse();
    assertThat(mailbox.sent()).isEmpty();
    advance(Samples.LABELLED);
    assertThat(receive(Samples.OUT)).isTrue();
    assertThat(mailbox.sent()).hasSize(1)
        .allSatisfy(it -> assertThat(it.message().body().text().data()).contains(Samples.NUMBER));
  }

  @Test
  void aMessageAboutAnUnknownOrderIsRetriedAndTheRestOfTheBatchGoesOn() {
    itIsPaidAndPacked();
    var stray = new ShipmentOutForDelivery(OrderId.of(Samples.CHANNEL, "other"), Samples.PARCEL, Samples.NOW, null);
    String answer = answer(out -> handler(bench.dynamo(), mailbox).handleRequest(
        bench.sqsEvent(1, Json.write(stray), "{\"type\":\"Nonsense\"}", Json.write((Object) Samples.RELEASED)), out,
        null));
    assertThat(answer).contains("m-")
        .satisfies(it -> assertThat(((List<?>) Json.readObject(it).get("batchItemFailures"))).hasSize(2));
    assertThat(mailbox.sent()).hasSize(1);
  }
}
