package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.workbench.Faults;

class ShipStockTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void aParcelTakesItsUnitsOutOnce() {
    depot.holds(TEA, BERLIN, 5);
    depot.reserve(order("a", 0, of(3, TEA)));
    depot.allocate(planned("a", BERLIN, of(3, TEA)));

    ShipmentLabelled first = labelled("a", 1, BERLIN, of(2, TEA));
    assertThat(depot.ship(first, first)).isEmpty();
    assertThat(depot.ship(first, labelled("a", 2, BERLIN, of(1, TEA)))).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 2, 0));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(2, 0, 0, 0));
  }

  @Test
  void whatHasAVoidLabelHasNotLeftInWhateverOrderTheNewsCome() {
    depot.holds(TEA, BERLIN, 5);
    depot.reserve(order("a", 0, of(3, TEA)));
    depot.allocate(planned("a", BERLIN, of(3, TEA)));
    ShipmentLabelled first = labelled("a", 1, BERLIN, of(2, TEA));
    ShipmentLabelled second = labelled("a", 2, BERLIN, of(1, TEA));

    assertThat(depot.ship(first, second)).isEmpty();
    assertThat(depot.ship(voided(first), voided(first))).isEmpty();
    assertThat(depot.ship(first)).as("late").isEmpty();
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 4, 2));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(2, 2, 0, 0));

    ShipmentLabelled again = labelled("a", 3, BERLIN, of(2, TEA));
    assertThat(depot.ship(voided(again))).isEmpty();
    assertThat(depot.ship(again, voided(again))).isEmpty();
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 4, 2));
    assertThat(depot.ship(labelled("a", 4, BERLIN, of(2, TEA)))).isEmpty();
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 2, 0));
  }

  @Test
  void unitsThatWereNeverAllocatedDoNotShip() {
    depot.holds(TEA, BERLIN, 5);
    depot.reserve(order("a", 0, of(3, TEA)));
    depot.allocate(planned("a", BERLIN, of(1, TEA)));

    assertThat(depot.ship(labelled("a", 1, BERLIN, of(2, TEA)), labelled("a", 2, BERLIN, of(1, TEA))))
        .containsExactly("m-3");

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(4, 0, 4, 0));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(2, 2, 0, 0));
  }

  @Test
  void aParcelThatAnotherShipsAtTheSameTimeIsNotTakenForUnitsThatWereNeverAllocated() {
    depot.holds(TEA, BERLIN, 1);
    depot.reserve(order("a", 0, of(1, TEA)));
    depot.allocate(planned("a", BERLIN, of(1, TEA)));
    ShipmentLabelled parcel = labelled("a", 1, BERLIN, of(1, TEA));
    DynamoDbClient another = depot.dynamo;
    var faults = new Faults();
    depot.dynamo = faults.in(DynamoDbClient.class, another);
    faults.strike(1, true, () -> { // its record was looked for, and its counters are next
      depot.dynamo = another;
      assertThat(depot.ship(parcel)).isEmpty();
      return null;
    });

    assertThat(depot.ship(parcel)).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(Levels.NONE);
  }

  @Test
  void aParcelOfManySkusShipsInStepsWhateverDies() {
    Sku[] skus = IntStream.range(0, 120).mapToObj(it -> new Sku("SKU-%03d".formatted(it))).toArray(Sku[]::new);
    SkuQuantity[] items = IntStream.range(0, 120).mapToObj(it -> of(2, skus[it])).toArray(SkuQuantity[]::new);
    depot.holds(skus, BERLIN, 2);
    depot.reserve(order("a", 0, items));
    depot.allocate(planned("a", BERLIN, items));
    var faults = new Faults();
    depot.dynamo = faults.in(DynamoDbClient.class, depot.dynamo);
    for (int call : new int[]{6, 4, 2}) {
      faults.strike(call, call != 4, () -> new IllegalStateException("died"));
      assertThat(depot.ship(labelled("a", 1, BERLIN, items))).hasSize(1);
    }
    faults.stop();

    assertThat(depot.ship(labelled("a", 1, BERLIN, items))).isEmpty();
    assertThat(depot.ship(labelled("a", 1, BERLIN, items))).isEmpty();

    assertThat(skus).allSatisfy(it -> assertThat(depot.at(BERLIN, it)).isEqualTo(Levels.NONE));
    assertThat(skus).allSatisfy(it -> assertThat(depot.inPool(it)).isEqualTo(Levels.NONE));
    for (int call : new int[]{5, 4, 3}) {
      faults.strike(call, call != 4, () -> new IllegalStateException("died"));
      assertThat(depot.ship(voided(labelled("a", 1, BERLIN, items)))).hasSize(1);
    }
    faults.stop();

    assertThat(depot.ship(voided(labelled("a", 1, BERLIN, items)))).isEmpty();
    assertThat(skus).allSatisfy(it -> assertThat(depot.at(BERLIN, it)).isEqualTo(new Levels(0, 0, 2, 2)));
    assertThat(skus).allSatisfy(it -> assertThat(depot.inPool(it)).isEqualTo(new Levels(0, 2, 0, 0)));
  }
}
