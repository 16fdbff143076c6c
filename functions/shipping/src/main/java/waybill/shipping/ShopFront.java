package waybill.shipping;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.catalog.Channel;
import waybill.catalog.Color;

/**
 * A channel as the reader of its tracking page knows it, in the same dress as its mails.
 *
 * @param logoUrl an https address; null for the name in its place
 * @param help the mail address that answers
 * @param imprint line by line; empty for none
 */
public record ShopFront(String name, Color brand, String logoUrl, String help, List<String> imprint) {
  /** The darkest ground by day, and the lightest by night, that text of this color stands on. */
  private static final Color GROUND = Color.of("#f2f5f3");
  private static final Color DARK_PAPER = Color.of("#1b272c");

  public static ShopFront of(Channel channel) {
    var brand = channel.brand();
    return new ShopFront(channel.name(), Color.of(brand.color()), brand.logoUrl(),
        brand.replyTo() == null ? channel.mailSender() : brand.replyTo(),
        brand.imprint() == null ? List.of() : brand.imprint().lines().map(String::strip).toList());
  }

  /** The brand's color, dark enough to be read by day. */
  public Color day() {
    return brand.readableOn(GROUND);
  }

  /** The brand's color, light enough to be read by night. */
  public Color night() {
    return brand.readableOn(DARK_PAPER);
  }

  /** Where the logo is loaded from, as a policy names it; null if there is none. */
  String logoOrigin() {
    return logoUrl == null ? null : logoUrl.substring(0, logoUrl.indexOf('/', "https://".length()));
  }

  /** As the API shows it. */
  Map<String, Object> toResource() {
    return new TreeMap<>(Map.of("name", name, "help", help));
  }
}
