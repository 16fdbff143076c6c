/**
 * What a customer is told. {@code NotifyCustomer} hears that an order is released or cancelled, that a payment has failed,
 * that a parcel has its label, is out for delivery or could not be delivered, and that everything has arrived, and mails the
 * customer once about each: from the channel's sender, in the customer's language, as HTML and as plain text. What a mail says follows from the order as it is now, so old news is not
 * mailed. Mail cannot be taken back and its service knows no idempotency, so {@link waybill.notifications.Postbox} claims
 * a marker first, sends once, then marks it sent; a send that nobody knows the end of is counted, and never repeated.
 *
 * <p>The way of a mail: {@link waybill.notifications.Relevance} says whether it is worth sending,
 * {@link waybill.notifications.Letter} what it says, {@link waybill.notifications.Mail} how it looks, by the templates in
 * {@code src/main/jte}.
 */
package waybill.notifications;
