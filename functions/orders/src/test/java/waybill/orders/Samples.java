package waybill.orders;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.catalog.Product;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.UnitsShort;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockPool;
import waybill.messages.WithoutMulticapture;
import waybill.platform.Fields;

/** Orders for the rules, without any table. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final LocationId BERLIN = new LocationId("berlin");

  private Samples() {}

  /** What becomes of a body that was found right; an E-BOOK is not shipped. */
  static OrderContent content(Map<String, Object> body) {
    return content(body, Channel.Capture.MANUAL, WithoutMulticapture.HOLD);
  }

  /** The same in a channel that captures so. */
  static OrderContent content(Map<String, Object> body, Channel.Capture capture, WithoutMulticapture otherwise) {
    OrderForm form = FormReader.read(Fields.of(waybill.platform.Json.readObject(waybill.platform.Json.write(body))));
    var channel = new Channel(new ChannelId("de-web"), "Shop", List.of("EUR"), "de-DE", "Europe/Berlin",
        "shop@example.com", false, List.of(new Channel.PaymentAccount("stripe", "shop-eu", otherwise)), List.of(),
        new StockPool("default"),
        30, null, 0,
        capture, List.of(), Brand.PLAIN);
    var products = new HashMap<Sku, Product>();
    form.lines().forEach(it -> products.put(it.sku(),
        new Product(it.sku(), "", 0, 0, 0, 0, !it.sku().value().equals("E-BOOK"), null, null, null, Map.of())));
    return OrderContent.of(OrderId.of(form.channel(), form.reference()), form, channel, products, NOON,
        TrackingUrl.of("https://shop.example", OrderId.of(form.channel(), form.reference()), "names"));
  }

  /** The sample order: two of TEA-200 on line_1, MUG-BLUE on line_2 and line_3. */
  static OrderContent sample() {
    return content(Shop.sample());
  }

  static OrderState placed(OrderContent content) {
    return OrderState.stub(content.id()).join(content, NOON);
  }

  /** The sample's n-th line as a fulfillment of its own. */
  static FulfillmentId fulfillment(int line) {
    return FulfillmentId.of(Shop.SAMPLE, line);
  }

  static ParcelId parcel(int line, int number) {
    return ParcelId.of(fulfillment(line), number);
  }

  static StockAllocated allocated(int line) {
    return new StockAllocated(Shop.SAMPLE, fulfillment(line), BERLIN, List.of(sample().shippedLines().get(line - 1)));
  }

  /** The line packed, each of its units in a parcel of its own. */
  static FulfillmentPacked packed(int line) {
    LineQuantity whole = sample().shippedLines().get(line - 1);
    List<Parcel> parcels = IntStream.rangeClosed(1, whole.quantity())
        .mapToObj(it -> new Parcel(parcel(line, it), List.of(new LineQuantity(whole.lineId(), whole.sku(), 1)), 100, 1,
            1, 1, null, null))
        .toList();
    return new FulfillmentPacked(Shop.SAMPLE, fulfillment(line), BERLIN, List.of(whole), parcels);
  }

  /** The line's fulfillment with so many units left. */
  static StockAllocated reduced(int line, int left) {
    LineQuantity whole = sample().shippedLines().get(line - 1);
    return new StockAllocated(Shop.SAMPLE, fulfillment(line), BERLIN,
        left == 0 ? List.of() : List.of(new LineQuantity(whole.lineId(), whole.sku(), left)));
  }

  /** So many units of the line are short. */
  static UnitsShort lacking(int line, int left) {
    LineQuantity whole = sample().shippedLines().get(line - 1);
    return new UnitsShort(Shop.SAMPLE, fulfillment(line),
        left == 0 ? List.of() : List.of(new LineQuantity(whole.lineId(), whole.sku(), left)), NOON);
  }
}
