package waybill.fulfillment;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.inventory.SwappableLots;
import waybill.inventory.SwappableLots.FoundLot;
import waybill.messages.ExpiryDate;
import waybill.messages.FulfillmentId;
import waybill.messages.LotHolder;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.LotSwapId;
import waybill.messages.OrderId;
import waybill.messages.StockMessages.LotSwapDecided;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.platform.TimeKey;

/**
 * The lots that packers found instead of those that were allocated. A request marks its fulfillment, and those that give up units of the lot for it, in one
 * transaction: none of them is packed until inventory has decided. So what is packed comes from the lots that are allocated, whatever comes between.
 */
final class LotSwaps {
  private static final String BY_STATUS = "by_status";
  private static final String SWAPPING = "swapping";
  private static final int AT_ONCE = 100;
  private static final int MOST_PAGES = 5;
  /** The counters and the records of all that take part fit into one transaction of inventory's. */
  private static final int MOST_OTHERS = 8;

  private final DynamoDbClient dynamo;
  private final Table<Fulfillment> fulfillments;
  private final Table<LotSwap> swaps;
  private final SwappableLots lots;
  private final InstantSource clock;

  LotSwaps(Ports ports) {
    this.dynamo = ports.dynamo();
    this.fulfillments = FulfillmentTable.fulfillments(ports);
    this.swaps = swaps(ports);
    this.lots = new SwappableLots(ports);
    this.clock = ports.clock();
  }

  static Table<LotSwap> swaps(Ports ports) {
    return new Table<>(ports, "FULFILLMENT_TABLE", LotSwap.class, it -> new Key(it.orderId().value(), it.id().value()),
        LotSwaps::indexes);
  }

  private static Map<String, String> indexes(LotSwap it) {
    return it.decided()
        ? Map.of()
        : Map.of(BY_STATUS, SWAPPING, BY_STATUS + "_range", TimeKey.of(it.at()) + "#" + it.id());
  }

  /** What is asked for and not decided, the oldest first. */
  static Listing undecided() {
    return new Listing(BY_STATUS, SWAPPING, "", false);
  }

  /** @param repeated whether it had been asked for before */
  record Asked(LotSwap swap, Stored<Fulfillment> fulfillment, boolean repeated) {}

  /**
   * Asks for another lot, once a key; refused if the lot must not leave, if there is too little of it, or if the key was used for another request.
   *
   * @param by the subject of the packer's token
   */
  Outcome<Asked> ask(FulfillmentId id, String key, LotSwapForm form, String by, OptionalInt ifMatch) {
    var swapId = LotSwapId.of(id, key);
    var backoff = new Backoff();
    do {
      Optional<Stored<Fulfillment>> found = FulfillmentTable.find(fulfillments, id);
      if (found.isEmpty()) {
        return Refused.absent("fulfillment").outcome();
      }
      Stored<Fulfillment> current = found.get();
      Optional<LotSwap> before = swaps.find(new Key(id.order().value(), swapId.value())).map(Stored::value);
      if (before.isPresent()) {
        return before.get().isAskedBy(form)
            ? Outcome.of(new Asked(before.get(), current, true))
            : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
                "this Idempotency-Key asked for another swap").outcome();
      }
      if (ifMatch.isPresent() && ifMatch.getAsInt() != current.revision()) {
        return Refused
            .of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(current.revision()))
            .outcome();
      }
      Outcome<Map<Stored<Fulfillment>, LotHolder>> holders = current.value().mayBeShort().then(form::of)
          .then(given -> holders(current, given, form));
      if (holders instanceof Outcome.Declined<Map<Stored<Fulfillment>, LotHolder>>(Refused refused)) {
        return refused.outcome();
      }
      var swap = new LotSwap(swapId, id, current.value().locationId(), form.lineId(),
          current.value().lines().stream().filter(it -> it.lineId().equals(form.lineId())).findFirst().orElseThrow()
              .sku(),
          form.from(), form.to(), form.quantity(), List.copyOf(holders.orElseThrow().values()), by, clock.instant(),
          false, null);
      Optional<Stored<Fulfillment>> marked = write(swap, holders.orElseThrow(), current);
      if (marked.isPresent()) {
        return Outcome.of(new Asked(swap, marked.get(), false));
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  private Optional<Stored<Fulfillment>> write(LotSwap swap, Map<Stored<Fulfillment>, LotHolder> holders,
      Stored<Fulfillment> current) {
    var writes = new ArrayList<TransactWriteItem>(List.of(swaps.insertion(swap)));
    holders.forEach((it, holder) -> writes.add(fulfillments.replacement(it, it.value().swapping(swap.mark(holder)))));
    return Table.writeAll(dynamo, writes)
        ? Optional.of(new Stored<>(current.value().swapping(swap.mark(holders.get(current))), current.revision() + 1,
            current.createdAt(), swap.at()))
        : Optional.empty();
  }

  /** The packer's fulfillment, and as many others as have the units that are not free. */
  private Outcome<Map<Stored<Fulfillment>, LotHolder>> holders(Stored<Fulfillment> current, LotQuantity given,
      LotSwapForm form) {
    FoundLot to = lots.find(given.sku(), current.value().locationId(), form.to());
    var unfit = to.unfit("/to", current.value().arrivesOn());
    if (unfit.isPresent()) {
      return Refused.invalid(List.of(unfit.get())).outcome();
    }
    var holders = new LinkedHashMap<Stored<Fulfillment>, LotHolder>();
    holders.put(current, holder(current.value(), LotQuantity.exchanged(current.value().lots(), given, form.to(),
        to.expiresOn())));
    int left = given.quantity() - to.free();
    FoundLot from = lots.find(given.sku(), current.value().locationId(), form.from());
    if (left > 0 && from.mayBeGiven()) {
      left = addOthers(holders, current.value(), given, from, form.to(), left);
    }
    return left > 0
        ? Refused.invalid(List.of(to.lacking("/to", given.quantity()))).outcome()
        : Outcome.of(holders);
  }

  private static LotHolder holder(Fulfillment it, List<LotQuantity> after) {
    return new LotHolder(it.id(), it.lines(), LotQuantity.orNone(it.lots()), after);
  }

  /** @return how many units are still wanted */
  private int addOthers(Map<Stored<Fulfillment>, LotHolder> holders, Fulfillment asks, LotQuantity given, FoundLot from,
      LotNumber lot, int wanted) {
    int left = wanted;
    String cursor = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Page<Key> keys = fulfillments.keys(FulfillmentTable.newestOpen(asks.locationId()), AT_ONCE, cursor).orElseThrow();
      for (Stored<Fulfillment> other : fulfillments.findAll(keys.data())) {
        if (left > 0 && holders.size() <= MOST_OTHERS && other.value().mayBeShort() instanceof Outcome.Accepted
            && !other.value().id().equals(asks.id()) && from.unfit("", other.value().arrivesOn()).isEmpty()) {
          left -= add(holders, other, given, lot, left);
        }
      }
      cursor = keys.nextCursor();
      if (left == 0 || cursor == null) {
        break;
      }
    }
    return left;
  }

  /** Another fulfillment gets the lot that becomes free for units of the one that was found. @return how many */
  private static int add(Map<Stored<Fulfillment>, LotHolder> holders, Stored<Fulfillment> other, LotQuantity given,
      LotNumber lot, int most) {
    int left = most;
    List<LotQuantity> after = LotQuantity.orNone(other.value().lots());
    for (LotQuantity it : after) {
      int units = Math.min(left, it.quantity());
      if (units > 0 && it.lot().equals(lot) && it.sku().equals(given.sku())) {
        ExpiryDate day = given.expiresOn();
        after = LotQuantity.exchanged(after, new LotQuantity(it.lineId(), it.sku(), it.lot(), it.expiresOn(), units),
            given.lot(), day);
        left -= units;
      }
    }
    if (left < most) {
      holders.put(other, holder(other.value(), after));
    }
    return most - left;
  }

  /** Inventory has decided: the fulfillments that took part have the lots that are allocated to them, and may be packed. */
  LotSwap settle(LotSwapDecided news) {
    var backoff = new Backoff();
    do {
      Stored<LotSwap> known = swaps.find(new Key(news.order().value(), news.swap().value()))
          .orElseThrow(() -> new Plans.NeverPlanned(news.fulfillment()));
      if (known.value().decided()) {
        return known.value();
      }
      LotSwap decided = known.value().decided(news.refused());
      var writes = new ArrayList<TransactWriteItem>(List.of(swaps.replacement(known, decided)));
      for (LotHolder holder : decided.holders()) {
        Stored<Fulfillment> it = fulfillments.find(FulfillmentTable.key(holder.fulfillment()))
            .orElseThrow(() -> new Plans.NeverPlanned(holder.fulfillment()));
        writes.add(fulfillments.replacement(it, it.value().swapped(news.refused(), holder.after())));
      }
      if (Table.writeAll(dynamo, writes)) {
        return decided;
      }
    } while (backoff.again());
    throw new Table.Contended(news.fulfillment().toString());
  }

  /** Finds nothing, so that the first request is answered as fast as others. */
  Optional<Stored<LotSwap>> primed(OrderId nobodys) {
    return swaps.find(new Key(nobodys.value(), SWAPPING));
  }
}
