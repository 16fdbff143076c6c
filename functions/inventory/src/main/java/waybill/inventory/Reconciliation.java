package waybill.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import waybill.catalog.Location;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Deadline;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Reads the inventory's table page by page, adds up what its records say, and compares that with its counters. A run reads so many pages and
 * leaves the rest to the next: what it costs does not grow with the table, only how long a pass takes.
 *
 * <p>Others write meanwhile. Every change of what a record says is written together with its counter, or with the record that it takes over from, so
 * the sum of a SKU is right if none of the SKU's counters and records was written since before the first page was read. Only such a SKU is said
 * to have drifted; another one is looked at by the next pass.
 */
final class Reconciliation {
  private static final Duration LONGEST_PAGE = Duration.ofSeconds(10);
  /** Of one pass; the others are found by the next. */
  private static final int MOST_SUSPECTS = 1_000;
  private static final int LINES_A_PART = 1_000;
  private static final Pattern ENTRY = Pattern.compile("[0-9]{15}#[0-9]{10}");

  private final DynamoDbClient dynamo;
  private final String name;
  private final InstantSource clock;
  private final Supplier<List<Location>> locations;
  private final Limits limits;
  private final Table<Pass> passes;
  private final Table<Pass.Part> parts;
  private final Table<Balance> balances;
  private final Table<Expected> expected;
  private final Table<LedgerEntry> entries;
  private final Map<String, Contribution.Reader> movements;

  /**
   * How much at once.
   *
   * @param items a page
   * @param pages a run
   * @param counters a pass
   */
  record Limits(int items, int pages, int counters) {
    static final Limits USUAL = new Limits(1_000, 100, 200_000);
  }

  Reconciliation(Ports ports, String variable, Supplier<List<Location>> locations,
      Map<String, Contribution.Reader> movements, Limits limits) {
    this.dynamo = ports.dynamo();
    this.name = ports.environment().get(variable);
    this.clock = ports.clock();
    this.locations = locations;
    this.limits = limits;
    this.movements = movements;
    this.passes = new Table<>(ports, variable, Pass.class, _ -> new Key(Pass.PARTITION, "pass"));
    this.parts = new Table<>(ports, variable, Pass.Part.class, it -> part(it.run(), it.part()));
    this.balances = new Table<>(ports, variable, Balance.class, it -> new Key(it.pk(), it.sk()));
    this.expected = new Table<>(ports, variable, Expected.class, Expected::key);
    this.entries = new Table<>(ports, variable, LedgerEntry.class, _ -> null);
  }

  private static Key part(int run, int part) {
    return new Key(Pass.PARTITION, "part#%05d#%03d".formatted(run, part));
  }

  /**
   * What a run has found.
   *
   * @param drifts of a pass that has ended
   * @param moved how many SKUs differed that somebody moved meanwhile
   * @param fallenShort counters of locations, or of their lots, that have fewer units than they have allocated
   * @param ended the pass that has ended; null if it goes on
   */
  record Found(List<Drift> drifts, int moved, List<Counter> fallenShort, Pass ended, int counters) {}

  /** @return nothing if somebody else is at it */
  Optional<Found> run() {
    Stored<Pass> stored = passes.find(new Key(Pass.PARTITION, "pass"))
        .orElseGet(() -> passes.inserted(Pass.first(clock.instant()))
            .orElseThrow(() -> new Table.Contended("reconciliation")));
    if (stored.value().isBusy(clock.instant()) || !passes.replace(stored, stored.value().taken(clock.instant()))) {
      return Optional.empty();
    }
    return Optional.of(goOn(passes.find(new Key(Pass.PARTITION, "pass")).orElseThrow()));
  }

  private Found goOn(Stored<Pass> stored) {
    Pass pass = stored.value();
    var tally = new Tally();
    var fallenShort = new ArrayList<Counter>();
    Pass.Place last = read(pass, tally, fallenShort);
    if (pass.counters() + tally.size() > limits.counters) {
      passes.replace(stored, pass.finer());
      return new Found(List.of(), 0, fallenShort, null, tally.size());
    }
    if (last != null) {
      passes.replace(stored, pass.after(last, save(pass, tally), tally.size()));
      return new Found(List.of(), 0, fallenShort, null, tally.size());
    }
    boolean whole = merge(pass, tally);
    Found found = whole ? compare(pass, tally, fallenShort) : new Found(List.of(), 0, fallenShort, null, 0);
    passes.replace(stored, pass.next());
    return found;
  }

  /** @return the last item that was read; null at the end of the table */
  private Pass.Place read(Pass pass, Tally tally, List<Counter> fallenShort) {
    Pass.Place from = pass.cursor();
    for (int page = 0; page < limits.pages && Deadline.allows(LONGEST_PAGE); page++) {
      var request = ScanRequest.builder().tableName(name).limit(limits.items);
      if (from != null) {
        request.exclusiveStartKey(Map.of("pk", AttributeValue.fromS(from.pk()), "sk", AttributeValue.fromS(from.sk())));
      }
      ScanResponse answer = dynamo.scan(request.build());
      answer.items().forEach(it -> add(it, pass, tally, fallenShort));
      if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
        return null;
      }
      from = new Pass.Place(answer.lastEvaluatedKey().get("pk").s(), answer.lastEvaluatedKey().get("sk").s());
    }
    return from;
  }

  private void add(Map<String, AttributeValue> item, Pass pass, Tally tally, List<Counter> fallenShort) {
    String pk = item.get("pk").s();
    String sk = item.get("sk").s();
    Tally all = new Tally();
    if (pk.startsWith(Expected.PARTITION)) {
      all.expected(expected.read(item).value());
    } else if (ENTRY.matcher(sk).matches()) {
      all.entry(entries.read(item).value());
    } else if (isCounter(pk, sk)) {
      Balance balance = balances.read(item).value();
      var counter = new Counter(new Sku(pk), sk);
      all.counter(counter, balance.levels(), balance.entries());
      if (!counter.isPool() && !balance.lotTracked() && balance.levels().settled().get(Level.SHORTFALL) > 0) {
        fallenShort.add(counter);
      }
    } else if (movements.containsKey(sk)) {
      all.record(movements.get(sk).apply(item), pass.quietSince());
    }
    all.forEach((counter, sum) -> {
      if (pass.includes(counter.sku())) {
        tally.add(counter, sum);
      }
    });
  }

  /** No SKU has a {@code #}, so that nothing else is taken for one. */
  private static boolean isCounter(String pk, String sk) {
    return !pk.contains("#")
        && (sk.startsWith(Counter.POOL) || sk.startsWith(Counter.LOCATION) || sk.startsWith(Counter.LOT));
  }

  /** @return in how many parts */
  private int save(Pass pass, Tally tally) {
    int run = pass.parts().size();
    var lines = new ArrayList<Pass.Line>();
    tally.forEach((counter, sum) -> lines.add(new Pass.Line(counter.sku(), counter.place(), sum)));
    int part = 0;
    for (int from = 0; from < lines.size(); from += LINES_A_PART) {
      var next = new Pass.Part(pass.number(), run, part,
          List.copyOf(lines.subList(from, Math.min(from + LINES_A_PART, lines.size()))));
      parts.change(part(run, part), _ -> next);
      part++;
    }
    return part;
  }

  /** Adds what the runs before have left. @return whether all of that is there */
  private boolean merge(Pass pass, Tally tally) {
    for (int run = 0; run < pass.parts().size(); run++) {
      for (int part = 0; part < pass.parts().get(run); part++) {
        Optional<Pass.Part> left = parts.find(part(run, part)).map(Stored::value)
            .filter(it -> it.pass() == pass.number());
        if (left.isEmpty()) {
          return false;
        }
        left.get().lines().forEach(it -> tally.add(new Counter(it.sku(), it.place()), it.sum()));
      }
    }
    return true;
  }

  private Found compare(Pass pass, Tally tally, List<Counter> fallenShort) {
    Map<LocationId, StockPool> pools = new HashMap<>();
    locations.get().forEach(it -> pools.put(it.id(), it.stockPool()));
    var drifts = new ArrayList<Drift>();
    int moved = 0;
    for (Sku sku : tally.suspects(pools).limit(MOST_SUSPECTS).toList()) {
      List<Stored<Balance>> now = balances.findAll(sku.value(), "").stream()
          .filter(it -> isCounter(it.value().pk(), it.value().sk())).toList();
      if (tally.isMoving(sku) || now.stream().anyMatch(it -> it.updatedAt().isAfter(pass.quietSince()))) {
        moved++;
      } else {
        drifts.addAll(tally.drifts(sku, now.stream().map(Stored::value).toList(), pools));
      }
    }
    return new Found(drifts, moved, fallenShort, pass, tally.size());
  }
}
