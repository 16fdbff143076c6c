package waybill.shipping;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.ParcelId;
import waybill.platform.Backoff;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.ParcelLabel.Labelled;

/**
 * Ensures that no label is bought for parcels that are packed again, and that what was bought is not used: all of a packing or none, in one
 * transaction on what is known of each label and of its number. Whoever is about to buy one writes that first, and whoever hears of a scan
 * writes the number, so of the two only one happens. What was only drafted costs nothing, and its carrier forgets it; what was bought
 * is voided, and {@code FollowVoids} asks for its money.
 */
final class LabelWithdrawal {
  /** What a transaction writes. */
  private static final int MOST_WRITES = 100;

  private final DynamoDbClient dynamo;
  private final Table<ParcelLabel> labels;
  private final Table<LabelVoid> voids;
  private final Table<Tracking> trackings;
  private final InstantSource clock;

  LabelWithdrawal(Ports ports) {
    this.dynamo = ports.dynamo();
    this.labels = ShippingTable.labels(ports);
    this.voids = ShippingTable.voids(ports);
    this.trackings = ShippingTable.trackings(ports);
    this.clock = ports.clock();
  }

  /**
   * Withdraws them, also if that was done before.
   *
   * @return the labels as they are now; empty if one of them is used, or may be, and all stand
   * @throws waybill.platform.Lease.Held while one of them is being bought
   */
  Optional<List<ParcelLabel>> withdraw(List<ParcelId> parcels) {
    var backoff = new Backoff();
    do {
      Optional<Attempt> attempt = attempt(parcels);
      if (attempt.isEmpty() || attempt.get().isDone(dynamo)) {
        return attempt.map(Attempt::labels);
      }
    } while (backoff.again());
    throw new Table.Contended("labels");
  }

  private record Attempt(List<ParcelLabel> labels, List<TransactWriteItem> writes) {

    boolean isDone(DynamoDbClient dynamo) {
      return writes.isEmpty() || Table.writeAll(dynamo, writes);
    }
  }

  private Optional<Attempt> attempt(List<ParcelId> parcels) {
    Instant now = clock.instant();
    var after = new ArrayList<ParcelLabel>();
    var writes = new ArrayList<TransactWriteItem>();
    var bought = new ArrayList<ParcelLabel>();
    for (ParcelId parcel : parcels) {
      Optional<Stored<ParcelLabel>> known = labels.find(ShippingTable.key(parcel.order(), parcel));
      Optional<ParcelLabel> next = known.isEmpty()
          ? Optional.of(ParcelLabel.withdrawn(parcel, now))
          : withdrawn(known.get().value(), now);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      after.add(next.get());
      if (known.isEmpty()) {
        writes.add(labels.insertion(next.get()));
      } else if (!next.get().equals(known.get().value())) {
        writes.add(labels.replacement(known.get(), next.get()));
        known.filter(it -> it.value().label().isPresent()).map(Stored::value).ifPresent(bought::add);
      }
    }
    return voids(bought, now).filter(it -> it.size() + writes.size() <= MOST_WRITES).map(it -> {
      writes.addAll(it);
      return new Attempt(List.copyOf(after), List.copyOf(writes));
    });
  }

  private static Optional<ParcelLabel> withdrawn(ParcelLabel label, Instant now) {
    return label.stage() instanceof Labelled it
        ? Optional.of(label).filter(_ -> it.draft() != null).map(bought -> bought.voided(now))
        : label.withdrawn(now);
  }

  /** What voids these labels together with their numbers; empty if one of them is used, or was sold for longer than its carrier takes it back. */
  private Optional<List<TransactWriteItem>> voids(List<ParcelLabel> bought, Instant now) {
    var writes = new ArrayList<TransactWriteItem>();
    var numbers = new LinkedHashMap<TrackingNumber, Tracking>();
    for (ParcelLabel label : bought) {
      TrackingNumber number = new TrackingNumber(label.label().orElseThrow().trackingNumber());
      Tracking known = trackings.find(ShippingTable.key(number)).map(Stored::value).orElse(null);
      if (!(LabelVoid.of(label, known,
          now.truncatedTo(ChronoUnit.MILLIS)) instanceof Accepted<LabelVoid>(LabelVoid begun))) {
        return Optional.empty();
      }
      // A person may have asked for its money before.
      if (voids.find(ShippingTable.voidKey(label.parcel())).isEmpty()) {
        writes.add(voids.insertion(begun));
      }
      numbers.merge(number, Tracking.voided(number, label.parcel(), begun.labelledAt()), Tracking::join);
    }
    return numbers.values().stream().allMatch(it -> isFree(it, writes)) ? Optional.of(writes) : Optional.empty();
  }

  /** Adds what voids a number, unless others travel under it, or a scan was faster. */
  private boolean isFree(Tracking news, List<TransactWriteItem> writes) {
    Optional<Stored<Tracking>> known = trackings.find(ShippingTable.key(news.trackingNumber()));
    if (known.isEmpty()) {
      writes.add(trackings.insertion(news));
      return true;
    }
    Tracking next = known.get().value().join(news);
    // What no table knows may be the carrier's first scan: who packs it again cannot take that back.
    boolean scanned = news.parcels().stream().anyMatch(it -> known.get().value().mayBeUsedBy(it.parcel()));
    writes.add(trackings.replacement(known.get(), next));
    return !scanned && next.carried().isEmpty();
  }
}
