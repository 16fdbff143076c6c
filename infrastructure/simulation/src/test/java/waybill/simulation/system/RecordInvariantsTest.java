package waybill.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;
import static waybill.simulation.WatchedWorld.PARCEL;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class RecordInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void aRecordTakesItsLegalSteps() {
    for (String status : new String[]{"planned", "open", "packed", "dispatched"}) {
      watched.write("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"%s\"}".formatted(status));
    }

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aStepThatIsNotLegalIsFound() {
    watched.write("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"planned\"}");
    watched.write("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"packed\"}");

    assertThat(watched.findings()).containsExactly("a record moves where it cannot go: FulfillmentTable %s %s, %s"
        .formatted(ORDER, FULFILLMENT, "fulfillment: planned -> packed"));
  }

  @Test
  void aRecordThatHasEndedIsNeverWrittenAgain() {
    watched.write("InventoryTable", ORDER, "reservation", "{\"status\": \"released\"}");
    watched.write("InventoryTable", ORDER, "reservation", "{\"status\": \"released\"}");

    assertThat(watched.findings()).anyMatch(it -> it.endsWith("reservation: released -> released"));
  }

  @Test
  void aRefundNeverGoesBackToWhereItWas() {
    String payment = "{\"payment\": {\"status\": \"captured\"}, \"refund\": {\"refund\": {\"status\": \"%s\"}}}";
    watched.write("PaymentsTable", "pay_1", "payment", payment.formatted("succeeded"));
    watched.write("PaymentsTable", "pay_1", "payment", payment.formatted("requested"));

    assertThat(watched.findings()).anyMatch(it -> it.endsWith("refund: succeeded -> requested"));
  }

  @Test
  void aLabelThatIsBoughtStays() {
    String label = "{\"stage\": {\"type\": \"%s\"}}";
    watched.write("ShippingTable", ORDER, PARCEL, label.formatted("Labelled"));
    watched.write("ShippingTable", ORDER, PARCEL, label.formatted("Drafted"));

    assertThat(watched.findings()).anyMatch(it -> it.endsWith("label: labelled -> drafted"));
  }

  @Test
  void aLabelThatWasNotBoughtAfterAllMayBeWithdrawn() {
    for (String stage : new String[]{"Drafted", "Uncertain", "Unsold", "Withdrawn"}) {
      watched.write("ShippingTable", ORDER, PARCEL, "{\"stage\": {\"type\": \"%s\"}}".formatted(stage));
    }

    assertThat(watched.findings()).noneMatch(it -> it.startsWith("a record moves where it cannot go"));
  }

  @Test
  void aWriteThatIsNotBasedOnWhatIsThereIsFound() {
    watched.write("CatalogTable", "product", "SKU-1", "{\"revision\": 1, \"name\": \"one\"}");
    watched.write("CatalogTable", "product", "SKU-1", "{\"revision\": 1, \"name\": \"other\"}");

    assertThat(watched.findings()).containsExactly(
        "a write is not based on what is there: CatalogTable product SKU-1 goes from revision 1 to 1");
  }

  @Test
  void aRecordThatIsMadeAnewIsFound() {
    watched.write("CatalogTable", "product", "SKU-1", "{\"created_at\": 1}");
    watched.write("CatalogTable", "product", "SKU-1", "{\"created_at\": 2}");

    assertThat(watched.findings()).containsExactly("a record is made anew: CatalogTable product SKU-1");
  }

  @Test
  void aRecordThatSaysSomethingElseThanAtFirstIsFound() {
    watched.write("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"planned\", \"location_id\": \"here\"}");
    watched.write("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"open\", \"location_id\": \"there\"}");

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("a record says something else than at first"));
  }

  @Test
  void onlyWhatIsShortMaySayAnotherReasonLater() {
    String sourced = "{\"status\": \"%s\", \"sourced\": {\"promised\": \"%s\"}}";
    watched.write("FulfillmentTable", ORDER, FULFILLMENT, sourced.formatted("short", "2026-01-01"));
    watched.write("FulfillmentTable", ORDER, FULFILLMENT, sourced.formatted("short", "2026-01-02"));
    assertThat(watched.findings()).isEmpty();

    String other = FULFILLMENT.replaceFirst("_1$", "_2");
    watched.write("FulfillmentTable", ORDER, other, sourced.formatted("planned", "2026-01-01"));
    watched.write("FulfillmentTable", ORDER, other, sourced.formatted("open", "2026-01-02"));
    assertThat(watched.findings()).singleElement()
        .satisfies(it -> assertThat(it).startsWith("a record says something else than at first"));
  }

  @Test
  void anOrdersContentIsWrittenOnce() {
    watched.write("OrdersTable", ORDER, "content", "{}");
    watched.write("OrdersTable", ORDER, "content", "{}");

    assertThat(watched.findings()).anyMatch(it -> it.endsWith("content: ordered -> ordered"));
  }

  @Test
  void onlyAMailsClaimIsTakenBack() {
    watched.write("NotificationsTable", ORDER, "confirmed#" + ORDER, "{\"status\": \"claimed\"}");
    watched.delete("NotificationsTable", ORDER, "confirmed#" + ORDER);
    assertThat(watched.findings()).isEmpty();

    watched.write("CatalogTable", "product", "SKU-1", "{}");
    watched.delete("CatalogTable", "product", "SKU-1");
    assertThat(watched.findings()).containsExactly("a record is deleted: CatalogTable product SKU-1");
  }
}
