/**
 * The money behind an order. Stripe reports what happened to a payment by signed events, unordered and more than once:
 * {@link waybill.payments.ReceivePaymentHandler} checks the signature over the raw bytes and queues the few fields that
 * are used; {@link waybill.payments.RecordPaymentHandler} moves the payment's one item forward and reports to its order how
 * the payment stands now. An order names its payment in its own time, or the payment names its order; whichever comes
 * first waits for the other. {@link waybill.payments.RefundPaymentHandler} refunds a payment, whole and once, and
 * {@link waybill.payments.RefundUnclaimedHandler} asks for that where no order has named the money for a day.
 *
 * <p>Store credit is a provider whose ledgers are here: {@link waybill.payments.MoveCreditHandler}. See
 * {@code infrastructure/decisions/0055-store-credit.md}. Nothing personal is kept here.
 */
package waybill.payments;
