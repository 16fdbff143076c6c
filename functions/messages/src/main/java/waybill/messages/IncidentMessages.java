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
   * A person has decided that units of an order are refunded. It is granted as any refund of that order is, once for its cause.
   *
   * @param cause what asked for it, for example an incident's id
   * @param number one more each time that this cause asks, as it was refused before
   * @param lines may be none if there is an amount
   * @param amount in minor units of the order's currency; null for what the units are worth
   * @param by the subject of the request in which that was decided
   */
  record RefundAsked(OrderId order, String cause, int number, List<LineQuantity> lines, Long amount, String reason,
      String by) implements GrantRefund.Input, ResolveIncident.Output, CheckParcels.Output {}

  /**
   * What became of it.
   *
   * @param number of the asking that is answered
   * @param granted null if it was refused
   * @param refused why, for people; null if it was granted
   */
  record RefundAnswered(OrderId order, String cause, int number, Money granted, String refused)
      implements WatchParcel.Input,
      GrantRefund.Output {}
}
