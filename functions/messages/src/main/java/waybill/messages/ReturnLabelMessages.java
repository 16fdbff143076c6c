package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** Labels that the shop pays for what its customers send back, and where such parcels are. */
public interface ReturnLabelMessages {

  /** What a person says about a parcel that comes back. Null for each that is as it was when it was sent. */
  record ReturnBox(Integer weightGrams, Integer lengthMm, Integer widthMm, Integer heightMm) {}

  /**
   * A return's label is wanted.
   *
   * @param location where the parcel goes; null for where its units were sent from
   * @param lines what is in it, as it was packed
   * @param box null for as it was sent
   */
  record ReturnLabelAsked(OrderId order, ParcelId parcel, LocationId location, List<LineQuantity> lines, ReturnBox box,
      Instant at) implements BuyReturnLabel.Input, RequestReturn.Output, SubmitReturn.Output, DecideReturn.Output,
      LabelReturn.Output,
      SweepReturns.Output {}

  /** The label is not to be used: it is not bought any more, or is void if it was not used. */
  record ReturnLabelUnwanted(OrderId order, ParcelId parcel) implements BuyReturnLabel.Input, DecideReturn.Output,
      LabelReturn.Output, FollowReturnLabel.Output, SweepReturns.Output {}

  /** What becomes of a return's label. */
  sealed interface ReturnLabelNews extends FollowReturnLabel.Input {
    ParcelId parcel();
  }

  /** The return has its label. @param service the carrier's product, or null */
  record ReturnLabelled(OrderId order, ParcelId parcel, String carrier, String service, String trackingNumber,
      Instant at) implements ReturnLabelNews, StoreLabel.Input, BuyReturnLabel.Output {}

  /**
   * The return has no label.
   *
   * @param uncertain whether one may have been bought, and nobody can find that out; else nothing was paid
   * @param detail why, for people; nothing personal
   * @param at since when
   */
  record ReturnUnlabelled(OrderId order, ParcelId parcel, boolean uncertain, String detail,
      Instant at) implements ReturnLabelNews, BuyReturnLabel.Output {}

  /** Whether a label that is not wanted is void, or was never bought. @param withdrawn false if it is used, or may be */
  record ReturnLabelWithdrawn(OrderId order, ParcelId parcel, boolean withdrawn)
      implements ReturnLabelNews, BuyReturnLabel.Output {}

  /**
   * Where the parcel of a return is.
   *
   * @param at by its carrier
   * @param lost whether its carrier says that it is lost
   */
  record ReturnMoved(OrderId order, ParcelId parcel, ShipmentStatus status, Instant at, boolean lost)
      implements ReturnLabelNews, BuyReturnLabel.Output, TrackShipment.Output {}

  /**
   * The customer may print the label.
   *
   * @param until when the parcel must be there
   * @param unusedUntil when the label is void if it is not used by then
   */
  record ReturnLabelReady(OrderId order, ParcelId parcel, String carrier, Instant until, Instant unusedUntil,
      Instant at) implements NotifyCustomer.Input, FollowReturnLabel.Output {}
}
