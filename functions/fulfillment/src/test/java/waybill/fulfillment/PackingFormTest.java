package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import waybill.catalog.Product;
import waybill.fulfillment.Scales.Measures;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Json;
import waybill.platform.Problem;
import waybill.workbench.RequestSchema;

class PackingFormTest {
  private static final ContentWeights WEIGHTS = new ContentWeights(skus -> skus.stream()
      .collect(
          Collectors.toMap(it -> it, it -> new Product(it, "Tea", it.value().equals("AIR") ? 0 : 200, 10, 10, 10, true,
              null, null, null, Map.of()))));

  private static final Scales M = (_, _, _) -> Optional.of(new Measures(300, 200, 150, 260, 10_000, true));

  @Test
  void parcelsAreReadAsOpenapiDescribesThem() {
    var id = FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1);
    List<LineQuantity> lines = List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA"), 4));
    assertThat(RequestSchema.of("PackingForm").misfits(
        """
            {"with_parcel": "par_8wbx56kav7d3kerhkfart51jp5_1_1", "alone": true,
             "parcels": [{"lines": [{"line_id": "line_1", "quantity": 2}], "weight_grams": 620, "length_mm": 300,
                          "width_mm": 200, "height_mm": 150, "carrier": "DHL", "tracking_number": "00340434161094042557"},
                         {"lines": [{"line_id": "line_1", "quantity": 1}], "packaging_grams": 80, "length_mm": 300, "width_mm": 200,
                          "height_mm": 150, "carrier": "DHL", "tracking_number": "00340434161094042558"},
                         {"lines": [{"line_id": "line_1", "quantity": 1}], "box_id": "m", "weight_grams": 260, "weight_checked": true,
                          "length_mm": 300, "width_mm": 200, "height_mm": 150, "carrier": "DHL", "tracking_number": "00340434161094042559"}]}""",
        fields -> List.of(PackFulfillmentHandler.Form.read(fields), Packing.read(id, lines, 1, fields, WEIGHTS, M)),
        "/parcels", "/parcels/0/weight_grams", "/parcels/0/carrier", "/parcels/0/tracking_number", "/parcels/1/carrier",
        "/parcels/1/tracking_number", "/parcels/2/box_id", "/parcels/2/carrier",
        "/parcels/2/tracking_number")).isEmpty();
  }

  private static List<Parcel> read(String body, String sku) {
    return Packing.read(FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1),
        List.of(new LineQuantity(new LineId("line_1"), new Sku(sku), 2)), 1, Fields.of(Json.readObject(body)), WEIGHTS,
        Scales.NONE);
  }

  private static String parcel(String weight) {
    return """
        {"parcels": [{"lines": [{"line_id": "line_1", "quantity": 2}], %s "length_mm": 300, "width_mm": 200, "height_mm": 150}]}"""
        .formatted(weight);
  }

  @Test
  void aParcelThatNobodyWeighedWeighsWhatItsProductsAndItsBoxWeigh() {
    assertThat(read(parcel(""), "TEA").getFirst().weightGrams()).isEqualTo(400);
    assertThat(read(parcel("\"packaging_grams\": 85,"), "TEA").getFirst().weightGrams()).isEqualTo(485);
    assertThat(read(parcel("\"weight_grams\": 444,"), "AIR").getFirst().weightGrams()).isEqualTo(444);
  }

  @Test
  void aProductWithoutAWeightIsRefusedByNameAndAScaleIsNotAddedTo() {
    assertThatThrownBy(() -> read(parcel(""), "AIR")).isInstanceOfSatisfying(Problem.class,
        it -> assertThat(it.body().get("errors").toString()).contains("/parcels/0/weight_grams", "no weight of AIR"));
    assertThatThrownBy(() -> read(parcel("\"weight_grams\": 444, \"packaging_grams\": 85,"), "TEA"))
        .isInstanceOfSatisfying(Problem.class,
            it -> assertThat(it.body().get("errors").toString()).contains("/parcels/0/packaging_grams"));
  }

  @Test
  void aLineThatIsUnknownIsRefusedBesideAProductWithoutAWeightInABox() {
    Scales unweighed = (_, _, _) -> Optional.of(new Measures(300, 200, 150, 0, 10_000, true));
    String body = """
        {"parcels": [{"lines": [{"line_id": "line_1", "quantity": 2}, {"line_id": "line_9", "quantity": 1}], "box_id": "m"}]}""";
    assertThatThrownBy(() -> Packing.read(FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1),
        List.of(new LineQuantity(new LineId("line_1"), new Sku("AIR"), 2)), 1, Fields.of(Json.readObject(body)),
        WEIGHTS, unweighed)).isInstanceOfSatisfying(Problem.class,
            it -> assertThat(it.body().get("errors").toString()).contains("/parcels/0/lines/1/line_id", "unknown_line",
                "/parcels/0/weight_grams", "no weight of AIR"));
  }
}
