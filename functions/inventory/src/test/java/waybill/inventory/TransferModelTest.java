package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.VIENNA;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.planned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.inventory.Depot.Answer;
import waybill.messages.LocationId;
import waybill.workbench.CapturedLog;

/** Random transfers among orders and receipts, by unlucky writers, against a model that a child could keep. */
class TransferModelTest {
  private static final List<LocationId> LOCATIONS = List.of(BERLIN, LEIPZIG, VIENNA);

  /** A transfer as its sender would note it. */
  private static final class Note {
    final LocationId from;
    final LocationId to;
    final int sent;
    int arrived;
    boolean ended;

    Note(LocationId from, LocationId to, int sent) {
      this.from = from;
      this.to = to;
      this.sent = sent;
    }

    int open() {
      return ended ? 0 : Math.max(0, sent - arrived);
    }
  }

  private final Map<LocationId, Integer> onHand = new HashMap<>();
  private final Map<LocationId, Integer> damaged = new HashMap<>();
  private final Map<String, Note> transfers = new HashMap<>();
  private int keys;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void unitsAreWhereTheModelSaysAndNothingDrifts(long seed) {
    var random = new Random(seed);
    try (var depot = new Depot()) {
      depot.unlucky(0.2);
      for (int step = 0; step < 50; step++) {
        step(depot, random);
      }
      for (LocationId it : LOCATIONS) {
        assertThat(Physical.of(depot.at(it, TEA))).as("%s at %s", seed, it)
            .isEqualTo(new Physical(onHand.getOrDefault(it, 0), damaged.getOrDefault(it, 0), 0, inTransit(it)));
      }
      assertThat(depot.inPool(TEA).get(Level.INCOMING)).isEqualTo(inTransit(BERLIN) + inTransit(LEIPZIG));
      depot.requireExact(BERLIN, LEIPZIG);
      requireNoDrift(depot);
    }
  }

  private int inTransit(LocationId location) {
    return transfers.values().stream().filter(it -> it.to.equals(location)).mapToInt(Note::open).sum();
  }

  private void step(Depot depot, Random random) {
    LocationId one = LOCATIONS.get(random.nextInt(3));
    switch (random.nextInt(6)) {
      case 0 -> {
        int units = 1 + random.nextInt(8);
        depot.holds(TEA, one, units);
        onHand.merge(one, units, Integer::sum);
      }
      case 1 -> {
        String name = "order " + ++keys;
        depot.reserve(order(name, keys, of(1, TEA)));
        depot.allocate(planned(name, BERLIN, of(1, TEA)));
      }
      case 2, 3 -> send(depot, one, LOCATIONS.get(random.nextInt(3)), 1 + random.nextInt(6));
      case 4 -> some(random).ifPresent(it -> arrive(depot, it, random));
      default -> some(random).ifPresent(it -> cancel(depot, it, random.nextBoolean()));
    }
  }

  private Optional<String> some(Random random) {
    var ids = new ArrayList<>(transfers.keySet().stream().sorted().toList());
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
  }

  private void send(Depot depot, LocationId from, LocationId to, int units) {
    if (from.equals(to)) {
      return;
    }
    String transfer = depot.drafts(from, to, 4, of(units, TEA));
    Answer answer = depot.dispatches(transfer, "{}");
    if (answer.status() == 200) {
      onHand.merge(from, -units, Integer::sum);
      transfers.put(transfer, new Note(from, to, units));
    } else {
      assertThat(answer.status()).isIn(409, 503);
    }
  }

  private void arrive(Depot depot, String transfer, Random random) {
    Note note = transfers.get(transfer);
    int units = 1 + random.nextInt(5);
    int broken = random.nextInt(units + 1);
    String key = "receipt " + ++keys;
    for (int again = 0; again < 2; again++) {
      Answer answer = depot.arrives(transfer, key,
          "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":%d,\"damaged\":%d}]}".formatted(units, broken));
      assertThat(answer.status()).isEqualTo(note.ended ? 409 : 201);
    }
    if (!note.ended) {
      note.arrived += units;
      onHand.merge(note.to, units - broken, Integer::sum);
      damaged.merge(note.to, broken, Integer::sum);
    }
  }

  private void cancel(Depot depot, String transfer, boolean back) {
    Note note = transfers.get(transfer);
    Answer answer = depot.cancelsTransfer(transfer, "{\"units\":\"%s\"}".formatted(back ? "back" : "written_off"));
    if (note.open() > 0) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      if (back) {
        onHand.merge(note.from, note.open(), Integer::sum);
      }
      note.ended = true;
    }
  }

  private static void requireNoDrift(Depot depot) {
    depot.bench.clock().advance(Duration.ofHours(1));
    try (var log = CapturedLog.open()) {
      new ReconcileStockHandler(depot.bench.ports()).run();
      assertThat(log.lines()).anySatisfy(it -> assertThat(it).containsEntry("message", "Stock reconciled"));
      assertThat(log.measured("StockDrifted")).isEmpty();
    }
  }
}
