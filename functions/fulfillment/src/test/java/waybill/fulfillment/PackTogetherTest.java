package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.Floor.Answer;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LocationId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.orders.Orders.Together;
import waybill.platform.Json;
import waybill.platform.Sender;

/** A fulfillment that is put into the parcel of another order. */
class PackTogetherTest {
  private static final Map<String, String> KEY = Map.of("idempotency-key", "k-1");
  private static final FulfillmentId LEAD = fulfillment(2, 1);
  private static final ParcelId SHARED = ParcelId.of(LEAD, 1);
  private static final Parcel LABELLED = new Parcel(SHARED, List.of(line(0, "MUG", 1)), 900, 300, 200, 150, "DHL",
      "00340434161094042557");
  private static final String OWN = """
      {"parcels": [{"lines": [{"line_id": "line_0", "quantity": 3}], "weight_grams": 1, "length_mm": 1, "width_mm": 1, \
      "height_mm": 1}]%s}""";

  private final Floor floor = new Floor();
  private final Map<FulfillmentId, Together> together = new HashMap<>();
  private FulfillmentId id;

  @BeforeEach
  void open() {
    floor.holds("berlin", "TEA", 9);
    id = floor.open(1, line(0, "TEA", 3));
    floor.bench.forgetSent();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private Answer pack(String body) {
    var handler = new PackFulfillmentHandler(FulfillmentTable.fulfillments(floor.bench.ports()), _ -> false,
        new Companions(_ -> together), new ContentWeights(_ -> Map.of()), _ -> Scales.NONE, (_, _) -> List.of(),
        new Sender<>(floor.bench.ports()));
    return floor.pack(handler, id.value(), KEY, body);
  }

  private static String into(ParcelId parcel) {
    return "{\"with_parcel\": \"%s\"}".formatted(parcel);
  }

  @Test
  void allOfItGoesIntoTheOthersParcelWithItsSizeAndItsLabel() {
    together.put(id, new Together(LEAD, false, List.of(LABELLED), false));
    Answer packed = pack(into(SHARED));

    assertThat(packed.status()).isEqualTo(200);
    assertThat(packed.body()).isEqualTo(floor.get(id).body());
    var expected = new FulfillmentPacked(order(1), id, new LocationId("berlin"), List.of(line(0, "TEA", 3)),
        List.of(new Parcel(ParcelId.of(id, 1), List.of(line(0, "TEA", 3)), 900, 300, 200, 150, "DHL",
            "00340434161094042557")));
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).containsExactly(expected);

    together.put(id, new Together(LEAD, false, List.of(LABELLED), true));
    assertThat(pack(into(SHARED)).status()).as("again, after it has left").isEqualTo(200);
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).containsExactly(expected, expected);
  }

  @Test
  void itIsNotPackedForItselfBeforeTheLeadUnlessThePackerSaysSo() {
    together.put(id, new Together(LEAD, false, List.of(), false));
    assertThat(pack(OWN.formatted("")).body()).containsEntry("code", "packs_with");
    assertThat(pack(into(SHARED)).body()).containsEntry("code", "not_labelled");
    assertThat(floor.bench.sent()).isEmpty();
    assertThat(pack(OWN.formatted(", \"alone\": true")).status()).isEqualTo(200);
  }

  @Test
  void whatHasLeftTakesNothingMore() {
    together.put(id, new Together(LEAD, false, List.of(LABELLED), true));
    assertThat(pack(into(SHARED)).body()).containsEntry("code", "already_left");
    assertThat(pack(OWN.formatted("")).status()).isEqualTo(200);
  }

  @Test
  void onlyAParcelOfTheOrderThatLeadsIsShared() {
    assertThat(pack(into(SHARED)).errors()).containsExactly("/with_parcel unknown");
    together.put(id, new Together(LEAD, true, List.of(LABELLED), false));
    assertThat(pack(into(SHARED)).errors()).containsExactly("/with_parcel unknown");
    together.put(id, new Together(LEAD, false, List.of(LABELLED), false));
    assertThat(pack(into(ParcelId.of(fulfillment(3, 1), 1))).errors()).containsExactly("/with_parcel unknown");
    assertThat(pack("{\"with_parcel\": \"%s\", \"parcels\": []}".formatted(SHARED)).errors())
        .containsExactly("/parcels not_allowed");
    assertThat(pack("{\"with_parcel\": \"box\"}").errors()).contains("/with_parcel invalid");
    assertThat(pack("{}").errors()).containsExactly("/parcels required");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void theLeadIsPackedAsAnyOther() {
    together.put(id, new Together(LEAD, true, List.of(), false));
    assertThat(pack(OWN.formatted("")).status()).isEqualTo(200);
  }

  @Test
  void whoeverReadsWhatIsToBePackedSeesWhatItIsPackedWith() {
    var companions = new Companions(_ -> together);
    var stored = FulfillmentTable.find(FulfillmentTable.fulfillments(floor.bench.ports()), id).orElseThrow();
    assertThat(companions.shown(List.of(stored)).getFirst()).containsEntry("packs_with", null);
    together.put(id, new Together(LEAD, false, List.of(LABELLED), false));
    assertThat(Json.object(companions.shown(List.of(stored)).getFirst().get("packs_with")))
        .containsEntry("fulfillment_id", LEAD.value()).containsEntry("order_id", LEAD.order().value())
        .containsEntry("role", "companion").containsEntry("parcels", List.of(SHARED.value()));
  }
}
