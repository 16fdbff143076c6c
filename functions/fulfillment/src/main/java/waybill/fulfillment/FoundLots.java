package waybill.fulfillment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.inventory.LotSwaps;
import waybill.inventory.LotSwaps.Swap;
import waybill.messages.FulfillmentId;
import waybill.platform.Backoff;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Packs a fulfillment from the lots that its packer names. Those that were not allocated to it are swapped in the transaction that packs it. */
final class FoundLots {
  private static final Log LOG = Log.of(FoundLots.class);

  private final DynamoDbClient dynamo;
  private final Table<Fulfillment> fulfillments;
  private final LotSwaps swaps;

  FoundLots(Ports ports) {
    this.dynamo = ports.dynamo();
    this.fulfillments = FulfillmentTable.fulfillments(ports);
    this.swaps = new LotSwaps(ports);
  }

  /**
   * @param ifMatch the revision that the request is based on; empty for a repeated one
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Stored<Fulfillment>> pack(FulfillmentId id, OptionalInt ifMatch, String key, Packing.Packed packed) {
    var backoff = new Backoff();
    do {
      Stored<Fulfillment> current = fulfillments.find(FulfillmentTable.key(id)).orElseThrow();
      if (ifMatch.isPresent() && ifMatch.getAsInt() != current.revision()) {
        return Refused
            .of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(current.revision()))
            .outcome();
      }
      if (current.value().status() != Fulfillment.Status.OPEN) {
        return current.value().pack(key, packed.from(current.value().lots())).map(_ -> current);
      }
      Outcome<Swap> swap = current.value().pack(key, packed.parcels())
          .then(_ -> swaps.of(id, current.value().lines(), current.value().lots(), packed.lots().all()));
      if (swap instanceof Outcome.Declined<Swap>(Refused refused)) {
        return refused.outcome();
      }
      if (write(current, key, packed, swap.orElseThrow())) {
        return Outcome.of(fulfillments.find(FulfillmentTable.key(id)).orElseThrow());
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  private boolean write(Stored<Fulfillment> current, String key, Packing.Packed packed, Swap swap) {
    Fulfillment next = current.value().comingFrom(swap.lots()).pack(key, packed.from(swap.lots())).orElseThrow();
    if (swap.writes().isEmpty()) {
      return fulfillments.replace(current, next);
    }
    var writes = new ArrayList<TransactWriteItem>(List.of(fulfillments.replacement(current, next)));
    writes.addAll(swap.writes());
    boolean done = Table.writeAll(dynamo, writes);
    if (done) {
      LOG.info("Lots swapped", "order", next.orderId(), "fulfillment", next.id(), "location", next.locationId(),
          "lots", swap.writes().size() - 1);
    }
    return done;
  }
}
