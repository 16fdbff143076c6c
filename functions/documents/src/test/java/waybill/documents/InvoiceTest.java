package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Catalog;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.orders.OrderForm;
import waybill.orders.Orders;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.shipping.CustomsDesk;
import waybill.shipping.customs.Declaration;
import waybill.workbench.Bench;

/** What customs read on paper, of the sample order as it goes to Switzerland. */
class InvoiceTest {
  private final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due");

  @BeforeEach
  void open() {
    put(new PutChannelHandler(bench.ports()), "/channels/", "id", "de-web", event("put-channel.json"));
    put(new PutLocationHandler(bench.ports()), "/locations/", "id", "leipzig", event("put-location.json"));
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      put(new PutProductHandler(bench.ports()), "/products/", "sku", sku, event("put-product.json"));
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static String event(String file) {
    try {
      return Files.readString(Path.of("../../events").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      String body) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(bench.httpEvent(method, path, parameters, Map.of(), Map.of(), body, "everybody",
          "catalog:write orders:place"), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private void put(RequestStreamHandler handler, String path, String name, String id, String body) {
    assertThat(run(handler, "PUT", path + id, Map.of(name, id), body)).containsPattern("\"statusCode\":20[01]");
  }

  private OrderId order(String country, String postalCode, String name) {
    String form = event("place-order.json").replace("10827", postalCode).replaceFirst("\"country\": \"DE\"",
        "\"country\": \"" + country + "\"").replace("Grace Hopper", name);
    String answer = run(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(), form);
    assertThat(answer).contains("\"statusCode\":201");
    return OrderId.of(new ChannelId("de-web"), "5512033");
  }

  private Outcome<Optional<Declaration>> declared(OrderId order) {
    var catalog = new Catalog(bench.ports());
    return new CustomsDesk(bench.ports()).declare(order, parcel(order),
        catalog.location(new LocationId("leipzig")).orElseThrow(), form(order).shippingAddress(),
        catalog.channel(new ChannelId("de-web")));
  }

  private OrderForm form(OrderId order) {
    return new Orders(bench.ports()).placed(order).orElseThrow().content().form();
  }

  private static Parcel parcel(OrderId order) {
    return new Parcel(ParcelId.of(FulfillmentId.of(order, 1), 1),
        List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2),
            new LineQuantity(new LineId("line_2"), new Sku("MUG-BLUE"), 1),
            new LineQuantity(new LineId("line_3"), new Sku("MUG-BLUE"), 1)),
        1_250, 300, 200, 150, null, null);
  }

  private Invoice invoice(OrderId order) {
    var catalog = new Catalog(bench.ports());
    return Invoice.of(declared(order).orElseThrow().orElseThrow(), parcel(order),
        catalog.location(new LocationId("leipzig")).orElseThrow(), form(order),
        catalog.channel(new ChannelId("de-web")).orElseThrow(), bench.clock().instant());
  }

  /** 35.82 less 5.72 of taxes, 15.00 less 2.39, 12.00 for what was free; 9.90 less 1.58 of freight. */
  @Test
  void itsTotalIsWhatItsLinesAreWorthWithoutTaxesAndTheFreight() {
    Invoice invoice = invoice(order("CH", "8001", "Grace Hopper"));

    assertThat(invoice.rows()).extracting(Invoice.Row::value).containsExactly("€30.10", "€12.61", "€12.00");
    assertThat(invoice.goods()).isEqualTo("€54.71");
    assertThat(invoice.freight()).isEqualTo("€8.32");
    assertThat(invoice.total()).isEqualTo("€63.03");
  }

  @Test
  void itSaysAllThatCustomsAsk() {
    String page = InvoicePage.of(invoice(order("CH", "8001", "Grace Hopper"))).body();

    assertThat(page).contains("Commercial invoice", "Grace Hopper", "Hauptstr. 5", "8001 Berlin", "Switzerland",
        "+4930555011",
        "Black tea, 200 g", "Merchant TEA-200", "Manufacturer AS-200", "GTIN 4006381333931", "090240", "India",
        "0.460 kg",
        "1.250 kg", "DAP Berlin, Incoterms 2020", "sold as a gift", "Signed: <bdi>Ada Byron</bdi>", "2026-11-22",
        "<html lang=\"en\">");
  }

  @Test
  void whatOthersWroteIsTextAndNoMarkup() {
    assertThat(InvoicePage.of(invoice(order("CH", "8001", "<script>alert(1)</script>"))).body())
        .doesNotContain("<script>").contains("&lt;script&gt;");
  }

  @Test
  void aParcelThatCrossesNoBorderHasNone() {
    assertThat(declared(order("FR", "75001", "Grace Hopper")).orElseThrow()).isEmpty();
  }
}
