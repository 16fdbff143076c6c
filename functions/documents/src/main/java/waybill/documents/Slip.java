package waybill.documents;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import waybill.catalog.Address;
import waybill.catalog.Channel;
import waybill.documents.paper.Barcode;
import waybill.fulfillment.Fulfillments;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.Orders;

/**
 * What goes into the parcels of one fulfillment on paper, in the language of the order's customer: what the template {@code slip.jte}
 * shows, everything in words already.
 *
 * @param sheets one a parcel, or one for all while nothing is packed
 * @param code its fulfillment, for a scanner
 * @param priced whether prices are shown: a giver may hide them
 */
public record Slip(SlipWords words, ShopHead shop, List<String> address, String order, String orderedOn, String method,
    List<Sheet> sheets, Barcode code, boolean priced) {

  /**
   * @param title which of several parcels it is; null if it is the only one
   * @param partial whether other units of the order come another way or at another time
   * @param gift what the giver wrote, in the first parcel; null for nothing
   * @param sscc the parcel's serial shipping container code as GS1-128; null for none
   */
  public record Sheet(String title, List<Item> items, boolean partial, String gift, Barcode sscc) {

    /** A parcel without a serial shipping container code. */
    public Sheet(String title, List<Item> items, boolean partial, String gift) {
      this(title, items, partial, gift, null);
    }
  }

  /** @param price of one unit, as it was ordered; empty for what a kit is packed out of */
  public record Item(String name, String sku, int quantity, String price) {}

  /**
   * The shop as its channel dresses it.
   *
   * @param logoUrl an https address; null for the name in its place
   * @param help the mail address that answers
   */
  public record ShopHead(String name, String color, String logoUrl, String help, List<String> imprint) {
    static ShopHead of(Channel channel) {
      var brand = channel.brand();
      return new ShopHead(channel.name(), brand.color(), brand.logoUrl(),
          brand.replyTo() == null ? channel.mailSender() : brand.replyTo(),
          brand.imprint() == null ? List.of() : brand.imprint().lines().map(String::strip).toList());
    }
  }

  /** @param names of the order's lines, and of what its kits are packed out of */
  static Slip of(Fulfillments.Contents packed, Orders.Placed placed, Channel channel, Map<LineId, String> names) {
    return of(packed, placed, channel, names, Map.of());
  }

  /** @param ssccs the serial shipping container codes of its parcels that have one */
  static Slip of(Fulfillments.Contents packed, Orders.Placed placed, Channel channel, Map<LineId, String> names,
      Map<ParcelId, String> ssccs) {
    OrderForm form = placed.content().form();
    SlipWords words = SlipWords.of(form.customer().locale(), channel.locale());
    boolean priced = form.gift() == null || !form.gift().hidePrices();
    Map<LineId, String> prices = priced ? prices(form, words) : Map.of();
    Address address = form.shippingAddress();
    return new Slip(words, ShopHead.of(channel), address == null ? List.of() : address.lines(words.locale()),
        form.number() == null ? form.reference() : form.number(),
        words.day(placed.content().placedAt(), ZoneId.of(channel.timeZone())),
        form.shipping() == null ? null : form.shipping().name(),
        sheets(packed, ssccs, words, placed.summary().unitsToShip(), form.gift() == null ? null : form.gift().message(),
            it -> new Item(names.getOrDefault(it.lineId(), it.sku().value()), it.sku().value(), it.quantity(),
                prices.getOrDefault(it.lineId(), ""))),
        Barcode.of(packed.id().value()), priced);
  }

  private static Map<LineId, String> prices(OrderForm form, SlipWords words) {
    var prices = new HashMap<LineId, String>();
    for (int i = 0; i < form.lines().size(); i++) {
      prices.put(OrderContent.lineId(i), words.money(new Money(form.lines().get(i).unitPrice(), form.currency())));
    }
    return prices;
  }

  private static List<Sheet> sheets(Fulfillments.Contents packed, Map<ParcelId, String> ssccs, SlipWords words,
      int ordered, String gift,
      Function<LineQuantity, Item> item) {
    List<List<LineQuantity>> parcels = packed.parcels().isEmpty()
        ? List.of(packed.lines())
        : packed.parcels().stream().map(Parcel::lines).toList();
    return IntStream.range(0, parcels.size()).mapToObj(it -> {
      int units = parcels.get(it).stream().mapToInt(LineQuantity::quantity).sum();
      return new Sheet(parcels.size() == 1 ? null : words.say("parcel.of", it + 1, parcels.size()),
          parcels.get(it).stream().map(item).toList(), units < ordered, it == 0 ? gift : null,
          packed.parcels().isEmpty() ? null : sscc(ssccs.get(packed.parcels().get(it).id())));
    }).toList();
  }

  private static Barcode sscc(String code) {
    return code == null ? null : Barcode.ofSscc(code);
  }

  /** Which order it is of, in words. */
  public String title() {
    return words.say("order", order);
  }
}
