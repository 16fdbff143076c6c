package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.oned.Code128Reader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.documents.paper.Barcode;
import waybill.fulfillment.Fulfillments.Contents;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.orders.Orders;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.HttpResponse;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** What the papers say. How they look is tested in a browser, in {@code infrastructure/pages}. */
class SlipTest {
  private final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due");

  @BeforeEach
  void open() throws IOException {
    run(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"),
        event("put-channel.json"));
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      run(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku),
          event("put-product.json").replace("Assam 200 g", "name of " + sku));
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aSlipSaysWhatIsInTheParcelForWhomAndFromWhichShop() throws IOException {
    String page = page(order(event("place-order.json")));

    assertThat(page).contains("Lieferschein", "Ihre Bestellung #1042", "22. November 2026", "Grace Hopper",
        "Hauptstr. 5", "10827 Berlin", "Deutschland", "Assam 200 g", "TEA-200").contains("<html lang=\"de\">");
  }

  @Test
  void theGiverHidesPricesAndWritesAMessage() throws IOException {
    String hidden = page(order(event("place-order.json")));
    String shown = page(order(event("place-order.json").replace("\"hide_prices\": true", "\"hide_prices\": false")
        .replace("5512033", "shown")));

    assertThat(hidden).contains("Alles Gute!").doesNotContain("€", "Einzelpreis");
    assertThat(shown).contains("Einzelpreis", "19,90\u00a0€", "15,00\u00a0€");
  }

  @Test
  void eachParcelHasASheetThatSaysWhichPartItIs() throws IOException {
    OrderId order = order(event("place-order.json"));
    FulfillmentId fulfillment = FulfillmentId.of(order, 1);
    var tea = new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2);
    var mug = new LineQuantity(new LineId("line_2"), new Sku("MUG-BLUE"), 1);
    var packed = new Contents(fulfillment, order, new LocationId("leipzig"), List.of(tea, mug),
        List.of(parcel(fulfillment, 1, tea), parcel(fulfillment, 2, mug)));

    Slip slip = slip(packed);

    assertThat(slip.sheets()).extracting(Slip.Sheet::title).containsExactly("Paket 1 von 2", "Paket 2 von 2");
    assertThat(slip.sheets()).extracting(it -> it.items().size()).containsExactly(1, 1);
    assertThat(slip.sheets()).allMatch(Slip.Sheet::partial);
    assertThat(slip.sheets()).extracting(Slip.Sheet::gift).as("once").containsExactly("Alles Gute!", null);
  }

  @Test
  void aParcelWithAllOfAnOrderIsNoPart() throws IOException {
    OrderId order = order(event("place-order.json"));

    assertThat(slip(all(order)).sheets()).singleElement().matches(it -> !it.partial() && it.title() == null);
  }

  @Test
  void whatOthersWroteIsTextAndNoMarkup() throws IOException {
    String form = event("place-order.json").replace("Grace Hopper", "<script>alert(1)</script>").replace("Alles Gute!",
        "</p><b>now</b>");

    assertThat(page(order(form))).doesNotContain("<script>", "<b>now").contains("&lt;script&gt;", "&lt;b&gt;now");
  }

  @Test
  void aBrowserRunsNothingOfItAndKeepsNothing() throws IOException {
    HttpResponse answer = SlipPage.of(slip(all(order(event("place-order.json")))));

    assertThat(answer.headers()).containsEntry("cache-control", "no-store").hasEntrySatisfying(
        "content-security-policy",
        it -> assertThat(it).startsWith("default-src 'none'; ").contains("style-src 'sha256-"));
  }

  /** Read by a library that had no part in drawing it. */
  @ParameterizedTest
  @ValueSource(strings = {"ful_8wbx56kav7d3kerhkfart51jp5_1", "00340434161094042557", "A_b~ 9"})
  void aScannerReadsTheBarcode(String text) throws Exception {
    Barcode code = Barcode.of(text);
    int scale = 3;
    int width = code.width() * scale;
    int height = 40;
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, 0xffffff);
    code.bars().forEach(bar -> {
      for (int y = 0; y < height; y++) {
        Arrays.fill(pixels, y * width + bar.at() * scale, y * width + (bar.at() + bar.width()) * scale, 0);
      }
    });

    var picture = new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(width, height, pixels)));
    assertThat(new Code128Reader().decode(picture).getText()).isEqualTo(text);
  }

  @Test
  void allLanguagesHaveAllWords() throws IOException {
    Properties english = words("en");
    for (String tag : List.of("de", "fr")) {
      assertThat(words(tag).stringPropertyNames()).as(tag).isEqualTo(english.stringPropertyNames());
      assertThat(words(tag).values()).noneMatch(it -> it.toString().isBlank());
    }
  }

  @Test
  void aCustomerReadsTheirLanguageElseTheChannelsElseEnglish() {
    assertThat(SlipWords.of("fr-FR", "de").tag()).isEqualTo("fr");
    assertThat(SlipWords.of("ja", "de-DE").tag()).isEqualTo("de");
    assertThat(SlipWords.of(null, "ja").tag()).isEqualTo("en");
  }

  private static Properties words(String tag) throws IOException {
    var words = new Properties();
    try (var file = new InputStreamReader(SlipWords.class.getResourceAsStream("words/" + tag + ".properties"),
        StandardCharsets.UTF_8)) {
      words.load(file);
    }
    return words;
  }

  private String page(OrderId order) {
    return SlipPage.of(slip(all(order))).body();
  }

  private Slip slip(Contents packed) {
    Orders.Placed placed = new Orders(bench.ports()).placed(packed.order()).orElseThrow();
    Channel channel = new Catalog(bench.ports()).channel(placed.content().form().channel()).orElseThrow();
    return Slip.of(packed, placed, channel, placed.content().names(Map.of()));
  }

  private Contents all(OrderId order) {
    return new Contents(FulfillmentId.of(order, 1), order, new LocationId("leipzig"),
        new Orders(bench.ports()).placed(order).orElseThrow().content().shippedLines(), List.of());
  }

  private static Parcel parcel(FulfillmentId fulfillment, int number, LineQuantity line) {
    return new Parcel(ParcelId.of(fulfillment, number), List.of(line), 620, 300, 200, 150, null, null);
  }

  private OrderId order(String form) throws IOException {
    return new OrderId((String) Json.readObject(
        run(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(), form)).get("id"));
  }

  private static String event(String name) throws IOException {
    return Files.readString(Path.of("../../events", name));
  }

  private String run(RequestStreamHandler function, String method, String path, Map<String, String> parameters,
      String body) throws IOException {
    var out = new ByteArrayOutputStream();
    function.handleRequest(bench.httpEvent(method, path, parameters, Map.of(), Map.of(), body, "operator",
        "catalog:write", "orders:place"), out, null);
    Map<String, Object> answer = Json.readObject(out.toString(StandardCharsets.UTF_8));
    assertThat(answer).containsEntry("statusCode", 201L);
    return (String) answer.get("body");
  }
}
