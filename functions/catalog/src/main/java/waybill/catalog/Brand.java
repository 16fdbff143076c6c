package waybill.catalog;

/**
 * How customers see a channel in its mails.
 *
 * @param senderName the name beside the sender's address; null for the channel's name
 * @param replyTo the address that answers to mails go to; null for the sender's
 * @param color the color of buttons, as {@code #rrggbb}
 * @param logoUrl the https address of an image; null for the channel's name in its place
 * @param imprint who the sender is, line by line, as laws ask of business mails; null for none
 */
public record Brand(String senderName, String replyTo, String color, String logoUrl, String imprint) {
  public static final Brand PLAIN = new Brand(null, null, "#1f5f99", null, null);
}
