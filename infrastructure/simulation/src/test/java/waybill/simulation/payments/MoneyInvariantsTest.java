package waybill.simulation.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.local.providers.Providers;
import waybill.local.providers.stripe.Stripe;
import waybill.simulation.WatchedWorld;

class MoneyInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void twoRefundsForOneCauseAreFound() {
    watched.placeAndPay();
    refund("pi_1", 500, "ref_1", "paid_twice");
    refund("pi_1", 500, "ref_1", "paid_twice");

    assertThat(found()).contains("there are two refunds for one cause: ref_1 of pi_1");
  }

  @Test
  void aRefundForAnOrderThatGoesOnIsFound() {
    watched.placeAndPay();
    refund("pi_1", 2000, "ref_1", "order_cancelled");

    assertThat(found()).contains("money goes back for an order that is not cancelled: pi_1 of " + ORDER);
  }

  @Test
  void anOrderThatIsLetGoWithoutItsMoneyIsFound() {
    watched.placeAndPay();
    refund("pi_1", 1, "ref_1", "paid_twice");
    watched.pack();

    assertThat(watched.findings())
        .contains("an order is let go that is not paid: %s has 1999 of 2000".formatted(ORDER));
  }

  @Test
  void whatIsCapturedAsItLeavesIsPaidWithWhatItsLinesCost() {
    watched.placeAndPay();
    watched.replace("OrdersTable", ORDER, "state", "terms", "on_authorization", "on_dispatch");
    refund("pi_1", 1, "ref_1", "paid_twice");
    watched.pack();

    assertThat(watched.findings())
        .contains("an order is let go that is not paid: %s has 1999 of 2000".formatted(ORDER));
  }

  @Test
  void whatIsPackedAfterItsOrderWasCancelledIsNotLetGo() {
    watched.placeAndPay();
    watched.cancel();
    packed(1);

    assertThat(watched.findings()).noneMatch(it -> it.startsWith("an order is let go"));
  }

  @Test
  void whatComesOutOfItsParcelsIsNotLetGoUntilItIsPackedAgain() {
    watched.placeAndPay();
    watched.replace("OrdersTable", ORDER, "state", "terms", "on_dispatch", "on_authorization");
    watched.pack();
    refund("pi_1", 1, "ref_1", "paid_twice");
    packed(0);

    assertThat(watched.findings()).noneMatch(it -> it.startsWith("an order is let go"));

    packed(1);

    assertThat(watched.findings())
        .contains("an order is let go that is not paid: %s has 1999 of 2000".formatted(ORDER));
  }

  @Test
  void anOrderThatHasLessThanItsTotalIsFoundAtRest() {
    watched.deliver();
    refund("pi_1", 1, "ref_1", "paid_twice");

    assertThat(watched.findingsAtRest())
        .contains("an order has kept another sum than its total: %s has 1999, not 2000, and is on []".formatted(ORDER));
  }

  @Test
  void aPartThatNobodyHasGrantedIsFoundAtRest() {
    watched.deliver();
    refund("pi_1", 1, "ref_1", "goodwill");

    assertThat(watched.findingsAtRest()).contains("more goes back than was granted: %s, 1 of 0".formatted(ORDER));
  }

  @Test
  void aCancelledOrderThatKeepsMoneyIsFoundAtRest() {
    watched.placeAndPay();
    watched.world.stripe().know("pi_2", Providers.PAYMENT_ACCOUNT, 700, "eur", "succeeded");
    watched.cancel();
    exchangePayment("pi_2");

    assertThat(watched.findingsAtRest()).contains("a cancelled order keeps money: %s has 700 of pi_2".formatted(ORDER));
  }

  @Test
  void aCancelledOrderWhosePaymentCanStillBePaidIsFoundAtRest() {
    watched.placeAndPay();
    watched.world.stripe().know("pi_2", Providers.PAYMENT_ACCOUNT, 700, "eur", "requires_payment_method");
    watched.live(() -> watched.world.timeline().sleep(Duration.ofHours(1)));
    watched.cancel();
    exchangePayment("pi_2");

    assertThat(watched.findingsAtRest())
        .contains("a cancelled order's payment can still be paid: pi_2 is requires_payment_method for " + ORDER);
  }

  @Test
  void moneyWithoutAnOrderIsFoundAtRest() {
    watched.world.stripe().know("pi_3", Providers.PAYMENT_ACCOUNT, 700, "eur", "succeeded");

    assertThat(watched.findingsAtRest())
        .containsExactly("money without an order is not given back: pi_3 is succeeded and has 700");
  }

  @Test
  void moneyThatWentBackWithoutAnOrderIsAllowed() {
    watched.world.stripe().know("pi_3", Providers.PAYMENT_ACCOUNT, 700, "eur", "succeeded");
    refund("pi_3", 700, "ref_3", "no_order");

    assertThat(watched.findingsAtRest()).isEmpty();
  }

  @Test
  void aRefundThatABankRefusesMustBeOnAHold() {
    watched.deliver();
    watched.world.stripe().know("pi_2", Providers.PAYMENT_ACCOUNT, 700, "eur", "succeeded");
    exchangePayment("pi_2");
    watched.world.stripe().faults().add("create_refund", "decline", 1);
    refund("pi_2", 700, "ref_2", "paid_twice");

    assertThat(watched.findingsAtRest())
        .contains("an order's hold and its bank disagree about a refund: %s is on []".formatted(ORDER));
  }

  private void packed(int parcels) {
    watched.change("OrdersTable", ORDER, "state", """
        {"packing": {"fulfillments": [{"id": "%s", "parcels": %d, "lines": [
          {"line_id": "line_1", "sku": "SKU-1", "quantity": 2}]}]}}"""
        .formatted(FULFILLMENT, parcels));
  }

  /** As if the order's payment had been another one at Stripe. */
  private void exchangePayment(String intent) {
    watched.replace("OrdersTable", ORDER, "state", "money", "pi_1", intent);
  }

  private void refund(String intent, long amount, String cause, String reason) {
    watched.world.stripe().reply(new Stripe.Request(Providers.PAYMENT_ACCOUNT, "POST", "/v1/refunds",
        Map.of("payment_intent", intent, "amount", Long.toString(amount), "metadata[waybill_refund]", cause,
            "metadata[reason]", reason, "metadata[order_id]", ORDER),
        ""));
  }

  /** After the next write about a payment. */
  private List<String> found() {
    watched.write("PaymentsTable", "pay_2", "payment", "{\"payment\": {\"status\": \"pending\"}}");
    return watched.findings();
  }
}
