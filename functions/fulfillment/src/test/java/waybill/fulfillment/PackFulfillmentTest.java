package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.refused;
import static waybill.fulfillment.Floor.released;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.fulfillment.Floor.Answer;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LocationId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.StockMessages.StockAllocated;
import waybill.platform.Sender;
import waybill.workbench.Faults;

class PackFulfillmentTest {
  private static final Map<String, String> KEY = Map.of("idempotency-key", "k-1");
  private static final Map<String, String> OTHER_KEY = Map.of("idempotency-key", "k-2");
  private static final String TWO_PARCELS = parcels(
      """
          {"lines": [{"line_id": "line_0", "quantity": 2}], "weight_grams": 450, "length_mm": 200, "width_mm": 150, "height_mm": 100},
          {"lines": [{"line_id": "line_0", "quantity": 1}, {"line_id": "line_1", "quantity": 1}], "weight_grams": 700, "length_mm": 300, "width_mm": 200, \
          "height_mm": 120, "carrier": "DHL", "tracking_number": "00340434161094042557"}""");
  private static final String ONE_PARCEL = parcels(
      """
          {"lines": [{"line_id": "line_0", "quantity": 3}, {"line_id": "line_1", "quantity": 1}], \
          "weight_grams": 1, "length_mm": 1, "width_mm": 1, "height_mm": 1}""");

  private final Floor floor = new Floor();
  private FulfillmentId id;

  @BeforeEach
  void open() {
    floor.holds("berlin", "TEA", 9, "MUG", 9);
    id = floor.open(1, line(0, "TEA", 3), line(1, "MUG", 1));
    floor.bench.forgetSent();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void nothingOfAnOrderOnHoldIsPackedAndARepeatedRequestFindsWhatItDid() {
    boolean[] stopped = {true};
    var handler = new PackFulfillmentHandler(FulfillmentTable.fulfillments(floor.bench.ports()), _ -> stopped[0],
        new Companions(_ -> Map.of()), new ContentWeights(_ -> Map.of()), _ -> Scales.NONE, (_, _) -> List.of(),
        new Sender<>(floor.bench.ports()));

    Answer refused = floor.pack(handler, id.value(), KEY, ONE_PARCEL);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).containsEntry("code", "on_hold");
    assertThat(floor.bench.sent()).isEmpty();

    stopped[0] = false;
    assertThat(floor.pack(handler, id.value(), KEY, ONE_PARCEL).status()).isEqualTo(200);
    stopped[0] = true;
    assertThat(floor.pack(handler, id.value(), KEY, ONE_PARCEL).status()).as("held since").isEqualTo(200);
  }

  @Test
  void anOpenFulfillmentIsPackedAndTheOrderHearsOfIt() {
    Answer answer = floor.pack(id, KEY, TWO_PARCELS);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("status", "packed").isEqualTo(floor.get(id).body());
    assertThat(answer.headers()).containsEntry("etag", "\"3\"");
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).containsExactly(
        new FulfillmentPacked(order(1), id, new LocationId("berlin"), List.of(line(0, "TEA", 3), line(1, "MUG", 1)),
            List.of(new Parcel(ParcelId.of(id, 1), List.of(line(0, "TEA", 2)), 450, 200, 150, 100, null, null),
                new Parcel(ParcelId.of(id, 2), List.of(line(0, "TEA", 1), line(1, "MUG", 1)), 700, 300, 200, 120, "DHL",
                    "00340434161094042557"))));
  }

  @Test
  void aPackingThatIsRepeatedAnswersTheSameAndIsSentAgain() {
    var headers = Map.of("idempotency-key", "k-1", "if-match", "\"2\"");
    Answer first = floor.pack(id, headers, TWO_PARCELS);
    floor.bench.clock().advance(Duration.ofDays(2));

    assertThat(floor.pack(id, headers, TWO_PARCELS)).isEqualTo(first);

    assertThat(floor.bench.sentTo(AdvanceOrder.class)).hasSize(2).containsOnly(floor.bench.sent().getFirst().message());
  }

  @Test
  void theKeyOfAPackingCannotPackOtherParcels() {
    floor.pack(id, KEY, TWO_PARCELS);

    Answer answer = floor.pack(id, KEY, ONE_PARCEL);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).containsEntry("code", "idempotency_key_reused");
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).hasSize(1);
  }

  @Test
  void whatIsPackedIsNotPackedAgain() {
    floor.pack(id, KEY, TWO_PARCELS);

    Answer answer = floor.pack(id, OTHER_KEY, TWO_PARCELS);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).containsEntry("code", "already_packed");
  }

  @Test
  void whatIsNotAllocatedOrWasRefusedIsNotPacked() {
    floor.plan(released(2, line(0, "TEA", 3), line(1, "MUG", 1)));
    assertThat(floor.pack(fulfillment(2, 1), KEY, ONE_PARCEL)).satisfies(it -> {
      assertThat(it.status()).isEqualTo(409);
      assertThat(it.body()).containsEntry("code", "not_allocated");
    });

    floor.plan(refused(floor.planned().getLast()));
    assertThat(floor.pack(fulfillment(2, 1), KEY, ONE_PARCEL)).satisfies(it -> {
      assertThat(it.status()).isEqualTo(409);
      assertThat(it.body()).containsEntry("code", "refused");
    });
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).isEmpty();
  }

  @Test
  void stockAllocatedThatIsToldLateLeavesItPacked() {
    floor.pack(id, KEY, TWO_PARCELS);
    floor.bench.forgetSent();

    assertThat(floor.plan(new StockAllocated(order(1), id, new LocationId("berlin"), List.of(line(0, "TEA", 3)))))
        .isEmpty();

    assertThat(floor.status(id)).isEqualTo("packed");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void aPackingNeedsAKeyAndAJsonBodyAndAFulfillment() {
    assertThat(floor.pack(id, Map.of(), ONE_PARCEL).body()).containsEntry("status", 400L).containsEntry("code",
        "idempotency_key_required");
    assertThat(floor.pack(id, KEY, "{\"parcels\":").body()).containsEntry("status", 400L).containsEntry("code",
        "malformed_json");
    assertThat(floor.pack(id, KEY, "[]").body()).containsEntry("status", 400L);
    assertThat(floor.pack(fulfillment(9, 1), KEY, ONE_PARCEL).status()).isEqualTo(404);
    assertThat(floor.pack(floor.bench.dynamo(), "ful_1", KEY, ONE_PARCEL).status()).isEqualTo(404);
  }

  @Test
  void unitsThatAreMissingOrTooManyAreNamedWithTheirCounts() {
    Answer answer = floor.pack(id, KEY, parcels(
        """
            {"lines": [{"line_id": "line_0", "quantity": 4}], "weight_grams": 1, "length_mm": 1, "width_mm": 1, "height_mm": 1}"""));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errors()).containsExactly("/parcels too_many_units", "/parcels missing_units");
    assertThat(answer.body().get("errors").toString()).contains("line_0 (TEA): the parcels hold 4 of 3",
        "line_1 (MUG): the parcels hold 0 of 1");
    assertThat(floor.status(id)).isEqualTo("open");
  }

  @Test
  void everyFieldThatIsWrongIsToldAtOnce() {
    Answer answer = floor.pack(id, KEY,
        """
            {"parcels": [
              {"lines": [{"line_id": "line_0", "quantity": 0}, {"line_id": "line_0", "quantity": 1},
             {"line_id": "line_7", "quantity": 1}, {"line_id": "x", "quantity": 1.5}],
               "weight_grams": 0, "length_mm": -1, "width_mm": "3", "height_mm": 1e99, "carrier": "DHL"},
              {"lines": [], "weight_grams": 10000001, "length_mm": 1, "width_mm": 1, "colour": "red", "tracking_number": "1 2 3"}, 7], "note": "x"}""");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errors()).containsExactlyInAnyOrder("/parcels/0/lines/0/quantity out_of_range",
        "/parcels/0/lines/1/line_id duplicate",
        "/parcels/0/lines/2/line_id unknown_line", "/parcels/0/lines/3/line_id invalid",
        "/parcels/0/lines/3/quantity wrong_type",
        "/parcels/0/weight_grams out_of_range", "/parcels/0/length_mm out_of_range", "/parcels/0/width_mm wrong_type",
        "/parcels/0/height_mm wrong_type",
        "/parcels/0/tracking_number required", "/parcels/1/lines wrong_count", "/parcels/1/weight_grams out_of_range",
        "/parcels/1/height_mm required",
        "/parcels/1/tracking_number invalid", "/parcels/1/carrier required", "/parcels/2 wrong_type",
        "/parcels/1/colour unknown", "/note unknown");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void noParcelsOrTooManyAreRefused() {
    String parcel = "{\"lines\": [{\"line_id\": \"line_0\", \"quantity\": 1}], \"weight_grams\": 1, \"length_mm\": 1, \"width_mm\": 1, \"height_mm\": 1}";

    assertThat(floor.pack(id, KEY, "{}").errors()).containsExactly("/parcels required");
    assertThat(floor.pack(id, KEY, "{\"parcels\": []}").errors()).containsExactly("/parcels wrong_count");
    assertThat(floor.pack(id, KEY, parcels(String.join(",", java.util.Collections.nCopies(101, parcel)))).errors())
        .containsExactly("/parcels wrong_count");
  }

  @Test
  void aPackingOfAnotherRevisionIsRefused() {
    Answer answer = floor.pack(id, Map.of("idempotency-key", "k-1", "if-match", "\"1\""), ONE_PARCEL);

    assertThat(answer.status()).isEqualTo(412);
    assertThat(floor.pack(id, Map.of("idempotency-key", "k-1", "if-match", "\"2\""), ONE_PARCEL).status())
        .isEqualTo(200);
  }

  @Test
  void ofTwoPackersAtOnceOnePacks() throws Exception {
    List<Callable<Answer>> packers = IntStream.range(0, 6)
        .<Callable<Answer>>mapToObj(packer -> () -> floor.pack(id, Map.of("idempotency-key", "k-" + packer),
            packer % 2 == 0 ? ONE_PARCEL : TWO_PARCELS))
        .toList();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var statuses = threads.invokeAll(packers).stream().map(it -> it.resultNow().status()).toList();

      assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
    }
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).hasSize(1);
  }

  @Test
  void aPackingThatWasWrittenButNotSentIsSentWhenItIsRepeated() {
    floor.bench.refuseNextSends(1);

    Answer answer = floor.pack(id, KEY, ONE_PARCEL);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsEntry("retry-after", "1");
    assertThat(floor.pack(id, KEY, ONE_PARCEL).status()).isEqualTo(200);
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).hasSize(1);
  }

  @Test
  void aCrashAtAnyCallEndsTheSameOnceThePackerAsksAgain() {
    var faults = new Faults();
    DynamoDbClient dynamo = faults.in(DynamoDbClient.class, floor.bench.dynamo());
    int order = 1;
    for (boolean afterEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 3; call++) {
        floor.holds("berlin", "TEA", 9, "MUG", 9);
        FulfillmentId open = floor.open(++order, line(0, "TEA", 3), line(1, "MUG", 1));
        floor.bench.forgetSent();
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));

        assertThat(floor.pack(dynamo, open.value(), KEY, ONE_PARCEL).status()).isEqualTo(500);
        assertThat(floor.bench.sent()).isEmpty();
        faults.stop();
        assertThat(floor.pack(open, KEY, ONE_PARCEL).body()).containsEntry("status", "packed").containsEntry("revision",
            3L);
        assertThat(floor.bench.sentTo(AdvanceOrder.class)).hasSize(1);
      }
    }
  }

  private static String parcels(String parcels) {
    return "{\"parcels\": [" + parcels + "]}";
  }
}
