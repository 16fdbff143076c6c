package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.LocationClosed;
import waybill.messages.LocationId;
import waybill.messages.StockMessages.StockAllocated;

/** What waits for a packer at a location that is closed is planned elsewhere; what is packed leaves. */
class ClosedLocationTest {
  private final Floor floor = new Floor().holds("berlin", "TEA", 9);
  private FulfillmentId id;

  @BeforeEach
  void open() {
    id = floor.open(1, line(1, "TEA", 2));
    floor.bench.forgetSent();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private List<LocationClosed> found() {
    List<LocationClosed> found = floor.bench.sentTo(PlanFulfillment.class).stream()
        .filter(LocationClosed.class::isInstance).map(LocationClosed.class::cast).toList();
    floor.bench.forgetSent();
    return found;
  }

  private void isClosed() {
    floor.location("berlin", false, Floor.POOL.value());
  }

  @Test
  void openWorkMovesToALocationThatHasTheUnitsAndItsOwnReleasesThem() {
    floor.holds("kiel", "TEA", 2);
    isClosed();
    floor.resendShortages();
    List<LocationClosed> found = found();
    assertThat(found).containsExactly(new LocationClosed(order(1), id));

    assertThat(floor.plan(found.getFirst())).isEmpty();

    assertThat(floor.get(id).body()).containsEntry("status", "refused").containsEntry("lines", List.of());
    assertThat(floor.planned()).containsExactlyInAnyOrder(
        new FulfillmentPlanned(order(1), id, new LocationId("berlin"), List.of()),
        new FulfillmentPlanned(order(1), fulfillment(1, 2), new LocationId("kiel"), List.of(line(1, "TEA", 2))));
    assertThat(floor.plan(new StockAllocated(order(1), id, new LocationId("berlin"), List.of()))).isEmpty();
    assertThat(floor.pack(id, 1, 2).body()).containsEntry("code", "refused");
  }

  @Test
  void whatNoOtherLocationHasIsShortUntilOneHas() {
    isClosed();

    floor.plan(new LocationClosed(order(1), id));

    assertThat(floor.list(java.util.Map.of("status", "short")).ids()).containsExactly(fulfillment(1, 2).value());
    assertThat(floor.list(java.util.Map.of("status", "open")).ids()).isEmpty();
  }

  @Test
  void whatIsPackedOrWhoseLocationIsOpenAgainStaysAsItIs() {
    isClosed();
    floor.location("berlin", true, Floor.POOL.value());
    floor.plan(new LocationClosed(order(1), id));
    assertThat(floor.status(id)).isEqualTo("open");

    floor.pack(id, 1, 2);
    isClosed();
    floor.plan(new LocationClosed(order(1), id));
    floor.resendShortages();

    assertThat(floor.status(id)).isEqualTo("packed");
    assertThat(found()).isEmpty();
  }

  @Test
  void newsThatComesTwiceOrAfterACancelPlansNothing() {
    floor.holds("kiel", "TEA", 9);
    isClosed();
    floor.plan(new LocationClosed(order(1), id));
    floor.plan(new LocationClosed(order(1), id));
    assertThat(floor.items(1)).hasSize(2);

    floor.cancel(Floor.cancelled(1));
    floor.plan(new LocationClosed(order(1), id));

    assertThat(floor.items(1)).hasSize(3);
  }

  @Test
  void itIsAskedForAgainLessAndLessOften() {
    isClosed();
    var sweep = new ResendShortagesHandler(floor.bench.ports());
    sweep.run();
    sweep.run();
    assertThat(found()).hasSize(1);
    floor.bench.clock().advance(Duration.ofMinutes(1));
    sweep.run();
    assertThat(found()).hasSize(1);
  }
}
