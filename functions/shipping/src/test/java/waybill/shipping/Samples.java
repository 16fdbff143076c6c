package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.PutLocationHandler;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.orders.Orders.Shipping;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.tablerate.TableRate;
import waybill.workbench.Bench;

/** One order, its parcels, and what EasyPost says about them. */
final class Samples {
  static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  static final FulfillmentId FULFILLMENT = FulfillmentId.of(ORDER, 1);
  static final ParcelId PARCEL = ParcelId.of(FULFILLMENT, 1);
  static final LocationId BERLIN = new LocationId("berlin");
  static final StockPool POOL = new StockPool("eu");
  static final Address HOME = new Address("Grace Hopper", null, "Hauptstr. 5", null, "Berlin", null, "10827", "DE",
      "+4930555011");

  static final CarrierAccountId ACCOUNT = TableRate.BUILT_IN;
  static final Shipping SHIPPING = new Shipping(new ChannelId("de-web"), false, HOME, null, null);

  private Samples() {}

  /** All orders that are not live get their labels from this one. */
  static Carriers carriers(Carrier carrier) {
    return new Carriers(List.of(provider(CarrierAccountId.STAND_IN, carrier)));
  }

  static CarrierProvider provider(String code, Carrier carrier) {
    return new CarrierProvider() {
      @Override
      public String code() {
        return code;
      }

      @Override
      public Optional<Carrier> carrier(CarrierAccount account) {
        return Optional.of(carrier);
      }
    };
  }

  static ParcelLabel.Draft draft(Carrier carrier, ParcelId parcel) {
    Carrier.Offer offer = carrier.create(new Carrier.Consignment(parcel(parcel), null, HOME, parcel.value()))
        .orElseThrow();
    return new ParcelLabel.Draft(ACCOUNT, offer.draft(), offer.price());
  }

  static Parcel parcel(ParcelId id) {
    var lines = List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2),
        new LineQuantity(new LineId("line_2"), new Sku("MUG-BLUE"), 1),
        new LineQuantity(new LineId("line_3"), new Sku("MUG-BLUE"), 1));
    return new Parcel(id, lines, 1_250, 300, 200, 150, null, null);
  }

  static DispatchApproved dispatch(ParcelId id) {
    return new DispatchApproved(ORDER, BERLIN, POOL, parcel(id));
  }

  static DispatchApproved dispatch() {
    return dispatch(PARCEL);
  }

  /** The same parcel, with a label that was not bought here. */
  static DispatchApproved labelledElsewhere(String trackingNumber) {
    Parcel packed = parcel(PARCEL);
    return new DispatchApproved(ORDER, BERLIN, POOL, new Parcel(packed.id(), packed.lines(), packed.weightGrams(),
        packed.lengthMm(), packed.widthMm(), packed.heightMm(), "DHL", trackingNumber));
  }

  /** The location that the parcels leave from, put as an operator puts it. */
  static void putLocation(Bench bench) {
    String body = """
        {"name": "Berlin", "address": {"line1": "Ring 1", "city": "Berlin", "postal_code": "10115", "country": "DE"},
         "time_zone": "Europe/Berlin", "active": true, "stock_pool": "eu"}""";
    InputStream event = bench.httpEvent("PUT", "/locations/berlin", Map.of("id", "berlin"), Map.of(), Map.of(), body,
        "operator", "catalog:write");
    try {
      var answer = new ByteArrayOutputStream();
      new PutLocationHandler(bench.ports()).handleRequest(event, answer, null);
      assertThat(answer.toString(StandardCharsets.UTF_8)).contains("\"statusCode\":201");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sample of {@code events/}, about this tracking number. */
  static String event(String name, String trackingNumber) {
    try {
      return Files.readString(Path.of("../../events/easypost-tracker-" + name + ".json")).replace("WB0000000000000",
          trackingNumber);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
