package waybill.notifications;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import waybill.messages.ClaimId;
import waybill.messages.ClaimMessages.*;
import waybill.messages.DigitalMessages.DigitalDelivered;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.*;
import waybill.messages.ParcelId;
import waybill.messages.PaymentId;
import waybill.messages.RefundId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.ReturnRejected;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.ShipmentMessages.ShipmentReadyForPickup;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

/**
 * Mails that were due for an order, made again from what is known of them: their kind, what there is one mail of, and the order. That they were
 * due is known from their markers; of those that were too late to be sent, from the order.
 */
final class Originals {
  /** A mail that its order has made untrue is not sent again, but that a parcel has left stays true. */
  private static final String STAYS_TRUE = "shipped";

  /** What a customer may hear of an order that is cancelled. */
  private static final Set<String> AFTER_THE_END = Set.of("cancelled", "refunded", "refund_failed");

  private Originals() {}

  /** A mail by what it is and what it is about. */
  record Due(String kind, String about) {
    static Due of(Mail mail) {
      return new Due(mail.kind(), mail.about());
    }
  }

  /** What was due for an order of this kind, the oldest first. @param markers of all mails about it, the oldest first */
  static List<Due> due(String kind, List<Marker> markers, OrderSummary order) {
    var due = new ArrayList<Due>();
    markers.stream().filter(it -> !MailAgain.isAgain(it.about()))
        .forEach(it -> due.add(new Due(it.kind(), it.about())));
    implied(order).filter(it -> !due.contains(it)).forEach(due::add);
    return due.stream().filter(it -> it.kind().equals(kind)).toList();
  }

  /** What the order's state says of mails, whether they were sent or not. */
  private static Stream<Due> implied(OrderSummary order) {
    var mails = new ArrayList<Mail>();
    var confirmed = new ConfirmedMail(new OrderReleased(order.id(), null, List.of()));
    if (!confirmed.isSuperseded(order, Instant.EPOCH)) {
      mails.add(confirmed);
    }
    order.parcels().stream().filter(it -> it.trackingNumber() != null)
        .forEach(it -> mails.add(shipped(order.id(), it)));
    if (order.delivery() == DeliveryProgress.DELIVERED) {
      mails.add(new DeliveredMail(new OrderDelivered(order.id(), order.updatedAt())));
    }
    if (order.isCancelled()) {
      mails.add(new CancelledMail(new OrderCancelled(order.id(), order.end().reason(), order.updatedAt())));
    }
    return mails.stream().map(Due::of);
  }

  private static Mail shipped(OrderId order, Package parcel) {
    return new ShippedMail(new ShipmentLabelled(order, parcel.id(), null, null, List.of(), parcel.carrier(), null,
        parcel.trackingNumber(), parcel.shippedAt()));
  }

  /** The mail as it would be written now; empty if the order does not know what it is about, or there is no such kind. */
  static Optional<Mail> mail(Due due, OrderSummary order) {
    OrderId id = order.id();
    return switch (due.kind()) {
      case "confirmed" -> Optional.of(new ConfirmedMail(new OrderReleased(id, null, List.of())));
      case "cancelled" -> Optional.ofNullable(order.end())
          .map(it -> new CancelledMail(new OrderCancelled(id, it.reason(), order.updatedAt())));
      case "digital" -> Optional.of(new DigitalMail(
          new DigitalDelivered(id, Integer.parseInt(due.about().replaceFirst(".*#", "")), order.updatedAt())));
      case "delivered" -> Optional.of(new DeliveredMail(new OrderDelivered(id, order.updatedAt())));
      case "payment_failed" ->
        Optional.of(new PaymentFailedMail(new OrderPaymentFailed(id, new PaymentId(due.about()), order.updatedAt())));
      case "payment_reminder" -> Optional.of(new PaymentReminderMail(new OrderPaymentDue(id, order.updatedAt())));
      case "refunded" ->
        Optional.of(new RefundedMail(new OrderRefunded(id, new RefundId(due.about()), order.updatedAt())));
      case "refund_failed" ->
        Optional.of(new RefundFailedMail(new OrderRefundFailed(id, new RefundId(due.about()), order.updatedAt())));
      case "edited" -> Optional.of(new EditedMail(new OrderEdited(id, EditedMail.change(due.about()))));
      case "backordered" -> Optional.of(
          new BackorderedMail(new OrderBackordered(id, BackorderedMail.move(due.about()), order.updatedAt())));
      case "merged" -> Optional.of(
          new MergedMail(new OrderMerged(id, new OrderId(MergedMail.with(due.about())), order.updatedAt())));
      case "address_doubted" ->
        Optional.of(new AddressDoubtedMail(new OrderAddressDoubted(id, due.about(), order.updatedAt())));
      case IncidentMail.KIND -> Optional.of(IncidentMail.again(due.about(), order));
      case RedatedMail.KIND -> Optional.of(RedatedMail.again(due.about(), order));
      case "return_approved" -> Optional.of(new ReturnApprovedMail(
          ReturnApprovedMail.of(id, due.about(), order.updatedAt())));
      case ReturnLabelMail.KIND -> Optional.of(ReturnLabelMail.again(id, due.about(), order.updatedAt()));
      case "return_rejected" -> Optional.of(new ReturnRejectedMail(
          new ReturnRejected(id, new ReturnId(due.about()), order.updatedAt())));
      case "return_settled" -> Optional.of(new ReturnSettledMail(
          ReturnSettledMail.of(id, due.about(), order.updatedAt())));
      case "claim_opened" -> Optional.of(new ClaimOpenedMail(
          new ClaimOpened(id, new ClaimId(due.about()), order.updatedAt())));
      case "claim_denied" -> Optional.of(new ClaimDeniedMail(
          new ClaimDenied(id, new ClaimId(due.about()), order.updatedAt())));
      case "claim_resolved" -> Optional.of(new ClaimResolvedMail(
          ClaimResolvedMail.of(id, due.about(), order.updatedAt())));
      case "claim_found" -> Optional.of(new ClaimedParcelFoundMail(
          new ClaimedParcelFound(id, new ClaimId(due.about()), order.updatedAt())));
      case "send_back" -> Optional.of(new SendBackMail(SendBackMail.of(id, due.about(), order.updatedAt())));
      case "shipped" -> parcel(due, order).map(it -> shipped(id, it));
      case "out_for_delivery" -> parcel(due, order).filter(it -> it.scan() != null)
          .map(it -> new OutForDeliveryMail(new ShipmentOutForDelivery(id, it.id(), it.scan().at(), null)));
      case "ready_for_pickup" -> parcel(due, order).filter(it -> it.scan() != null)
          .map(it -> new ReadyForPickupMail(
              new ShipmentReadyForPickup(id, it.id(), it.scan().at(), null, it.scan().pickup())));
      case "delivery_failed" -> parcel(due, order).filter(it -> it.scan() != null)
          .map(it -> new DeliveryFailedMail(new ShipmentDeliveryFailed(id, it.id(), it.scan().at(), null)));
      default -> Optional.empty();
    };
  }

  private static Optional<Package> parcel(Due due, OrderSummary order) {
    return order.parcel(new ParcelId(due.about().replaceFirst("#.*", "")))
        .filter(it -> Objects.nonNull(it.trackingNumber()));
  }

  /** Whether it would say what is no longer so. */
  static boolean isUntrue(Mail mail, OrderSummary order, Instant now) {
    return !mail.kind().equals(STAYS_TRUE) && (mail.isSuperseded(order, now)
        || order.isCancelled() && !AFTER_THE_END.contains(mail.kind()));
  }
}
