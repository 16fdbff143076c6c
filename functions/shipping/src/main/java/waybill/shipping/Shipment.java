package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message.DispatchApproved;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.shipping.Carrier.Label;

/**
 * A parcel's way to its label: claimed, drafted, labelled, and never back. Who works on it holds a lease, which is longer
 * than a function can live; when it has run out, the next one goes on from what is written.
 *
 * @param items what is in the parcel, one entry a SKU
 */
record Shipment(OrderId order, ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items,
    Stage stage) {
  /** Longer than the function's timeout of 15 s, shorter than its queue's visibility of 90 s. */
  static final Duration LEASE = Duration.ofSeconds(60);

  sealed interface Stage {}

  /** @param attempt the how-manieth claim this is; a later one ends the rights of those before */
  record Claimed(int attempt, Instant leaseUntil) implements Stage {}

  /**
   * The carrier knows of the parcel.
   *
   * @param draft the carrier's id of it
   * @param unsure whether an earlier attempt may have bought it, so that the carrier is asked before it is paid
   */
  record Drafted(int attempt, Instant leaseUntil, String draft, boolean unsure) implements Stage {}

  record Labelled(Label label, Instant at) implements Stage {}

  /** Somebody else is buying this label, or was when they died; who asked must ask again. */
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(ParcelId parcel) {
      super("the label of " + parcel + " is being bought by another");
    }
  }

  /**
   * What there is for a dispatch: a new claim, a claim taken over, or the label that is there already.
   *
   * @throws Busy where another's lease still runs
   */
  static Shipment claim(Optional<Shipment> current, DispatchApproved dispatch, Instant now) {
    Instant leaseUntil = now.plus(LEASE);
    if (current.isEmpty()) {
      return of(dispatch, boughtElsewhere(dispatch.parcel()).<Stage>map(label -> new Labelled(label, now))
          .orElse(new Claimed(1, leaseUntil)));
    }
    Shipment shipment = current.get();
    return switch (shipment.stage) {
      case Claimed it -> shipment.at(new Claimed(shipment.expired(it.attempt, it.leaseUntil, now) + 1, leaseUntil));
      case Drafted it ->
        shipment.at(new Drafted(shipment.expired(it.attempt, it.leaseUntil, now) + 1, leaseUntil, it.draft, true));
      case Labelled _ -> shipment;
    };
  }

  private static Shipment of(DispatchApproved dispatch, Stage stage) {
    return new Shipment(dispatch.order(), dispatch.parcel().id(), dispatch.location(), dispatch.pool(),
        LineQuantity.bySku(dispatch.parcel().lines()), stage);
  }

  private static Optional<Label> boughtElsewhere(Parcel parcel) {
    return Optional.ofNullable(parcel.trackingNumber())
        .map(number -> new Label(parcel.carrier(), null, number, 0, null));
  }

  private int expired(int attempt, Instant leaseUntil, Instant now) {
    if (now.isBefore(leaseUntil)) {
      throw new Busy(parcel);
    }
    return attempt;
  }

  /** The carrier has made a draft for this claim. @throws Busy where another has taken the claim over */
  Shipment drafted(Claimed claim, String draft) {
    var next = new Drafted(claim.attempt, claim.leaseUntil, draft, false);
    if (stage.equals(claim) || stage.equals(next)) {
      return at(next);
    }
    throw new Busy(parcel);
  }

  /** The draft is bought, by whomever: that is never undone, so the first label that is written stays. */
  Shipment labelled(String draft, Label label, Instant now) {
    return switch (stage) {
      case Drafted it when it.draft.equals(draft) -> at(new Labelled(label, now));
      case Labelled _ -> this;
      case Claimed _, Drafted _ -> throw new IllegalStateException(parcel + " is not drafted as what was bought");
    };
  }

  /** The label, once there is one. */
  Optional<Label> label() {
    return stage instanceof Labelled it ? Optional.of(it.label) : Optional.empty();
  }

  private Shipment at(Stage next) {
    return new Shipment(order, parcel, location, pool, items, next);
  }
}
