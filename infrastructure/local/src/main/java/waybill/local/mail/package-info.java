/** The mailbox: SES as far as functions send through it, and the pages that show what they sent. */
package waybill.local.mail;
