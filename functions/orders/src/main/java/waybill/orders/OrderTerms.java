package waybill.orders;

import java.time.Instant;
import java.util.List;
import waybill.catalog.Channel;
import waybill.catalog.Channel.PaymentAccount;
import waybill.messages.ChannelId;
import waybill.messages.Money;
import waybill.messages.StockPool;

/**
 * The little of what was ordered that moving an order and listing it take. It never changes, but for what is owed and what ships, if a
 * person accepts another amount or lines are changed.
 *
 * @param customerId the storefront's id of the customer; null for a guest
 * @param payBy when its money must be there
 * @param remindAt when its customer is reminded of paying; null if they are not
 * @param paymentAccounts whose money counts
 * @param capture when what is authorised is captured
 * @param total what is owed
 * @param later how much of it was added after the order was placed: its time to pay does not wait for that
 * @param laterBy until when that is waited for before a person looks; null if nothing was added
 * @param lapsed by how much it fell without a refund, as that was not paid; it is refunded if it is paid all the same
 * @param unitsToShip how many units must reach the doorstep
 * @param unitsToGrant how many units the customer is given as links or keys
 */
record OrderTerms(ChannelId channel, String reference, String number, String customerId, boolean livemode,
    Instant payBy, Instant remindAt, StockPool pool, List<PaymentAccount> paymentAccounts, Channel.Capture capture,
    Money total,
    int unitsToShip, int unitsToGrant, long later, Instant laterBy, long lapsed) {

  /** Orders that were placed before there were captures are captured by whoever had them authorised. */
  OrderTerms {
    capture = capture == null ? Channel.Capture.MANUAL : capture;
  }

  static OrderTerms of(OrderContent content, Instant now) {
    OrderForm form = content.form();
    return new OrderTerms(form.channel(), form.reference(), form.number(), form.customer().id(), content.livemode(),
        content.payBy(now), content.remindAt(now), content.pool(), content.paymentAccounts(), content.capture(),
        new Money(form.total(), form.currency()), content.unitsToShip(), content.unitsToGrant(), 0, null, 0);
  }

  /** The same if this is owed. */
  OrderTerms owing(Money accepted) {
    return new OrderTerms(channel, reference, number, customerId, livemode, payBy, remindAt, pool, paymentAccounts,
        capture,
        accepted, unitsToShip, unitsToGrant, later, laterBy, lapsed);
  }

  /** The same after a change of its lines. @param difference of what is owed. @param by until when what is added is waited for */
  OrderTerms changed(long difference, int units, Instant by) {
    long added = Math.max(0, later + difference);
    return new OrderTerms(channel, reference, number, customerId, livemode, payBy, remindAt, pool, paymentAccounts,
        capture,
        new Money(total.minorUnits() + difference, currency()), unitsToShip + units, unitsToGrant,
        added, added == 0 ? null : difference > 0 ? by : laterBy, lapsed + Math.max(0, -difference));
  }

  /** The same if some of what lapsed is paid all the same. */
  OrderTerms reclaimed(long paid) {
    return new OrderTerms(channel, reference, number, customerId, livemode, payBy, remindAt, pool, paymentAccounts,
        capture,
        new Money(total.minorUnits() + paid, currency()), unitsToShip, unitsToGrant, later, laterBy, lapsed - paid);
  }

  /** Whether what is owed is not what it was when the order named its payments. */
  boolean isRepriced() {
    return later > 0 || lapsed > 0;
  }

  /** The same without what was added since: what must be paid in time. */
  OrderTerms firm() {
    return later == 0 ? this : owing(new Money(total.minorUnits() - later, currency()));
  }

  /** Whether money is captured as soon as it is authorised; what nothing is shipped for has no later time. */
  boolean capturesAtOnce() {
    return capture == Channel.Capture.ON_AUTHORIZATION || capture == Channel.Capture.ON_DISPATCH && unitsToShip == 0;
  }

  /** Whether what ships is captured before it leaves, and so is authorised when it is packed. */
  boolean capturesOnDispatch() {
    return capture == Channel.Capture.ON_DISPATCH && unitsToShip > 0;
  }

  String currency() {
    return total.currency();
  }
}
