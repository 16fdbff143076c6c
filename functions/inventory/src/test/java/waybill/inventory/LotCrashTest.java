package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.of;
import static waybill.inventory.LotYard.A;
import static waybill.inventory.LotYard.B;
import static waybill.inventory.LotYard.CREAM;
import static waybill.inventory.LotYard.missing;
import static waybill.inventory.LotYard.shipped;
import static waybill.inventory.LotYard.units;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.ShortageReason;
import waybill.messages.StockMessages.StockFellShort;
import waybill.workbench.Faults;

/** Whoever dies between any two calls is repeated, and no unit of a lot is lost or doubled. */
class LotCrashTest {
  private final Faults faults = new Faults();

  /** Once with the fault, then again as whoever asked does. */
  private <T> T dies(LotYard yard, int call, boolean afterItsEffect, Supplier<T> attempt) {
    yard.depot.dynamo = faults.in(DynamoDbClient.class, yard.depot.bench.dynamo());
    yard.depot.sqs = faults.in(SqsClient.class, yard.depot.bench.sqs());
    faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
    try {
      attempt.get();
    } catch (IllegalStateException e) {
      // A schedule fails as a whole.
    }
    faults.stop();
    yard.depot.dynamo = yard.depot.bench.dynamo();
    yard.depot.sqs = yard.depot.bench.sqs();
    return attempt.get();
  }

  private static Object withdraw(LotYard yard) {
    new WithdrawLotsHandler(yard.depot.bench.ports(yard.depot.dynamo, yard.depot.sqs)).run();
    return null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fromTheReceiptToTheParcelAndTheRecall(boolean afterItsEffect) {
    for (int call = 1; call <= 14; call++) {
      int at = call;
      try (var yard = new LotYard()) {
        yard.depot.expects("PO-1", BERLIN, 4, of(9, CREAM));
        dies(yard, at, afterItsEffect, () -> yard.depot.receives("PO-1", "pallet", """
            {"lines":[{"sku":"CREAM-50","quantity":6,"lot":"A","expires_on":"2027-03-31"}]}"""));
        yard.holds(BERLIN, B, "2027-06-30", 5).holds(LEIPZIG, A, "2027-03-31", 2);
        FulfillmentPlanned planned = yard.ordered("one", of(7, CREAM));
        dies(yard, at, afterItsEffect, () -> yard.depot.allocate(planned));
        assertThat(yard.lotsOf(planned).orElseThrow()).containsExactly(units(1, A, "2027-03-31", 6),
            units(1, B, "2027-06-30", 1));
        var parcel = shipped("one", yard.lotsOf(planned).orElseThrow(), of(7, CREAM));
        dies(yard, at, afterItsEffect, () -> yard.depot.ship(parcel));
        dies(yard, at, afterItsEffect, () -> yard.depot.adjust(CREAM, "recall", """
            {"location_id":"berlin","quantity":-4,"reason":"recalled","lot":"B"}"""));
        dies(yard, at, afterItsEffect, () -> yard.depot.adjust(CREAM, "recall of a", """
            {"location_id":"leipzig","quantity":-2,"reason":"recalled","lot":"A"}"""));
        assertThat(yard.lot(BERLIN, A)).as("call %d", call).isEqualTo(Levels.NONE);
        assertThat(yard.lot(BERLIN, B)).as("call %d", call).isEqualTo(Levels.of(Level.QUARANTINED, 4));
        assertThat(yard.lot(LEIPZIG, A)).as("call %d", call).isEqualTo(Levels.of(Level.QUARANTINED, 2));
        assertThat(yard.depot.inPool(CREAM).available()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatExpiresIsWithdrawnOnceAndWhoeverHoldsItHearsOfIt(boolean afterItsEffect) {
    for (int call = 1; call <= 16; call++) {
      int at = call;
      try (var yard = new LotYard()) {
        yard.holds(BERLIN, A, "2026-11-23", 3).holds(BERLIN, B, "2027-06-30", 4);
        FulfillmentPlanned planned = yard.allocated("one", 2);
        yard.depot.bench.clock().advance(Duration.ofDays(2));

        dies(yard, at, afterItsEffect, () -> withdraw(yard));
        yard.depot.bench.clock().advance(Duration.ofHours(1));
        new ReconcileStockHandler(yard.depot.bench.ports()).run();

        assertThat(yard.depot.movements(CREAM, BERLIN))
            .filteredOn(it -> it.reason() == LedgerEntry.Reason.EXPIRED).as("call %d", call).hasSize(1);
        assertThat(yard.depot.sent()).as("call %d", call).anyMatch(
            it -> it instanceof StockFellShort fell && fell.units() == 2 && A.equals(fell.lot()));
        yard.depot
            .correct(missing("short", planned, units(1, A, "2026-11-23", 2), 0, ShortageReason.NOT_IN_STOCK, true));
        assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.of(Level.QUARANTINED, 3));
      }
    }
  }
}
