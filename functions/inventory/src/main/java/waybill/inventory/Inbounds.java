package waybill.inventory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import waybill.messages.InboundId;
import waybill.messages.Sku;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockPool;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;

/** What is expected, and its receipts. */
final class Inbounds {
  private final Arrivals<Inbound> arrivals;
  private final Table<Expected> expected;

  Inbounds(Ports ports, String variable, Counters counters) {
    this.arrivals = new Arrivals<>("inbound", Inbound.class, ports, variable, counters);
    this.expected = new Table<>(ports, variable, Expected.class, Expected::key);
  }

  Optional<Stored<Inbound>> find(InboundId id) {
    return arrivals.find(id);
  }

  /** What a pool expects of a SKU, also by transfers, the earliest first. */
  List<Expected> expected(Sku sku, StockPool pool) {
    return expected.findAll(Expected.partition(sku), Expected.prefix(pool)).stream().map(Stored::value)
        .sorted(Comparator.comparing(Expected::expectedAt).thenComparing(Expected::inbound)).toList();
  }

  List<BackordersDue> waitedFor(Inbound inbound) {
    return arrivals.waitedFor(inbound);
  }

  /** Counts what has arrived, once. @param request what was received, of an inbound as it is read now */
  Outcome<Arrivals.Received<Inbound>> receive(InboundId id, Function<Inbound, Receipt> request,
      ArrivingLots lots) {
    return arrivals.receive(id, request, lots);
  }

  /** @throws Table.Contended if others were faster, again and again */
  Outcome<Stored<Inbound>> put(Inbound asked, OptionalInt ifMatch) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Inbound>> current = find(asked.id());
      Outcome<Inbound> decided = asked.replacing(current.map(Stored::value));
      if (decided instanceof Outcome.Declined<Inbound>(Refused refused)) {
        return refused.outcome();
      }
      Inbound next = decided.orElseThrow();
      if (current.isPresent() && current.get().value().equals(next)) {
        return Outcome.of(current.get());
      }
      int revision = current.map(Stored::revision).orElse(0);
      if (ifMatch.isPresent() && ifMatch.getAsInt() != revision) {
        return Refused.of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(revision))
            .outcome();
      }
      List<Move> moves = arrivals.expecting(current.map(Stored::value), next);
      Optional<Refused> excess = arrivals.excess(moves);
      if (excess.isPresent()) {
        return excess.get().outcome();
      }
      if (arrivals.write(current, next, moves, null)) {
        return Outcome.of(find(asked.id()).orElseThrow());
      }
    } while (backoff.again());
    throw new Table.Contended("inbound");
  }
}
