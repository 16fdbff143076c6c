package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineQuantity;
import waybill.messages.LotQuantity;
import waybill.messages.OrderId;
import waybill.messages.ShortageId;
import waybill.messages.SkuQuantity;
import waybill.platform.Backoff;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Takes what packers did not find off the stock, each report once: its record, the allocation, the reservation and the counters are
 * written in one transaction, which a report is small enough for.
 */
final class Corrections {
  private final Table<Shortage> shortages;
  private final Table<Allocation> allocations;
  private final Table<Reservation> reservations;
  private final Counters counters;
  private final Transactions transactions;

  Corrections(Table<Shortage> shortages, Table<Allocation> allocations, Table<Reservation> reservations,
      Counters counters, Transactions transactions) {
    this.shortages = shortages;
    this.allocations = allocations;
    this.reservations = reservations;
    this.counters = counters;
    this.transactions = transactions;
  }

  /** The order's promise, or the allocation, is moved in steps just now. */
  static final class OnItsWay extends RetryLater {
    private static final long serialVersionUID = 1;

    OnItsWay(String id) {
      super("the stock of %s is being moved".formatted(id));
    }
  }

  /** An earlier report of the order is not settled yet: what it means for the order's promise comes first. */
  static final class NotItsTurn extends RetryLater {
    private static final long serialVersionUID = 1;

    NotItsTurn(ShortageId id) {
      super("another shortage is settled before %s".formatted(id));
    }
  }

  /** @param now whether it was made just now; else it had been made before */
  record Made(Shortage shortage, boolean now) {}

  static Key key(Shortage shortage) {
    return key(shortage.id().value());
  }

  private static Key key(String shortage) {
    return new Key(shortage, "shortage");
  }

  /** @throws Table.Contended if others were faster, again and again */
  Made make(ShortageReported reported) {
    var backoff = new Backoff();
    do {
      Optional<Shortage> known = shortages.find(key(reported.shortage().value())).map(Stored::value);
      if (known.isPresent()) {
        return new Made(known.get(), false);
      }
      Optional<Shortage> made = attempt(reported);
      if (made.isPresent()) {
        return new Made(made.get(), true);
      }
    } while (backoff.again());
    throw new Table.Contended("stock");
  }

  private Optional<Shortage> attempt(ShortageReported reported) {
    ShortageId previous = reported.previous();
    if (previous != null && shortages.find(key(previous.value())).isEmpty()) {
      throw new NotItsTurn(reported.shortage());
    }
    Stored<Allocation> allocation = ended(allocations, InventoryTable.allocation(reported.fulfillment().value()));
    Stored<Reservation> reservation = ended(reservations, InventoryTable.reservation(reported.order().value()));
    var wanted = new TreeSet<Counter>();
    LineQuantity.bySku(reported.lines()).forEach(it -> {
      wanted.add(Counter.of(it.sku(), reported.location()));
      wanted.add(Counter.of(it.sku(), reservation.value().pool()));
    });
    Stream.of(reported.lots(), allocation.value().lots()).flatMap(it -> LotQuantity.orNone(it).stream())
        .forEach(it -> wanted.add(Counter.of(it.sku(), reported.location(), it.lot())));
    var correction = Correction.of(reported, allocation.value(), reservation.value(), counters.read(wanted));
    var shortage = Shortage.of(reported, reservation.value().pool(), Missing.items(correction.corrected()),
        Missing.items(correction.doubtful()));
    var writes = new ArrayList<>(List.of(shortages.insertion(shortage)));
    replace(writes, allocations, allocation, correction.allocation());
    replace(writes, reservations, reservation, correction.reservation());
    Map<Counter, Levels> changes = Move.sum(correction.moves());
    correction.moves().forEach(it -> writes.addAll(it.isEntered()
        ? counters.enter(it.counter(), it.change(), shortage.cause(), Move.ofLots(changes, it.counter()))
        : List.of(counters.change(it.counter(), it.change()))));
    return transactions.write(writes) ? Optional.of(shortage) : Optional.empty();
  }

  /**
   * Promises an order as many of its missing units again as there are.
   *
   * @return the units that were promised
   * @throws Table.Contended if others were faster, again and again
   */
  List<SkuQuantity> promiseMissing(OrderId order) {
    var backoff = new Backoff();
    do {
      Stored<Reservation> current = ended(reservations, InventoryTable.reservation(order.value()));
      Reservation reservation = current.value();
      if (reservation.status() != Movement.Status.TAKEN || reservation.missing().isEmpty()) {
        return List.of();
      }
      Map<Counter, Levels> levels = counters.read(
          reservation.missing().stream().map(it -> Counter.of(it.sku(), reservation.pool())).toList());
      List<SkuQuantity> found = reservation.missing().stream().map(it -> new SkuQuantity(it.sku(),
          (int) Math.min(it.quantity(),
              levels.getOrDefault(Counter.of(it.sku(), reservation.pool()), Levels.NONE).available())))
          .filter(it -> it.quantity() > 0).limit(Step.MAX_MOVES).toList();
      if (found.isEmpty()) {
        return List.of();
      }
      var writes = new ArrayList<>(List.of(reservations.replacement(current,
          reservation.lacking(Missing.units(Missing.without(reservation.missing(), Missing.units(found)))))));
      found.forEach(it -> writes
          .add(counters.change(Counter.of(it.sku(), reservation.pool()), Levels.reserved(it.quantity()))));
      if (transactions.write(writes)) {
        return found;
      }
    } while (backoff.again());
    throw new Table.Contended("stock");
  }

  private static <M extends Record & Movement<M>> void replace(List<TransactWriteItem> writes, Table<M> table,
      Stored<M> known, M next) {
    if (!next.equals(known.value())) {
      writes.add(table.replacement(known, next));
    }
  }

  private static <M extends Record & Movement<M>> Stored<M> ended(Table<M> table, Key key) {
    Stored<M> found = table.find(key)
        .orElseThrow(() -> new IllegalStateException("no stock was ever kept for " + key.pk()));
    if (!found.value().status().hasEnded()) {
      throw new OnItsWay(key.pk());
    }
    return found;
  }
}
