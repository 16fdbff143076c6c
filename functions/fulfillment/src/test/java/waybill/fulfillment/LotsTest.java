package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.Floor.Answer;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.ExpiryDate;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.Parcel;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockAllocated;

/** What packers hear of lots. */
class LotsTest {
  private static final LotQuantity THREE_OF_A = lot("A", "2027-03-31", 3);
  private static final LotQuantity TWO_OF_B = lot("B", "2027-06-30", 2);

  private final Floor floor = new Floor();
  private final FulfillmentId id = fulfillment(1, 1);

  private static LotQuantity lot(String number, String day, int units) {
    return new LotQuantity(new LineId("line_0"), new Sku("TEA"), new LotNumber(number), new ExpiryDate(day), units);
  }

  @BeforeEach
  void fiveUnitsOfTwoLotsAreAllocated() {
    floor.holds("berlin", "TEA", 9);
    floor.plan(released(1, line(0, "TEA", 5)));
    floor.plan(new StockAllocated(order(1), id, new LocationId("berlin"), List.of(line(0, "TEA", 5)), 0,
        List.of(THREE_OF_A, TWO_OF_B)));
    floor.bench.forgetSent();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private Answer report(String key, String line) {
    return floor.report(id, Map.of("idempotency-key", key), """
        {"lines":[{"line_id":"line_0",%s}],"reason":"damaged"}""".formatted(line));
  }

  @Test
  void theFulfillmentShowsItsLotsTheFirstToExpireFirst() {
    assertThat(floor.get(id).body().get("lots").toString())
        .isEqualTo("[{line_id=line_0, sku=TEA, lot=A, expires_on=2027-03-31, quantity=3}, "
            + "{line_id=line_0, sku=TEA, lot=B, expires_on=2027-06-30, quantity=2}]");
  }

  @Test
  void parcelsShareTheLotsInTheirOrderAndARepeatedPackingIsTheSame() {
    String parcels = """
        {"parcels":[{"lines":[{"line_id":"line_0","quantity":4}],"weight_grams":1,"length_mm":1,"width_mm":1,"height_mm":1},
         {"lines":[{"line_id":"line_0","quantity":1}],"weight_grams":1,"length_mm":1,"width_mm":1,"height_mm":1}]}""";
    for (int i = 0; i < 2; i++) {
      assertThat(floor.pack(id, Map.of("idempotency-key", "k"), parcels).status()).isEqualTo(200);
    }

    var packed = (FulfillmentPacked) floor.bench.sentTo(AdvanceOrder.class).getFirst();
    assertThat(packed.parcels()).extracting(Parcel::lots).containsExactly(
        List.of(THREE_OF_A, lot("B", "2027-06-30", 1)), List.of(lot("B", "2027-06-30", 1)));
  }

  @Test
  void whoMissesUnitsOfALineWithSeveralLotsSaysOfWhich() {
    assertThat(report("a", "\"quantity\":1").body().toString()).contains("/lines/0/lot", "required", "A, B");
    assertThat(report("b", "\"quantity\":1,\"lot\":\"C\"").body().toString()).contains("wrong_lot");
    assertThat(report("c", "\"quantity\":3,\"lot\":\"B\"").body().toString()).contains("too_many_units");

    for (int i = 0; i < 2; i++) {
      assertThat(report("d", "\"quantity\":2,\"lot\":\"A\"").status()).isEqualTo(200);
    }

    assertThat(floor.reported()).allSatisfy(it -> assertThat(it.lots()).containsExactly(lot("A", "2027-03-31", 2)));
    assertThat(floor.get(id).body().get("lots").toString()).contains("lot=A, expires_on=2027-03-31, quantity=1",
        "lot=B, expires_on=2027-06-30, quantity=2");
    assertThat(report("d", "\"quantity\":2,\"lot\":\"B\"").body()).containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void aLineOfOneLotNeedsNotNameIt() {
    report("a", "\"quantity\":3,\"lot\":\"A\"");

    assertThat(report("b", "\"quantity\":1").status()).isEqualTo(200);

    assertThat(floor.reported().getLast().lots()).containsExactly(lot("B", "2027-06-30", 1));
  }
}
