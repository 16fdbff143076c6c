package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.catalog.Address;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.LineId;
import waybill.messages.ShipmentMessages.LabelRefused;
import waybill.messages.Sku;
import waybill.orders.Orders.Shipping;
import waybill.orders.Sale.Sold;
import waybill.orders.Sale;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.customs.Declaration;

/** What customs would miss is a hold before anything is paid, and ends once it is put. */
class CustomsLabelTest extends LabelFixture {
  private static final Address ZURICH = new Address("Grace Hopper", null, "Bahnhofstr. 1", null, "Zürich", null, "8001",
      "CH", null);
  private static final Sale SALE = new Sale("EUR", 990, false, List.of(sold(1, "TEA-200", 2, 3_582),
      sold(2, "MUG-BLUE", 1, 1_500), sold(3, "MUG-BLUE", 1, 0)));

  private final List<Declaration> declared = new ArrayList<>();
  private Address to = ZURICH;
  private boolean asked;

  private static Sold sold(int line, String sku, int quantity, long net) {
    return new Sold(new LineId("line_" + line), new Sku(sku), sku, quantity, net);
  }

  private void buy() {
    Carrier seller = (Carrier) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[]{Carrier.class}, (_, method, arguments) -> {
          if (method.getName().equals("create")) {
            declared.add(((Carrier.Consignment) arguments[0]).customs());
          }
          return method.invoke(carrier, arguments);
        });
    var handler = new BuyLabelHandler(bench.ports().with(Carriers.class, Samples.carriers(seller)),
        _ -> Optional.of(new Shipping(new ChannelId("de-web"), false, to, null, null)), _ -> {
          asked = true;
          return Optional.of(SALE);
        });
    assertThat(done(handle(handler, bench.sqsEvent(Samples.dispatch())))).isTrue();
  }

  private void put(RequestStreamHandler handler, String path, String name, String id, String body) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(bench.httpEvent("PUT", path + id, Map.of(name, id), Map.of(), Map.of(), body, "operator",
          "catalog:write"), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("\"statusCode\":20[01]");
  }

  private void product(String sku, String body) {
    put(new PutProductHandler(bench.ports()), "/products/", "sku", sku, body);
  }

  private void allThatCustomsAsk() {
    put(new PutChannelHandler(bench.ports()), "/channels/", "id", "de-web", """
        {"name": "Shop", "currencies": ["EUR"], "locale": "de-DE", "time_zone": "Europe/Berlin",
         "mail_sender": "shop@example.com", "customs": {"signer": "Ada Byron", "incoterm": "ddp"}}""");
    product("TEA-200", "{\"name\": \"Assam tea\", \"weight_grams\": 210, \"hs_code\": \"090240\", \"origin\": \"IN\"}");
    product("MUG-BLUE", """
        {"name": "Mug", "weight_grams": 350, "hs_code": "691200", "origin": "PT",
         "customs": {"value": {"amount": 1200, "currency": "EUR"}}}""");
  }

  private List<String> refusals() {
    return bench.sentTo(AdvanceOrder.class).stream().filter(LabelRefused.class::isInstance)
        .map(it -> ((LabelRefused) it).detail()).toList();
  }

  @Test
  void aParcelWhoseCustomsDataIsIncompleteIsRefusedBeforeAnythingIsPaid() {
    buy();

    assertThat(refusals()).singleElement().asString().contains("/customs/signer", "/lines/line_1 (TEA-200)",
        "/lines/line_3 (MUG-BLUE)");
    assertThat(declared).isEmpty();
    assertThat(carrier.drafts() + carrier.purchases()).isZero();
  }

  @Test
  void itGetsItsLabelOnceTheDataIsThere() {
    buy();
    allThatCustomsAsk();
    buy();

    assertThat(labelled()).hasSize(1);
    assertThat(carrier.purchases()).isOne();
    assertThat(declared).singleElement().satisfies(it -> {
      assertThat(it.items()).extracting(Declaration.Item::value).containsExactly(3_582L, 1_500L, 1_200L);
      assertThat(it.items()).extracting(Declaration.Item::weightGrams).containsExactly(420, 350, 350);
      assertThat(it.freight()).isEqualTo(990);
      assertThat(it.terms().signer()).isEqualTo("Ada Byron");
    });
  }

  @Test
  void aParcelThatCrossesNoBorderNeedsNothingAndReadsNothing() {
    to = Samples.HOME;
    buy();

    assertThat(labelled()).hasSize(1);
    assertThat(declared).containsOnlyNulls();
    assertThat(asked).isFalse();
  }

  @Test
  void whatTheUnitedStatesWantIsAskedForTheUnitedStatesAlone() {
    allThatCustomsAsk();
    to = new Address("Grace Hopper", null, "1 Infinite Loop", null, "Cupertino", "CA", "95014", "US", null);
    buy();

    assertThat(refusals()).singleElement().asString().contains("the US needs 10 digits");
  }
}
