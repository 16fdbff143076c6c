package waybill.simulation.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;
import static waybill.simulation.WatchedWorld.PARCEL;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;
import waybill.simulation.world.Transition;

class OrderInvariantsTest {
  private static final String TERMS = "\"terms\": {\"total\": {\"minor_units\": 2000, \"currency\": \"EUR\"}, \"units_to_ship\": 2}";
  private static final String PAID = """
      "money": {"payments": [{"payment": {"id": "pay_1", "account": "", "status": "captured",
        "captured": {"minor_units": 2000, "currency": "EUR"}}}]}""";
  private static final String CANCELLED = "\"cancellation\": {\"reason\": \"%s\", \"at\": \"2026-01-01T00:00:00Z\"}";
  private static final String PACKED = """
      "packing": {"fulfillments": [{"id": "%s", "lines": [{"quantity": 2}], "parcels": 1}]}""".formatted(FULFILLMENT);

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void anOrderGoesItsWayToTheDoorstep() {
    state(TERMS, stock("pending"));
    state(TERMS, stock("pending"), PAID);
    state(TERMS, stock("reserved"), PAID);
    parcel("");
    state(TERMS, stock("reserved"), PAID, PACKED);
    parcel(", \"tracking_number\": \"SIM1\"");
    parcel(", \"tracking_number\": \"SIM1\", \"scan\": {\"status\": \"delivered\"}");

    assertThat(watched.findings()).isEmpty();
    assertThat(watched.world.coverage().times()).containsKeys(new Transition("status", "open", "completed"),
        new Transition("stock_status", "pending", "reserved"), new Transition("payment_status", "pending", "paid"),
        new Transition("fulfillment_status", "unfulfilled", "fulfilled"),
        new Transition("delivery_status", "pending", "shipped"),
        new Transition("delivery_status", "shipped", "delivered"));
  }

  @Test
  void newsWithoutAnOrderJoinIt() {
    state(stock("pending"), PAID);
    state(TERMS, stock("pending"), PAID);

    assertThat(watched.findings()).isEmpty();
  }

  private static final String FOLLOWS = """
      "stock": {"status": "partially_reserved", "waiting": [{"line_id": "line_1", "quantity": 1}]}""";

  private void ordered(String backorders) {
    watched.write(OrderInvariants.TABLE, ORDER, "content",
        "{\"form\": {\"backorders\": \"%s\", \"lines\": [{\"quantity\": 2}]}, \"kits\": []}".formatted(backorders));
  }

  private static String packed(int units) {
    return """
        "packing": {"fulfillments": [{"id": "%s", "lines": [{"line_id": "line_1", "quantity": %d}], "parcels": 1}]}"""
        .formatted(FULFILLMENT, units);
  }

  @Test
  void whatIsThereLeavesBeforeTheRest() {
    ordered("partial");
    state(TERMS, FOLLOWS, PAID);
    state(TERMS, FOLLOWS, PAID, packed(1));
    state(TERMS, stock("reserved"), PAID, packed(1));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void unitsThatLeaveBeforeTheyAreThereAreFound() {
    ordered("partial");
    state(TERMS, FOLLOWS, PAID);
    state(TERMS, FOLLOWS, PAID, packed(2));

    assertThat(watched.findings()).containsExactly(
        "units leave that are not there: line_1 of %s: 2 of 2, and 1 are to follow".formatted(ORDER));
  }

  @Test
  void anOrderThatLeavesInPartsUnaskedIsFound() {
    ordered("whole");
    state(TERMS, FOLLOWS, PAID);
    state(TERMS, stock("backordered"), PAID, packed(1));

    assertThat(watched.findings()).contains("an order leaves in parts that is to leave as a whole: " + ORDER,
        "an order leaves of which nothing may leave yet: " + ORDER);
  }

  @Test
  void anAxisThatGoesBackIsFound() {
    state(TERMS, stock("reserved"));
    state(TERMS, stock("pending"));

    assertThat(watched.findings()).containsExactly("an order takes a step that it cannot take: %s, %s".formatted(ORDER,
        "stock_status: reserved -> pending"));
  }

  @Test
  void aPacketThatIsNoLongerPackedIsFound() {
    parcel("");
    state(TERMS, stock("reserved"), PAID, PACKED);
    state(TERMS, stock("reserved"), PAID);

    assertThat(watched.findings()).anyMatch(it -> it.endsWith("fulfillment_status: fulfilled -> unfulfilled"))
        .anyMatch(it -> it.startsWith("an order forgets a parcel"));
  }

  @Test
  void moneyThatIsNoLongerThereIsFound() {
    state(TERMS, stock("pending"), PAID);
    state(TERMS, stock("pending"));

    assertThat(watched.findings()).anyMatch(it -> it.endsWith("payment_status: paid -> pending"))
        .anyMatch(it -> it.startsWith("an order forgets money"));
  }

  @Test
  void aCancellationThatIsUndoneIsFound() {
    state(TERMS, stock("pending"), CANCELLED.formatted("customer"));
    state(TERMS, stock("pending"));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("a cancellation is undone or changed"))
        .anyMatch(it -> it.endsWith("status: cancelled -> open"));
  }

  @Test
  void anotherReasonForACancellationIsFound() {
    state(TERMS, stock("pending"), CANCELLED.formatted("customer"));
    state(TERMS, stock("pending"), CANCELLED.formatted("fraud"));

    assertThat(watched.findings()).hasSize(1).allMatch(it -> it.startsWith("a cancellation is undone or changed"));
  }

  @Test
  void anOrderThatIsCancelledWhenItIsPackedIsFound() {
    state(TERMS, stock("reserved"), PAID, PACKED);
    state(TERMS, stock("reserved"), PAID, PACKED, CANCELLED.formatted("customer"));

    assertThat(watched.findings()).contains("an order is cancelled of which something is packed: " + ORDER);
  }

  @Test
  void whatIsPackedWhenItIsCancelledAlreadyIsAllowed() {
    state(TERMS, stock("reserved"), PAID, CANCELLED.formatted("customer"));
    state(TERMS, stock("reserved"), PAID, PACKED, CANCELLED.formatted("customer"));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void anOrderThatGoesOnWithoutStockIsFound() {
    state(TERMS, stock("refused"));

    assertThat(watched.findings()).containsExactly("an order goes on whose stock is refused: " + ORDER);
  }

  @Test
  void termsThatChangeAreFound() {
    state(TERMS, stock("pending"));
    state(TERMS.replace("2000", "1999"), stock("pending"));

    assertThat(watched.findings()).containsExactly("an order's terms change: " + ORDER);
  }

  @Test
  void aPersonWhoAcceptsADifferenceChangesTheTotalAndNothingElse() {
    String accepted = "\"holding\": {\"placed\": [{\"reason\": \"capture_short\", \"release\": {\"note\": \"fine\"}}]}";
    state(TERMS, stock("pending"));
    state(TERMS.replace("2000", "1999"), stock("pending"), accepted);
    assertThat(watched.findings()).isEmpty();

    state(TERMS.replace("2000", "1998"), stock("pending"), accepted);
    assertThat(watched.findings()).containsExactly("an order's terms change: " + ORDER);
  }

  @Test
  void anotherLabelForAParcelIsFound() {
    parcel(", \"tracking_number\": \"SIM1\"");
    state(TERMS, stock("reserved"), PAID, PACKED);
    parcel(", \"tracking_number\": \"SIM2\"");

    assertThat(watched.findings()).hasSize(1).allMatch(it -> it.startsWith("an order forgets a parcel"));
  }

  @Test
  void aParcelThatIsHeldWithoutItsOrderIsFound() {
    parcel("");
    state(TERMS, stock("reserved"), PAID, PACKED);
    parcel(", \"problem\": {\"reason\": \"label_uncertain\"}");

    assertThat(watched.findings()).hasSize(1)
        .allMatch(it -> it.startsWith("an order and its parcels do not agree on which are held"));
  }

  private static String stock(String status) {
    return "\"stock\": {\"status\": \"%s\"}".formatted(status);
  }

  private void parcel(String more) {
    watched.write("OrdersTable", ORDER, PARCEL,
        "{\"parcel\": {\"id\": \"%s\", \"lines\": [{\"quantity\": 2}]}%s}".formatted(PARCEL, more));
  }

  private void state(String... parts) {
    watched.write("OrdersTable", ORDER, "state", "{%s}".formatted(String.join(", ", parts)));
  }
}
