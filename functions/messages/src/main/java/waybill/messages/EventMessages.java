package waybill.messages;

import waybill.messages.Choreography.*;

/** What those hear of who follow orders from outside. */
public interface EventMessages {

  /**
   * An order has changed in a way that storefronts follow. It is sent after the change is written, so whoever reads the order then
   * reads the change.
   *
   * @param subject what else the change is about, for example a parcel; the same order, event and subject are the same event for ever
   */
  record OrderChanged(OrderId order, EventType event,
      String subject) implements RecordEvents.Input, PlaceOrder.Output, RecordMailFeedback.Output, ChangeOrder.Output,
      RequestReturn.Output, SweepReturns.Output, DecideExchange.Output, ReceiveReturn.Output, OpenReturn.Output,
      SettleReturn.Output, RequestClaim.Output, DecideClaim.Output, ResolveClaim.Output, FollowClaims.Output,
      WatchParcel.Output, CheckParcels.Output, ReportIncident.Output, ResolveIncident.Output, SubmitReturn.Output,
      SubmitClaim.Output, FollowReturnLabel.Output {}

  /**
   * What a pool has free of a product has crossed a threshold.
   *
   * @param number one more with each crossing; of two, the higher is the later
   */
  record StockMoved(Sku sku, StockPool pool, EventType event, int number)
      implements RecordEvents.Input, FillBackorders.Output {}

  /** Something may be there to be delivered to a webhook endpoint. Whoever delivers looks what it is. */
  record DeliveryDue(EndpointId endpoint)
      implements
      DeliverEvents.Input,
      DeliverEvents.Output,
      RecordEvents.Output,
      ResendDeliveries.Output,
      PutWebhookEndpoint.Output,
      RedeliverEvents.Output {}
}
