package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.cancelled;
import static waybill.inventory.Depot.of;
import static waybill.inventory.LotYard.A;
import static waybill.inventory.LotYard.B;
import static waybill.inventory.LotYard.C;
import static waybill.inventory.LotYard.CREAM;
import static waybill.inventory.LotYard.missing;
import static waybill.inventory.LotYard.shipped;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.ShortageReason;
import waybill.messages.StockMessages.StockFellShort;

/** Random operations one after the other, against a model of lists: each lot is what the model says, and the lots are the location. */
class LotModelTest {
  private static final Map<LotNumber, String> DAYS = Map.of(A, "2026-12-01", B, "2026-12-20", C, "2027-03-31");
  private static final List<LotNumber> BY_DAY = List.of(A, B, C);

  /** What is at Berlin of a lot. */
  private static final class Lying {
    int onHand;
    int quarantined;
  }

  private final LotYard yard = new LotYard();
  private final Map<LotNumber, Lying> lying = new TreeMap<>();
  private final Map<FulfillmentPlanned, List<LotQuantity>> allocated = new LinkedHashMap<>();
  private final Set<LotNumber> opened = new HashSet<>();
  private int orders;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void everyLotIsWhatTheModelSays(long seed) throws IOException {
    var random = new Random(seed);
    BY_DAY.forEach(it -> lying.put(it, new Lying()));
    try (yard) {
      for (int step = 0; step < 60; step++) {
        LotNumber lot = BY_DAY.get(random.nextInt(3));
        int units = 1 + random.nextInt(5);
        switch (random.nextInt(9)) {
          case 0, 1 -> receive(lot, units);
          case 2, 3, 4 -> allocate(units);
          case 5 -> end(random);
          case 6 -> quarantine(lot, units);
          case 7 -> release(lot, units);
          default -> {
            yard.depot.bench.clock().advance(Duration.ofDays(random.nextInt(3)));
            sweep();
          }
        }
        compare("seed %d, step %d".formatted(seed, step));
      }
    }
  }

  private boolean isGood(LotNumber lot) {
    LocalDate today = LocalDate.ofInstant(yard.depot.bench.clock().instant(), ZoneId.of("Europe/Berlin"));
    return !today.isAfter(LocalDate.parse(DAYS.get(lot)));
  }

  private int allocatedOf(LotNumber lot) {
    return allocated.values().stream().flatMap(List::stream).filter(it -> it.lot().equals(lot))
        .mapToInt(LotQuantity::quantity).sum();
  }

  private int free(LotNumber lot) {
    return lying.get(lot).onHand - allocatedOf(lot);
  }

  private void receive(LotNumber lot, int units) {
    int status = yard.adjust("\"quantity\":%d,\"reason\":\"received\",\"lot\":\"%s\",\"expires_on\":\"%s\""
        .formatted(units, lot, DAYS.get(lot))).status();
    assertThat(status).isEqualTo(isGood(lot) ? 201 : 422);
    if (isGood(lot)) {
      lying.get(lot).onHand += units;
      opened.add(lot);
    }
  }

  private void allocate(int units) {
    var planned = yard.ordered("o" + ++orders, of(units, CREAM));
    var expected = new ArrayList<LotQuantity>();
    int left = units;
    for (LotNumber lot : BY_DAY) {
      int taken = isGood(lot) ? Math.min(left, free(lot)) : 0;
      if (taken > 0) {
        expected.add(LotYard.units(1, lot, DAYS.get(lot), taken));
        left -= taken;
      }
    }
    if (yard.depot.status("reservation", planned.order().value()) != Movement.Status.TAKEN) {
      // Others are promised what is free, as they did without what was short.
      return;
    }
    yard.depot.allocate(planned);
    if (left == 0) {
      assertThat(yard.lotsOf(planned)).as("first expired, first out").contains(expected);
      allocated.put(planned, expected);
    } else {
      assertThat(yard.lotsOf(planned)).isEmpty();
      yard.depot.release(cancelled("o" + orders));
    }
    settle();
  }

  /** A fulfillment is shipped or cancelled. */
  private void end(Random random) {
    if (allocated.isEmpty()) {
      return;
    }
    var planned = new ArrayList<>(allocated.keySet()).get(random.nextInt(allocated.size()));
    List<LotQuantity> lots = allocated.remove(planned);
    if (random.nextBoolean()) {
      yard.depot.release(cancelled(reference(planned)), cancelled(planned));
    } else {
      int units = lots.stream().mapToInt(LotQuantity::quantity).sum();
      var parcel = shipped(reference(planned), lots, of(units, CREAM));
      yard.depot.ship(parcel);
      yard.depot.ship(parcel);
      lots.forEach(it -> lying.get(it.lot()).onHand -= it.quantity());
    }
  }

  private String reference(FulfillmentPlanned planned) {
    for (int i = 1; i <= orders; i++) {
      if (Depot.orderId("o" + i).equals(planned.order())) {
        return "o" + i;
      }
    }
    throw new AssertionError(planned);
  }

  private void quarantine(LotNumber lot, int units) {
    int status = yard.adjust("\"quantity\":-%d,\"reason\":\"quarantined\",\"lot\":\"%s\"".formatted(units, lot))
        .status();
    assertThat(status).isEqualTo(!opened.contains(lot) ? 422 : units <= lying.get(lot).onHand ? 201 : 409);
    if (status == 201) {
      lying.get(lot).onHand -= units;
      lying.get(lot).quarantined += units;
      settle();
    }
  }

  private void release(LotNumber lot, int units) {
    int status = yard.adjust("\"quantity\":%d,\"reason\":\"released\",\"lot\":\"%s\"".formatted(units, lot)).status();
    assertThat(status)
        .isEqualTo(!opened.contains(lot) || !isGood(lot) ? 422 : units <= lying.get(lot).quarantined ? 201 : 409);
    if (status == 201) {
      lying.get(lot).onHand += units;
      lying.get(lot).quarantined -= units;
    }
  }

  private void sweep() throws IOException {
    new WithdrawLotsHandler(yard.depot.bench.ports()).handleRequest(InputStream.nullInputStream(),
        new ByteArrayOutputStream(), null);
    settle();
    BY_DAY.stream().filter(it -> !isGood(it)).forEach(it -> assertThat(lying.get(it).onHand).isZero());
  }

  /** Whatever has expired is out of what is for sale, if somebody looked; and what is short is taken from the fulfillments, the latest first. */
  private void settle() {
    for (LotNumber lot : BY_DAY) {
      Lying there = lying.get(lot);
      if (!isGood(lot) && yard.lot(BERLIN, lot).get(Level.QUARANTINED) == there.quarantined + there.onHand) {
        there.quarantined += there.onHand;
        there.onHand = 0;
      }
      while (free(lot) < 0) {
        doWithout(lot);
      }
    }
    assertThat(yard.depot.sent()).filteredOn(StockFellShort.class::isInstance)
        .allMatch(it -> ((StockFellShort) it).lot() != null);
  }

  private void doWithout(LotNumber lot) {
    var planned = allocated.entrySet().stream()
        .filter(it -> it.getValue().stream().anyMatch(one -> one.lot().equals(lot))).reduce((_, last) -> last)
        .orElseThrow();
    List<LotQuantity> lots = planned.getValue();
    LotQuantity lacking = lots.stream().filter(it -> it.lot().equals(lot)).findFirst().orElseThrow();
    int units = Math.min(lacking.quantity(), -free(lot));
    int left = lots.stream().mapToInt(LotQuantity::quantity).sum() - units;
    yard.depot.correct(missing("short " + ++orders, planned.getKey(),
        LotYard.units(1, lot, DAYS.get(lot), units), left, ShortageReason.NOT_IN_STOCK, true));
    var kept = new ArrayList<>(lots);
    kept.replaceAll(it -> it.lot().equals(lot) ? LotYard.units(1, lot, DAYS.get(lot), it.quantity() - units) : it);
    kept.removeIf(it -> it.quantity() == 0);
    if (kept.isEmpty()) {
      allocated.remove(planned.getKey());
      yard.depot.release(cancelled(reference(planned.getKey())), cancelled(planned.getKey()));
    } else {
      allocated.put(planned.getKey(), kept);
    }
  }

  private void compare(String when) {
    yard.requireExact();
    for (LotNumber lot : BY_DAY) {
      Levels there = yard.lot(BERLIN, lot);
      assertThat(there.onHand()).as("%s: on hand of %s", when, lot).isEqualTo(lying.get(lot).onHand);
      assertThat(there.get(Level.QUARANTINED)).as("%s: quarantined of %s", when, lot)
          .isEqualTo(lying.get(lot).quarantined);
      assertThat(there.allocated()).as("%s: allocated of %s", when, lot).isEqualTo(allocatedOf(lot));
    }
    assertThat(yard.depot.at(LEIPZIG, CREAM)).isEqualTo(Levels.NONE);
  }
}
