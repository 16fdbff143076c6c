package waybill.shipping;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.digital.DigitalGoods;
import waybill.orders.OrderStatus;
import waybill.orders.Orders;
import waybill.platform.TimeText;

/**
 * An order as whoever has its tracking link may see it: nothing about the recipient, and no prices.
 *
 * @param number what the customer calls it; null if the storefront gave it none
 * @param locale the language that its customer is written to, by BCP 47
 * @param zone by which its times are shown
 * @param items what was ordered
 * @param stage what there is to say of it beside its parcels
 * @param parcels those that have their labels
 * @param digital what the customer was given as links and keys, and works
 * @param expected when what has not come yet is promised to come; null if nothing is
 */
record TrackedOrder(ShopFront shop, String number, String locale, ZoneId zone, OrderStatus status, Stage stage,
    List<Item> items, List<TrackedParcel> parcels, List<Given> digital, Orders.Expected expected) {

  /** So many units of a line. */
  public record Item(String name, int quantity) {}

  /** The links and keys of a line. */
  record Given(String name, List<DigitalGoods.Link> links, List<String> keys) {

    Map<String, Object> toResource() {
      var resource = new LinkedHashMap<String, Object>();
      resource.put("name", name);
      resource.put("links", links.stream().map(it -> {
        var link = new LinkedHashMap<String, Object>();
        link.put("path", it.path());
        link.put("expires_at", TimeText.of(it.expiresAt()));
        link.put("downloads_left", it.left());
        return link;
      }).toList());
      resource.put("keys", keys);
      return resource;
    }

    /** It holds keys: it is in no text that could be logged. */
    @Override
    public String toString() {
      return "Given[" + name + "]";
    }
  }

  /** Where the part of an order is that no parcel holds. */
  enum Stage {
    AWAITING_PAYMENT, PREPARING,
    /** Some of it has its parcel already. */
    PREPARING_REST, CANCELLED,
    /** Nothing of it is carried. */
    WITHOUT_PARCELS,
    /** All of it is in parcels. */
    PACKED
  }

  /** As the API shows it. */
  Map<String, Object> toResource() {
    var resource = new LinkedHashMap<String, Object>();
    resource.put("status", status.name().toLowerCase(Locale.ROOT));
    resource.put("number", number);
    resource.put("shop", shop.toResource());
    resource.put("time_zone", zone.getId());
    resource.put("items", TrackedOrder.items(items));
    resource.put("digital", digital.stream().map(Given::toResource).toList());
    resource.put("expected", expected == null ? null : expectedTree());
    resource.put("parcels", parcels.stream().map(TrackedParcel::toResource).toList());
    return resource;
  }

  private Map<String, Object> expectedTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("earliest_at", TimeText.of(expected.earliestAt()));
    tree.put("latest_at", TimeText.of(expected.latestAt()));
    tree.put("moved", expected.moved());
    return tree;
  }

  static List<Map<String, Object>> items(List<Item> items) {
    return items.stream().map(it -> {
      var item = new LinkedHashMap<String, Object>();
      item.put("name", it.name());
      item.put("quantity", it.quantity());
      return (Map<String, Object>) item;
    }).toList();
  }
}
