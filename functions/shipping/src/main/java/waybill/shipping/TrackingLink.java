package waybill.shipping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.OrderId;
import waybill.platform.Environment;
import waybill.platform.Ports;
import waybill.platform.Secrets;
import waybill.platform.Sha256;

/**
 * The address of an order's tracking page, which nobody can guess: {@code <order>.<seal>}, where the seal is 144 bits of
 * the HMAC-SHA256 of the order's id under a secret. Whoever has the link sees the page, for ever; nothing is stored for it.
 *
 * <p>The parameter that {@code LINK_SECRET_PARAMETER} names holds the secrets, one a line. The first makes links, and each of
 * them opens links, so a secret is rotated by putting the new one before the old.
 */
public final class TrackingLink {
  /** A multiple of three, so that base64 has no spare bits that would let two texts be one seal. */
  private static final int SEAL_BYTES = 18;
  private static final String ORDER_PREFIX = "ord_";
  private static final Pattern TOKEN = Pattern.compile("([0-9a-z]{1,64})\\.([A-Za-z0-9_-]{24})");

  private final Environment environment;
  private final Secrets secrets;

  /** Reads the parameter when it is first needed. Only {@link #url} needs {@code PUBLIC_URL}. */
  public TrackingLink(Ports ports) {
    this.environment = ports.environment();
    this.secrets = new Secrets(ports, "LINK_SECRET_PARAMETER");
  }

  /** The page on which a customer sees the order's parcels. */
  public String url(OrderId order) {
    return environment.get("PUBLIC_URL").replaceAll("/+$", "") + "/tracking/" + token(order);
  }

  /** The last part of the address. */
  public String token(OrderId order) {
    return order.value().substring(ORDER_PREFIX.length()) + "." + seal(secrets().getFirst(), order);
  }

  /** The order whose page a token opens; empty if it is not one of ours, in constant time. */
  public Optional<OrderId> order(String token) {
    Matcher matcher = TOKEN.matcher(token);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<OrderId> order = orderId(ORDER_PREFIX + matcher.group(1));
    return order.filter(it -> opens(it, matcher.group(2)));
  }

  private static Optional<OrderId> orderId(String text) {
    try {
      return Optional.of(new OrderId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean opens(OrderId order, String seal) {
    boolean found = false;
    for (String secret : secrets()) {
      found |= MessageDigest.isEqual(seal(secret, order).getBytes(StandardCharsets.US_ASCII),
          seal.getBytes(StandardCharsets.US_ASCII));
    }
    return found;
  }

  private static String seal(String secret, OrderId order) {
    byte[] mac = Sha256.hmac(secret, order.value().getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, SEAL_BYTES));
  }

  private List<String> secrets() {
    List<String> lines = secrets.value().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new IllegalStateException("the link secret is empty");
    }
    return lines;
  }
}
