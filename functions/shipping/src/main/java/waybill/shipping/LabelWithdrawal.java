package waybill.shipping;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.ParcelId;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Ensures that no label is bought for parcels that are packed again: all of a packing or none, in one transaction on what is known of
 * each label. Whoever is about to buy one writes that first, so of the two only one happens. What was only drafted costs nothing, and
 * its carrier forgets it.
 */
final class LabelWithdrawal {
  private final DynamoDbClient dynamo;
  private final Table<ParcelLabel> labels;
  private final InstantSource clock;

  LabelWithdrawal(Ports ports) {
    this.dynamo = ports.dynamo();
    this.labels = ShippingTable.labels(ports);
    this.clock = ports.clock();
  }

  /**
   * @param parcels at most as many as a transaction writes
   * @return whether none of their labels was bought, and none will be
   * @throws waybill.platform.Lease.Held while one of them is being bought
   */
  boolean withdraw(List<ParcelId> parcels) {
    var backoff = new Backoff();
    do {
      Instant now = clock.instant();
      var writes = new ArrayList<TransactWriteItem>();
      for (ParcelId parcel : parcels) {
        Optional<Stored<ParcelLabel>> known = labels.find(ShippingTable.key(parcel.order(), parcel));
        Optional<ParcelLabel> next = known.isEmpty()
            ? Optional.of(ParcelLabel.withdrawn(parcel, now))
            : known.get().value().withdrawn(now);
        if (next.isEmpty()) {
          return false;
        }
        if (known.isEmpty()) {
          writes.add(labels.insertion(next.get()));
        } else if (!next.get().equals(known.get().value())) {
          writes.add(labels.replacement(known.get(), next.get()));
        }
      }
      if (writes.isEmpty() || Table.writeAll(dynamo, writes)) {
        return true;
      }
    } while (backoff.again());
    throw new Table.Contended("labels");
  }
}
