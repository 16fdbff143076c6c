package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.planned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.inventory.Assembly.Type;
import waybill.inventory.Depot.Answer;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.workbench.CapturedLog;

/** Random work orders among orders and receipts, by unlucky writers, against a model that a child could keep. */
class AssemblyModelTest {
  private static final Sku HAMPER = new Sku("HAMPER");
  private static final Sku POT = new Sku("POT");
  private static final Sku CUP = new Sku("CUP");
  private static final Map<Sku, Integer> RECIPE = Map.of(POT, 1, CUP, 2);
  private static final List<LocationId> LOCATIONS = List.of(BERLIN, LEIPZIG);

  /** A work order as its foreman would note it. */
  private static final class Note {
    final String id;
    final Type type;
    final LocationId location;
    final int quantity;
    int done;
    boolean ended;

    Note(String id, Type type, LocationId location, int quantity) {
      this.id = id;
      this.type = type;
      this.location = location;
      this.quantity = quantity;
    }
  }

  private record Shelf(LocationId location, Sku sku) {}

  private final Map<Shelf, Integer> onHand = new HashMap<>();
  private final Map<Shelf, Integer> allocated = new HashMap<>();
  private final Map<Sku, Integer> promised = new HashMap<>();
  private final List<Note> notes = new ArrayList<>();
  private int keys;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void unitsAreWhereTheModelSaysAndNothingDrifts(long seed) {
    var random = new Random(seed);
    try (var depot = new Depot()) {
      depot.product(POT);
      depot.product(CUP);
      depot.put("HAMPER",
          """
              {"name":"Hamper","components":[{"sku":"POT","quantity":1},{"sku":"CUP","quantity":2}],"sold_from":"stock"}""");
      depot.unlucky(0.2);
      for (int step = 0; step < 45; step++) {
        step(depot, random);
      }
      for (LocationId location : LOCATIONS) {
        for (Sku sku : List.of(HAMPER, POT, CUP)) {
          assertThat(depot.at(location, sku).onHand()).as("%s: %s at %s", seed, sku, location)
              .isEqualTo((long) onHand.getOrDefault(new Shelf(location, sku), 0));
        }
      }
      depot.requireExact(BERLIN, LEIPZIG);
      requireNoDrift(depot);
    }
  }

  private void step(Depot depot, Random random) {
    LocationId location = LOCATIONS.get(random.nextInt(2));
    switch (random.nextInt(6)) {
      case 0 -> {
        Sku sku = List.of(POT, CUP, CUP, HAMPER).get(random.nextInt(4));
        int units = 1 + random.nextInt(6);
        depot.holds(sku, location, units);
        onHand.merge(new Shelf(location, sku), units, Integer::sum);
      }
      case 1 -> order(depot, location, List.of(POT, CUP, HAMPER).get(random.nextInt(3)));
      case 2 -> notes.add(open(depot, random, location));
      case 3, 4 -> {
        if (!notes.isEmpty()) {
          complete(depot, notes.get(random.nextInt(notes.size())), 1 + random.nextInt(3));
        }
      }
      default -> {
        if (!notes.isEmpty() && random.nextBoolean()) {
          Note note = notes.get(random.nextInt(notes.size()));
          int status = depot.cancelsAssembly(note.id).status();
          assertThat(status).isEqualTo(note.done == note.quantity && !note.ended ? 409 : 200);
          note.ended |= status == 200;
        }
      }
    }
  }

  private static Note open(Depot depot, Random random, LocationId location) {
    Type type = random.nextInt(3) == 0 ? Type.DISASSEMBLE : Type.ASSEMBLE;
    int quantity = 1 + random.nextInt(5);
    return new Note(depot.opensAssembly(type, HAMPER, location, quantity), type, location, quantity);
  }

  /** An order of one unit, which is allocated if it is there. */
  private void order(Depot depot, LocationId location, Sku sku) {
    String name = "order " + ++keys;
    boolean free = total(sku) > promised.getOrDefault(sku, 0);
    depot.reserve(Depot.order(name, keys, of(1, sku)));
    if (free) {
      promised.merge(sku, 1, Integer::sum);
      var shelf = new Shelf(location, sku);
      boolean there = onHand.getOrDefault(shelf, 0) > allocated.getOrDefault(shelf, 0);
      depot.allocate(planned(name, location, of(1, sku)));
      if (there) {
        allocated.merge(shelf, 1, Integer::sum);
      }
    }
  }

  private int total(Sku sku) {
    return LOCATIONS.stream().mapToInt(it -> onHand.getOrDefault(new Shelf(it, sku), 0)).sum();
  }

  private void complete(Depot depot, Note note, int units) {
    String key = "completion " + ++keys;
    int sign = note.type == Type.ASSEMBLE ? 1 : -1;
    boolean open = !note.ended && units <= note.quantity - note.done;
    boolean enough = note.type == Type.DISASSEMBLE
        ? isFree(note.location, HAMPER, units)
        : RECIPE.entrySet().stream().allMatch(it -> isFree(note.location, it.getKey(), units * it.getValue()));
    for (int again = 0; again < 2; again++) {
      Answer answer = depot.completes(note.id, key, units);
      if (open && enough) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      } else {
        assertThat(answer.status()).as(answer.text()).isIn(409, 422);
      }
    }
    if (open && enough) {
      note.done += units;
      onHand.merge(new Shelf(note.location, HAMPER), sign * units, Integer::sum);
      RECIPE.forEach(
          (sku, each) -> onHand.merge(new Shelf(note.location, sku), -sign * units * each, Integer::sum));
    }
  }

  /** Neither allocated there nor promised anywhere. */
  private boolean isFree(LocationId location, Sku sku, int units) {
    var shelf = new Shelf(location, sku);
    int there = onHand.getOrDefault(shelf, 0) - allocated.getOrDefault(shelf, 0);
    return units <= Math.min(there, total(sku) - promised.getOrDefault(sku, 0));
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
