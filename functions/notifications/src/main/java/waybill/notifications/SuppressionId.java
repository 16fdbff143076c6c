package waybill.notifications;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import waybill.catalog.MailAddress;
import waybill.messages.IdText;
import waybill.platform.Sha256;

/**
 * What stands for a mail address wherever the address itself must not be: 128 bits of its keyed hash. Without the key nobody finds
 * out whose it is, not even by trying addresses.
 */
record SuppressionId(String value) {
  private static final String PREFIX = "sup_";
  private static final int BYTES = 16;
  /** So that no other use of the key gives the same bytes. */
  private static final byte[] PURPOSE = "mail-address\n".getBytes(StandardCharsets.UTF_8);

  SuppressionId {
    IdText.require("SuppressionId", value, PREFIX + "[0-9a-f]{%d}".formatted(2 * BYTES));
  }

  /** Capital letters make no other mailbox, nor does the form of an internationalised domain. */
  static SuppressionId of(String key, String address) {
    byte[] mac = Sha256.hmac(key, PURPOSE, plain(address).getBytes(StandardCharsets.UTF_8));
    return new SuppressionId(PREFIX + HexFormat.of().formatHex(Arrays.copyOf(mac, BYTES)));
  }

  /** The address alone, as SES may write it: with a name before it, or as a mail server spells it. */
  static String plain(String address) {
    String bare = address.replaceFirst(".*<([^<>]*)>\\s*$", "$1").strip();
    try {
      return MailAddress.inAscii(bare).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return bare.toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
