package waybill.notifications;

import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.catalog.MailAddress;

/**
 * A mail as it is sent: one letter twice, as HTML and as plain text.
 *
 * @param from the channel's sender, with its name
 * @param replyTo where answers go; null for the sender
 * @param to the customer
 */
record Email(String from, String replyTo, String to, String subject, String html, String text) {

  static Email of(Letter letter, Channel channel, String to) {
    Brand brand = channel.brand();
    String sender = Printable.of(brand.senderName() == null ? channel.name() : brand.senderName());
    return new Email(DisplayName.before(channel.mailSender(), sender), brand.replyTo(), MailAddress.inAscii(to),
        letter.subject(), Html.of(letter), PlainText.of(letter));
  }
}
