/**
 * The mails that a customer gets. {@code NotifyCustomer} receives what has happened to an order, and mails its customer once
 * about each event: from the channel's sender, in the customer's language, as HTML and as plain text. What a mail says
 * follows from the order as it is now, so old news is not mailed. A mail cannot be taken back and SES has no idempotency
 * token, so {@link waybill.notifications.Postbox} claims a marker first, sends once, then marks it sent; a send with an
 * unknown end is counted, and never repeated.
 *
 * <p>Every mail goes to who placed the order, never to who gets the parcel. Mails about parcels name no price.
 *
 * <p>A kind of mail is one {@link waybill.notifications.Mail}: when its news happened, what makes it old, and what it says,
 * block by block. Its words are in {@code words}, one file a language. {@link waybill.notifications.Html} and
 * {@link waybill.notifications.PlainText} show the same blocks, so the two parts of a mail cannot disagree.
 */
package waybill.notifications;
