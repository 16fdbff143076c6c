package waybill.messages;

import waybill.messages.ClaimMessages.*;
import waybill.messages.CreditMessages.*;
import waybill.messages.DigitalMessages.*;
import waybill.messages.EventMessages.*;
import waybill.messages.FulfillmentMessages.*;
import waybill.messages.IncidentMessages.*;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PickMessages.*;
import waybill.messages.ReturnLabelMessages.*;
import waybill.messages.ReturnMessages.*;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.StockMessages.*;

/**
 * The whole system on one page: what each function receives through its queue, and what it sends. A message that no function
 * receives does not compile, nor does a function that sends what is not declared here, or that overlooks something it may receive.
 * Read from top to bottom it is the way of an order from the storefront to the doorstep. {@link Routing} derives queues from it.
 */
public final class Choreography {

  private Choreography() {}

  /** What some function receives: every message. */
  public sealed interface Received extends Message {}

  /** A function whose queue services of AWS feed: what comes is theirs, and no message. */
  public interface FedFromOutside {}

  // An order is placed: its stock is reserved, and its payments are watched.

  public interface PlaceOrder {
    /** Also sent by {@link AdvanceOrder}, in case the caller of the API vanished before these were sent. */
    sealed interface Output extends AdvanceOrder.Output, PlaceReplacement.Output
        permits OrderPlaced, PaymentExpected, CreditWanted, OrderReleased, OrderChanged, IndexDue, GrantsDue {}
  }

  // What was lost, or came wrong or broken, is sent again by an order of its own.

  public interface ReplaceOrder {
    sealed interface Output extends Sent permits ReplacementAsked {}
  }

  public interface PlaceReplacement {
    sealed interface Input extends Received permits ReplacementAsked {}

    /** It is placed as any order. */
    sealed interface Output extends Sent permits PlaceOrder.Output {}
  }

  public interface ReserveStock {
    sealed interface Input extends Received permits OrderPlaced {}

    /** What was promised without being there is looked for at once, in case it has come meanwhile. */
    sealed interface Output extends Sent
        permits StockReserved, StockBackordered, StockRefused, StockReleased, BackordersDue, StockCrossed {}
  }

  // What a checkout keeps for an order that is not placed yet ends with its time, or becomes the order's.

  public interface MakeReservation {
    sealed interface Output extends Sent permits StockCrossed, BackordersDue {}
  }

  public interface ReleaseReservation {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  public interface ExpireReservations {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  // What is promised without being there waits for what comes, the order that was placed first before all others.

  public interface PutInbound {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  public interface ReceiveInbound {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  // Units in transit between locations are expected as those of an inbound are.

  public interface DispatchTransfer {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  public interface ReceiveTransfer {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  public interface CancelTransfer {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  // Work orders make units out of others.

  public interface CompleteAssembly {
    sealed interface Output extends Sent permits BackordersDue {}
  }

  public interface FillBackorders {
    sealed interface Input extends Received permits BackordersDue, StockCrossed {}

    /** Storefronts follow what is left. */
    sealed interface Output extends Sent permits StockReserved, StockBackordered, StockMoved {}
  }

  public interface ReceivePayment {
    sealed interface Output extends RecordPayment.Input permits PaymentNoticed, RefundNoticed, AlertNoticed {}
  }

  public interface RecordPayment {
    sealed interface Input extends Received permits PaymentExpected, ReceivePayment.Output {}

    sealed interface Output extends RefundPayment.Output, LookUpPayment.Output, CollectPayment.Output
        permits PaymentProcessing, PaymentAuthorized, PaymentCaptured, PaymentFailed, PaymentCancelled, PaymentRefunded,
        PaymentAlerted, RefundRequested {}
  }

  // The order joins what it hears of stock, money and parcels, and decides.

  public interface AdvanceOrder {
    sealed interface Input extends Received permits StockReserved, StockBackordered, StockRefused, StockReleased,
        PaymentProcessing, PaymentAuthorized, PaymentCaptured, PaymentFailed, PaymentCancelled, PaymentRefunded,
        PaymentLookedUp, PaymentAlerted, CaptureAnswered, StockAllocated, FulfillmentPacked, UnitsShort,
        RepackingRequested, WithdrawalAnswered, ParcelNews, GrantsMoved,
        OrderDue {
      OrderId order();
    }

    sealed interface Output extends Sent
        permits PlaceOrder.Output, OrderPaymentDue, OrderPaymentFailed, OrderRefunded, OrderRefundFailed, OrderEdited,
        OrderAddressDoubted, OrderBackordered, OrderMerged, OrderCancelled, LinesChanged, DispatchApproved,
        DispatchWithdrawn,
        RepackingDecided,
        OrderDelivered, PaymentQuestioned, CaptureRequested, RefundRequested, CreditReleased {}
  }

  public interface LookUpPayment {
    sealed interface Input extends Received permits PaymentQuestioned {}

    /** What was found goes to the order as any news of the payment does, and then that it was asked for. */
    sealed interface Output extends Sent permits RecordPayment.Output, PaymentLookedUp {}
  }

  public interface CollectPayment {
    sealed interface Input extends Received permits CaptureRequested {}

    /** The order hears of the capture; if the payment is on its way back, it is refunded again. */
    sealed interface Output extends Sent permits RecordPayment.Output, CaptureAnswered {}
  }

  /** Store credit is a means of payment whose provider is here. */
  public interface MoveCredit {
    sealed interface Input extends Received permits CreditGranted, CreditWanted, CreditReleased {
      OrderId order();
    }

    sealed interface Output extends Sent permits PaymentCaptured, PaymentFailed, PaymentRefunded {}
  }

  public interface ResendDueOrders {
    sealed interface Output extends Sent permits OrderDue {}
  }

  // It is released: locations are chosen, and keep its units.

  public interface PlanFulfillment {
    sealed interface Input extends Received
        permits OrderReleased, LinesChanged, StockAllocated, AllocationRefused, DispatchApproved, StockCorrected,
        MissingPromised, RepackingDecided, LocationClosed, LotSwapDecided {
      OrderId order();
    }

    sealed interface Output extends Sent permits FulfillmentPlanned, FulfillmentCancelled, UnitsShort {}
  }

  public interface AllocateStock {
    sealed interface Input extends Received permits FulfillmentPlanned {}

    /** A lot that may be sold no more leaves what is for sale, and with it perhaps what others were allocated. */
    sealed interface Output extends Sent permits StockAllocated, AllocationRefused, StockFellShort {}
  }

  // Units that a packer does not find are taken off the stock, and planned elsewhere, as is what waits at a closed location.

  public interface ReportShortage {
    sealed interface Output extends Sent permits ShortageReported {}
  }

  /** What a packer finds of another lot comes from that one, as soon as its allocation does. */
  public interface SwapLots {
    sealed interface Output extends Sent permits LotSwapAsked {}
  }

  // What a location turns out not to have, though it is allocated, is taken from its fulfillments the same way.

  public interface SetSafetyStock {
    sealed interface Output extends Sent permits StockCrossed {}
  }

  public interface AdjustStock {
    sealed interface Output extends ApplyStockImport.Output, RestockReturn.Output
        permits StockFellShort, BackordersDue {}
  }

  /** What was counted in a bin and approved is booked as what comes back is. */
  public interface ReviewCount {
    sealed interface Output extends ResendPicks.Output permits CountApproved {}
  }

  // A file of stock is checked as a whole, and done line after line.

  public interface ImportStock {
    sealed interface Output extends Sent permits StockImportDue {}
  }

  public interface ApplyStockImport {
    sealed interface Input extends Received permits StockImportDue {}

    /** The rest is left to another invocation. */
    sealed interface Output extends Sent permits AdjustStock.Output, StockImportDue {}
  }

  /** What expires leaves what is for sale. */
  public interface WithdrawLots {
    sealed interface Output extends Sent permits StockFellShort, BackordersDue {}
  }

  public interface ReconcileStock {
    /** Also sent by {@link AdjustStock} and {@link ImportStock}, whose callers may have vanished before. */
    sealed interface Output extends Sent permits StockFellShort, StockImportDue {}
  }

  public interface ShareShortfall {
    sealed interface Input extends Received permits StockFellShort, UnitsNotPicked {}

    sealed interface Output extends Sent permits ShortageReported {}
  }

  public interface CorrectStock {
    sealed interface Input extends Received permits ShortageReported, ShortageDue, LotSwapAsked {}

    sealed interface Output extends Sent permits StockCorrected, MissingPromised, LotSwapDecided {}
  }

  public interface ResendShortages {
    sealed interface Output extends Sent permits ShortageReported, ShortageDue, LocationClosed, LotSwapAsked {}
  }

  // Where a location has bins, people pick out of them, scan by scan; what is not in its bin is taken elsewhere.

  public interface ActOnWork {
    sealed interface Output extends Sent permits PickFellShort {}
  }

  /** What is dispatched leaves its totes. */
  public interface SettlePicks {
    sealed interface Input extends Received permits PickFellShort, DispatchApproved {}

    sealed interface Output extends Sent permits UnitsNotPicked {}
  }

  public interface ResendPicks {
    /** Also sent by {@link ReviewCount}, whose caller may have vanished before. */
    sealed interface Output extends Sent permits PickFellShort, ReviewCount.Output {}
  }

  // It is packed: the order closes itself against cancelling, and only then are labels bought.

  public interface PackFulfillment {
    sealed interface Output extends Sent permits FulfillmentPacked {}
  }

  /** What was packed is packed again, unless it has left. */
  public interface RepackFulfillment {
    sealed interface Output extends Sent permits RepackingRequested {}
  }

  public interface ResendPacked {
    sealed interface Output extends Sent permits FulfillmentPacked, RepackingRequested {}
  }

  public interface BuyLabel {
    sealed interface Input extends Received permits DispatchApproved, DispatchWithdrawn {
      OrderId order();
    }

    /** The carrier may scan a parcel before its label is known here. */
    sealed interface Output extends Sent permits ShipmentLabelled, ShipmentVoided, LabelRefused, LabelUncertain,
        ShipmentMoved, WithdrawalAnswered, TrackerDue {}
  }

  /** Carriers send the scans of a label that was bought elsewhere only if somebody asks for them. */
  public interface RegisterTracker {
    sealed interface Input extends Received permits TrackerDue {}
  }

  /** Carriers keep the file of a label for a short time only. */
  public interface StoreLabel {
    sealed interface Input extends Received permits ShipmentLabelled, ReturnLabelled {
      OrderId order();

      ParcelId parcel();
    }
  }

  public interface ShipStock {
    sealed interface Input extends Received permits ShipmentLabelled, ShipmentVoided {}
  }

  // What is not carried is given to the customer as soon as it is released.

  public interface DeliverDigital {
    sealed interface Input extends Received permits GrantsDue {}

    sealed interface Output extends Sent permits GrantsMoved, DigitalDelivered {}
  }

  public interface ImportKeys {
    sealed interface Output extends Sent permits GrantsDue {}
  }

  public interface ResendGrants {
    sealed interface Output extends Sent permits GrantsDue {}
  }

  // It is on its way.

  public interface ReceiveTracking {
    sealed interface Output extends Sent permits TrackingNoticed {}
  }

  /** Some carriers' events may be lost: what is not heard of is asked for. */
  public interface PollTracking {
    sealed interface Output extends Sent permits TrackingNoticed {}
  }

  public interface TrackShipment {
    sealed interface Input extends Received permits TrackingNoticed {}

    sealed interface Output extends Sent permits ShipmentMoved, ReturnMoved {
      ParcelId parcel();
    }
  }

  /** How long it took, and whether it came as promised, is counted. */
  public interface MeasureDelivery {
    sealed interface Input extends Received permits ShipmentDelivered {}
  }

  // Something goes wrong on the way: it is noticed, somebody acts, and it ends.

  public interface WatchParcel {
    sealed interface Input extends Received permits ShipmentLabelled, ShipmentMoved, RefundAnswered, ReturnAnswered {
      OrderId order();
    }

    sealed interface Output extends Sent permits IncidentOpened, DeliveryRedated, OrderChanged {}
  }

  /** What delays parcels of a region or a carrier. */
  public interface ReportDisruption {
    sealed interface Output extends Sent permits DisruptionDue {}
  }

  public interface EndDisruption {
    sealed interface Output extends Sent permits DisruptionDue {}
  }

  /** Parcels on their way come on another day, or again on the one that was promised. */
  public interface RedateParcels {
    sealed interface Input extends Received permits DisruptionDue {}

    /** The rest is left to another invocation. */
    sealed interface Output extends Sent permits DisruptionDue, DeliveryRedated {}
  }

  /** What is not heard of is looked for, and what is not acted on is reported. */
  public interface CheckParcels {
    /** What people have decided, and the disruptions that they have reported, may not have been sent, if their callers vanished before. */
    sealed interface Output extends Sent permits IncidentOpened, DeliveryRedated, DisruptionDue, RefundAsked,
        ReplacementAsked, ReturnAsked, OrderChanged {}
  }

  public interface ReportIncident {
    sealed interface Output extends Sent permits OrderChanged {}
  }

  public interface ResolveIncident {
    sealed interface Output extends Sent permits RefundAsked, ReplacementAsked, ReturnAsked, OrderChanged {}
  }

  public interface GrantRefund {
    sealed interface Input extends Received permits RefundAsked {}

    sealed interface Output extends Sent permits OrderDue, RefundAnswered, CreditGranted {}
  }

  public interface NotifyCustomer {
    sealed interface Input extends Received permits OrderReleased, ShipmentLabelled, ShipmentOutForDelivery,
        ShipmentReadyForPickup, ShipmentDeliveryFailed, OrderDelivered, DigitalDelivered, OrderPaymentDue,
        OrderPaymentFailed, OrderRefunded,
        OrderRefundFailed,
        OrderEdited, OrderAddressDoubted, OrderBackordered, OrderMerged, OrderCancelled, MailRequested, IncidentOpened,
        DeliveryRedated,
        ReturnApproved, ReturnRejected, ReturnSettled, ClaimOpened, ClaimDenied, ClaimResolved, ClaimedParcelFound,
        SendBackAsked, ReturnLabelReady {
      OrderId order();
    }
  }

  /** SES reports what became of mails. */
  public interface RecordMailFeedback extends FedFromOutside {
    sealed interface Output extends Sent permits OrderChanged {}
  }

  public interface ResendMail {
    sealed interface Output extends Sent permits MailRequested {}
  }

  // It comes back: it is asked for, counted, and decided what becomes of it, from which stock and money follow.

  /** What is sent in advance of units that come back is sent as soon as these may. */
  public interface RequestReturn {
    sealed interface Output extends Sent permits ReturnApproved, ReturnDisposed, ReturnLabelAsked, OrderChanged {}
  }

  /** The same on the customer's page, where nothing is sent in advance. */
  public interface SubmitReturn {
    sealed interface Output extends Sent permits ReturnApproved, ReturnLabelAsked, OrderChanged {}
  }

  public interface DecideReturn {
    sealed interface Output extends Sent
        permits ReturnApproved, ReturnRejected, ReturnDisposed, ReturnLabelAsked, ReturnLabelUnwanted {}
  }

  /** A person decides about what is sent instead: of its price, of what never came, or as it cannot be sent. */
  public interface DecideExchange {
    sealed interface Output extends Sent permits ReturnDisposed, OrderChanged {}
  }

  public interface ReceiveReturn {
    /** What nobody announced is kept apart at once. */
    sealed interface Output extends Sent permits ReturnDisposed, OrderChanged {}
  }

  public interface DisposeReturn {
    sealed interface Output extends Sent permits ReturnDisposed {}
  }

  /** What its carrier brings back was asked for by nobody; what was decided about an incident was asked for by a person. */
  public interface OpenReturn {
    sealed interface Input extends Received permits ShipmentReturned, ReturnAsked {
      OrderId order();
    }

    sealed interface Output extends Sent permits OrderChanged, ReturnApproved, ReturnAnswered {}
  }

  public interface RestockReturn {
    sealed interface Input extends Received permits ReturnDisposed, WrongUnitsSent, CountApproved {}

    sealed interface Output extends Sent permits AdjustStock.Output {}
  }

  public interface RefundReturn {
    sealed interface Input extends Received permits ReturnDisposed {}

    /** The order's arbiter moves the money. */
    sealed interface Output extends Sent permits OrderDue, ReturnRefunded, CreditGranted {}
  }

  public interface SettleReturn {
    sealed interface Input extends Received permits ReturnRefunded {}

    /** Goods may be sent instead; and if it was such goods that came back, what was kept for them goes back, too. */
    sealed interface Output extends Sent permits ReturnSettled, OrderChanged, ReplacementAsked, ReturnDisposed {}
  }

  /** What may not have been sent is sent again; what does not come in time has expired. */
  public interface SweepReturns {
    sealed interface Output extends Sent
        permits ReturnDisposed, ReturnApproved, ReturnRejected, OrderChanged, ClaimOpened,
        ClaimDenied, ClaimResolved, ClaimedParcelFound, SendBackAsked, WrongUnitsSent, RefundAsked, ReplacementAsked,
        ReturnLabelAsked, ReturnLabelUnwanted {}
  }

  // The shop may pay for the way back: it buys the label, and follows the parcel.

  /** A person has the label bought, or does not want it any more. */
  public interface LabelReturn {
    sealed interface Output extends Sent permits ReturnLabelAsked, ReturnLabelUnwanted {}
  }

  public interface BuyReturnLabel {
    sealed interface Input extends Received permits ReturnLabelAsked, ReturnLabelUnwanted {
      OrderId order();

      ParcelId parcel();
    }

    /** The carrier may scan a parcel before its label is known here. */
    sealed interface Output extends Sent
        permits ReturnLabelled, ReturnUnlabelled, ReturnLabelWithdrawn, ReturnMoved {}
  }

  public interface FollowReturnLabel {
    sealed interface Input extends Received permits ReturnLabelNews {
      OrderId order();
    }

    /** What is sent in advance may wait for the carrier's first scan, and what is lost is refunded. */
    sealed interface Output extends Sent
        permits ReturnLabelReady, ReturnLabelUnwanted, ReturnDisposed, OrderChanged {}
  }

  // It is not what it should be, or never came: somebody claims, and it is refunded or sent again.

  public interface RequestClaim {
    sealed interface Output extends Sent permits ClaimOpened, OrderChanged {}
  }

  public interface SubmitClaim {
    sealed interface Output extends Sent permits ClaimOpened, OrderChanged {}
  }

  public interface DecideClaim {
    sealed interface Output extends Sent permits ClaimDenied, SendBackAsked, OrderChanged {}
  }

  public interface ResolveClaim {
    sealed interface Output extends Sent permits RefundAsked, ReplacementAsked, WrongUnitsSent, SendBackAsked,
        ClaimResolved, OrderChanged {}
  }

  /** The order answers about a claim's money, and a parcel arrives that was claimed. */
  public interface FollowClaims {
    sealed interface Input extends Received permits RefundAnswered, ShipmentDelivered {
      OrderId order();
    }

    sealed interface Output extends Sent permits ClaimResolved, ClaimedParcelFound, OrderChanged {}
  }

  // Whoever follows orders from outside hears of it.

  public interface RecordEvents {
    sealed interface Input extends Received permits OrderChanged, StockMoved {}

    sealed interface Output extends Sent permits DeliveryDue {}
  }

  public interface DeliverEvents {
    sealed interface Input extends Received permits DeliveryDue {}

    /** The rest is left to another invocation, or to a later time. */
    sealed interface Output extends Sent permits DeliveryDue {}
  }

  public interface ResendDeliveries {
    sealed interface Output extends Sent permits DeliveryDue {}
  }

  public interface PutWebhookEndpoint {
    sealed interface Output extends Sent permits DeliveryDue {}
  }

  public interface RedeliverEvents {
    sealed interface Output extends Sent permits DeliveryDue {}
  }

  // Operators find it.

  public interface TagOrder {
    sealed interface Output extends Sent permits IndexDue {}
  }

  public interface IndexOrder {
    sealed interface Input extends Received permits IndexDue {}
  }

  // It is cancelled: promises, plans, allocations and money are released.

  public interface CancelOrder {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface HoldOrder {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface ReleaseHold {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface AddPayment {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface CapturePayment {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface VoidPayment {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface RefundOrder {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface ChangeOrder {
    sealed interface Output extends Sent permits OrderDue, OrderChanged {}
  }

  public interface MergeOrder {
    sealed interface Output extends Sent permits OrderDue {}
  }

  public interface ReleaseStock {
    sealed interface Input extends Received permits OrderCancelled, FulfillmentCancelled {
      OrderId order();
    }

    /** What becomes free may be waited for. */
    sealed interface Output extends Sent permits StockReleased, BackordersDue {}
  }

  public interface CancelFulfillment {
    sealed interface Input extends Received permits OrderCancelled {}

    sealed interface Output extends Sent permits FulfillmentCancelled {}
  }

  public interface RefundPayment {
    sealed interface Input extends Received permits RefundRequested {}

    /** However the refund ends, the order gets to know what it gets to know of any payment. */
    sealed interface Output extends Sent permits RecordPayment.Output {}
  }

  public interface RefundUnclaimed {
    sealed interface Output extends Sent permits RefundRequested {}
  }
}
