package waybill.orders;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Sha256;

/**
 * The address of an order's tracking page, from placing on and for the order's life. Whoever has it sees the page. Its last part, the
 * token, is {@code <order>.<seal>}: the order's id without its prefix, and 144 random bits.
 */
public record TrackingUrl(String value) {
  /** A multiple of three, so that Base64 has no spare bits that would let two texts be one seal. */
  private static final int SEAL_BYTES = 18;
  private static final String ORDER_PREFIX = "ord_";
  private static final String PATH = "/tracking/";
  private static final Pattern TOKEN = Pattern.compile("([0-9a-z]{1,64})\\.[A-Za-z0-9_-]{24}");

  /**
   * @param publicUrl the address of the API as customers reach it
   * @param names two that nobody else gives: 244 random bits
   */
  static TrackingUrl of(String publicUrl, OrderId order, String names) {
    byte[] seal = Arrays.copyOf(Sha256.hash(names), SEAL_BYTES);
    return new TrackingUrl(publicUrl.replaceAll("/+$", "") + PATH + order.value().substring(ORDER_PREFIX.length()) + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(seal));
  }

  /** The address of another order's page, at the same place. @param names as in {@link #of} */
  TrackingUrl of(OrderId order, String names) {
    return of(value.substring(0, value.lastIndexOf(PATH)), order, names);
  }

  /** The order that a token is for, if it is the token of that order; empty if it cannot be a token. */
  static Optional<OrderId> order(String token) {
    Matcher matcher = TOKEN.matcher(token);
    try {
      return matcher.matches() ? Optional.of(new OrderId(ORDER_PREFIX + matcher.group(1))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public String token() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** Where whoever sees the page finds the label of what comes back. */
  public String returnLabel(ParcelId parcel) {
    return value + "/return-labels/" + parcel;
  }

  /** Whether this token opens the page, in constant time. */
  boolean isOpenedBy(String token) {
    return MessageDigest.isEqual(token().getBytes(StandardCharsets.US_ASCII),
        token.getBytes(StandardCharsets.US_ASCII));
  }
}
