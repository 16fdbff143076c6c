package waybill.events;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which addresses events are sent to: https, port 443, a host by name that is on the public Internet. Whoever registers an endpoint
 * must not reach through it what only this network reaches, so a name's addresses are looked at whenever something is sent.
 */
final class EndpointUrl {
  static final String RULE = "is an https address on port 443 whose host is a name, not a number, of at most 500 characters";
  private static final Pattern PUBLIC = Pattern.compile("(?=.{1,500}$)https://[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*"
      + "\\.[A-Za-z][A-Za-z0-9-]*(?::443)?(?:[/?][A-Za-z0-9._~:/?\\[\\]@!$&'()*+,;=%-]*)?");
  /** In the embedded cloud, whose receivers are tests on the same machine. */
  private static final Pattern LOOPBACK = Pattern
      .compile("http://(?:127\\.0\\.0\\.1|localhost):[0-9]{1,5}(?:/[A-Za-z0-9._~/-]*)?");
  /** Prefixes of addresses that are not on the public Internet, by the registries of IANA, as far as the JDK does not know them. */
  private static final List<String> V4 = List.of("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24",
      "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4");
  private static final List<String> V6 = List.of("2001:0:0:0:0:0:0:0/23", "2001:db8:0:0:0:0:0:0/32",
      "2002:0:0:0:0:0:0:0/16", "3fff:0:0:0:0:0:0:0/20");

  private EndpointUrl() {}

  /** @throws IllegalArgumentException if it is none */
  static String parse(String text, boolean loopback) {
    boolean fits = PUBLIC.matcher(text).matches() || loopback && LOOPBACK.matcher(text).matches();
    if (!fits || URI.create(text).getHost() == null) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** Whether it may be sent to. @param loopback whether this machine is allowed too */
  static boolean isAllowed(InetAddress address, boolean loopback) {
    return address.isLoopbackAddress() ? loopback : isPublic(address);
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
        || address.isSiteLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return V4.stream().noneMatch(it -> isWithin(bytes, it));
    }
    // What is not in 2000::/3 is not assigned, maps an IPv4 address, or belongs to this network: unique local ones among them.
    return (bytes[0] & 0xe0) == 0x20 && V6.stream().noneMatch(it -> isWithin(bytes, it));
  }

  private static boolean isWithin(byte[] address, String prefix) {
    String[] parts = prefix.split("/");
    byte[] network = InetAddress.ofLiteral(parts[0]).getAddress();
    int bits = Integer.parseInt(parts[1]);
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
