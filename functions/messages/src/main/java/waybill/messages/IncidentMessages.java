package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What goes wrong with parcels on their way, and what people decide about it. */
public interface IncidentMessages {

  /**
   * Something is wrong with a parcel, and its customer is to hear of it, once.
   *
   * @param expectedAt when the parcel is expected now, or null if nobody knows
   * @param scan where the parcel stood then, or null
   * @param at when the incident was opened
   */
  record IncidentOpened(OrderId order, ParcelId parcel, IncidentId incident, IncidentKind kind, Instant expectedAt,
      Scan scan, Instant at) implements NotifyCustomer.Input, WatchParcel.Output, CheckParcels.Output {}

  /**
   * A disruption was reported, has another end, or is cancelled: the parcels on their way are looked at, a part of them a message.
   *
   * @param part of the list of parcels, from 0 on
   * @param cursor where to go on in it; null for its beginning
   * @param delayed how many parcels were found to be delayed by it before
   */
  record DisruptionDue(DisruptionId disruption, int part, String cursor, int delayed) implements RedateParcels.Input,
      RedateParcels.Output, ReportDisruption.Output, EndDisruption.Output, CheckParcels.Output {

    /** The first part. */
    public static DisruptionDue of(DisruptionId disruption) {
      return new DisruptionDue(disruption, 0, null, 0);
    }
  }

  /**
   * A parcel comes on a later day than was promised, because of a disruption, and its customer is to hear of it, once.
   *
   * @param expectedAt the end of that day
   * @param at when that was known
   */
  record DeliveryRedated(OrderId order, ParcelId parcel, DisruptionId disruption, Instant expectedAt, Instant at)
      implements NotifyCustomer.Input, RedateParcels.Output, WatchParcel.Output, CheckParcels.Output {}

  /**
   * A person has decided that units of an order are refunded. It is granted as any refund of that order is, once for its cause.
   *
   * @param cause what asked for it, for example an incident's id
   * @param number one more each time that this cause asks, as it was refused before
   * @param lines may be none if there is an amount
   * @param amount in minor units of the order's currency; null for what the units are worth
   * @param toCredit whether it goes to the customer's store credit
   * @param by the subject of the request in which that was decided
   */
  record RefundAsked(OrderId order, String cause, int number, List<LineQuantity> lines, Long amount, String reason,
      boolean toCredit, String by)
      implements GrantRefund.Input, ResolveIncident.Output, CheckParcels.Output, ResolveClaim.Output,
      SweepReturns.Output {}

  /**
   * What became of it.
   *
   * @param number of the asking that is answered
   * @param granted null if it was refused
   * @param refused why, for people; null if it was granted
   */
  record RefundAnswered(OrderId order, String cause, int number, Money granted, String refused)
      implements WatchParcel.Input, FollowClaims.Input, GrantRefund.Output {}
}
