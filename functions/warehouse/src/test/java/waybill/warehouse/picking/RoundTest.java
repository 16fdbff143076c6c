package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.warehouse.BinId;
import waybill.warehouse.picking.Block.Spot;
import waybill.warehouse.picking.Round.Change;
import waybill.warehouse.picking.Round.Effect;
import waybill.warehouse.picking.Round.Expects;
import waybill.warehouse.picking.Round.ScannedBin;

class RoundTest {
  private static final Words EN = Words.of(null);
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final FulfillmentId O1 = fulfillment("o1");
  private static final FulfillmentId O2 = fulfillment("o2");
  private static final int PLENTY = 100;

  @Test
  void a_pick_is_a_bin_its_units_and_a_tote() {
    Round round = round(pick("A-1", "TEA", O1, 2), pick("B-1", "MUG", O1, 1));

    assertThat(round.expects()).isEqualTo(Expects.BIN);
    assertThat(round.instruction(EN)).isEqualTo("Go to bin A-1.");
    round = bin(round, "A-1");
    assertThat(round.instruction(EN)).isEqualTo("Take 2 of TEA (Tea).");
    round = unit(round, "TEA", 1);
    assertThat(round.instruction(EN)).startsWith("Take 1 more of TEA (Tea), or put 1 into an empty tote");
    round = unit(round, "4006381333931", 1);
    assertThat(round.expects()).isEqualTo(Expects.TOTE);
    Change put = accepted(round.scan(EN, "T-1", 1, Optional.of(tote("T-1", null)), PLENTY));
    assertThat(put.effect()).isEqualTo(new Effect.Put(round.current().orElseThrow(), 2, new BinId("T-1")));
    assertThat(put.round().instruction(EN)).isEqualTo("Go to bin B-1.");
  }

  @Test
  void the_first_tote_of_an_order_is_its_tote_and_no_unit_of_another_order_goes_in() {
    Round round = put(unit(bin(round(pick("A-1", "TEA", O1, 1), pick("A-1", "TEA", O2, 1), pick("B-1", "MUG", O1, 1)),
        "A-1"), "TEA", 1), "T-1");
    round = unit(round, "TEA", 1);

    assertThat(refused(round.scan(EN, "T-1", 1, Optional.of(tote("T-1", O1)), PLENTY)).code()).isEqualTo("other_order");
    round = put(round, "T-2");
    round = unit(bin(round, "B-1"), "MUG", 1);
    Refused wrong = refused(round.scan(EN, "T-2", 1, Optional.of(tote("T-2", O2)), PLENTY));
    assertThat(wrong.code()).isEqualTo("other_order");
    assertThat(wrong.detail()).isEqualTo("Tote T-2 holds another order: Put 1 of MUG (Mug) into tote T-1.");
    assertThat(refused(round.scan(EN, "T-3", 1, Optional.of(tote("T-3", null)), PLENTY)).code())
        .isEqualTo("wrong_tote");
    assertThat(put(round, "T-1").instruction(EN)).isEqualTo("All is picked: bring T-1, T-2 to packing.");
  }

  @Test
  void the_tote_of_an_order_of_another_round_is_refused() {
    Round round = unit(bin(round(pick("A-1", "TEA", O1, 1)), "A-1"), "TEA", 1);

    assertThat(refused(round.scan(EN, "T-1", 1, Optional.of(tote("T-1", O2)), PLENTY)).code()).isEqualTo("other_order");
    assertThat(
        refused(round.scan(EN, "A-1", 1, Optional.of(new ScannedBin(new BinId("A-1"), false, false, null)), PLENTY))
            .code())
        .isEqualTo("no_tote");
    assertThat(refused(round.scan(EN, "TEA", 1, Optional.empty(), PLENTY)).code()).isEqualTo("no_tote");
  }

  @Test
  void a_wrong_scan_says_what_is_wrong() {
    Round round = round(pick("A-1", "TEA", O1, 2), pick("B-1", "MUG", O1, 1));

    assertThat(refused(round.scan(EN, "B-1", 1, Optional.of(bin("B-1")), PLENTY)).detail())
        .isEqualTo("B-1 is not the bin: go to A-1.");
    assertThat(
        refused(round.scan(EN, "A-1", 1, Optional.of(new ScannedBin(new BinId("A-1"), true, false, null)), PLENTY))
            .detail())
        .isEqualTo("Bin A-1 is locked: skip it, and ask why.");
    Round there = bin(round, "A-1");
    assertThat(refused(there.scan(EN, "MUG", 1, Optional.empty(), PLENTY)).detail())
        .isEqualTo("That is MUG (Mug), which comes later: take TEA (Tea).");
    assertThat(refused(there.scan(EN, "SOAP", 1, Optional.empty(), PLENTY)).detail())
        .isEqualTo("SOAP is not TEA (Tea): put it back.");
    assertThat(refused(there.scan(EN, "TEA", 3, Optional.empty(), PLENTY)).detail())
        .isEqualTo("Take 2 of TEA (Tea) and no more.");
  }

  @Test
  void a_unit_that_is_tracked_by_lots_shows_its_lot_first() {
    Round round = bin(round(lot(pick("A-1", "TEA", O1, 2), "L1")), "A-1");

    assertThat(round.expects()).isEqualTo(Expects.LOT);
    assertThat(refused(round.scan(EN, "L2", 1, Optional.empty(), PLENTY)).code()).isEqualTo("wrong_lot");
    round = accepted(round.scan(EN, "L1", 1, Optional.empty(), PLENTY)).round();
    assertThat(round.expects()).isEqualTo(Expects.UNIT);
    assertThat(unit(round, "TEA", 2).expects()).isEqualTo(Expects.TOTE);
  }

  @Test
  void what_is_skipped_comes_last() {
    Round round = round(pick("A-1", "TEA", O1, 1), pick("B-1", "MUG", O1, 1));
    round = accepted(round.skip(EN)).round();

    assertThat(round.instruction(EN)).isEqualTo("Go to bin B-1.");
    round = put(unit(bin(round, "B-1"), "MUG", 1), "T-1");
    assertThat(round.instruction(EN)).isEqualTo("Go to bin A-1.");
    assertThat(refused(unit(bin(round, "A-1"), "TEA", 1).skip(EN)).code()).isEqualTo("hand_full");
  }

  @Test
  void an_order_whose_tote_is_full_takes_one_more() {
    Round round = put(unit(bin(round(pick("A-1", "TEA", O1, 5)), "A-1"), "TEA", 2), "T-1");
    round = unit(round, "TEA", 3);
    round = accepted(round.toteFull(EN)).round();

    assertThat(refused(round.scan(EN, "T-1", 1, Optional.of(tote("T-1", O1)), PLENTY)).code()).isEqualTo("tote_full");
    round = put(round, "T-2");
    assertThat(round.totes()).containsExactly(new BinId("T-1"), new BinId("T-2"));
    assertThat(round.isDone()).isTrue();
    assertThat(refused(round(pick("A-1", "TEA", O1, 5)).toteFull(EN)).code()).isEqualTo("no_tote_yet");
  }

  @Test
  void of_five_units_three_are_kept_and_two_are_missing() {
    Round round = put(unit(bin(round(pick("A-1", "TEA", O1, 5), pick("B-1", "MUG", O1, 1)), "A-1"), "TEA", 3), "T-1");

    Change missing = accepted(round.missing(EN));

    assertThat(missing.effect()).isEqualTo(new Effect.Missing(round.current().orElseThrow(), 2));
    assertThat(missing.round().picks().getFirst().picked()).isEqualTo(3);
    assertThat(missing.round().instruction(EN)).isEqualTo("Go to bin B-1.");
    assertThat(refused(unit(round, "TEA", 1).missing(EN)).code()).isEqualTo("hand_full");
    assertThat(refused(round(pick("A-1", "TEA", O1, 5)).missing(EN)).code()).isEqualTo("not_at_bin");
  }

  @Test
  void missing_units_are_taken_from_the_other_bin_on_the_way() {
    Round round = round(pick("A-1", 1, 1, "TEA", O1, 5), pick("B-1", 2, 1, "MUG", O1, 1),
        pick("C-9", 9, 9, "SOAP", O1, 1));
    Pick tea = round.picks().getFirst();
    Round without = accepted(bin(round, "A-1").missing(EN)).round();

    Round next = without.taking(List.of(tea.from(
        new Pick.Source(new BinId("B-2"), null, new Spot(2, 2), null, null, 10), 5)));

    assertThat(next.picks()).filteredOn(Pick::isOpen).extracting(it -> it.bin().value())
        .containsExactly("B-1", "B-2", "C-9");
  }

  @Test
  void a_bin_that_should_be_empty_is_looked_into() {
    Round round = unit(bin(round(pick("A-1", "TEA", O1, 2), pick("B-1", "MUG", O1, 1)), "A-1"), "TEA", 2);
    round = accepted(round.scan(EN, "T-1", 1, Optional.of(tote("T-1", null)), 2)).round();

    assertThat(round.instruction(EN)).isEqualTo("Is bin A-1 empty?");
    assertThat(refused(round.scan(EN, "B-1", 1, Optional.of(bin("B-1")), PLENTY)).code()).isEqualTo("answer_first");
    Change not = accepted(round.looked(EN, false, 2));
    assertThat(not.effect()).isEqualTo(new Effect.Count(new BinId("A-1"), 2));
    assertThat(not.round().instruction(EN)).isEqualTo("Go to bin B-1.");
    assertThat(accepted(round.looked(EN, true, null)).effect()).isNull();
    assertThat(refused(not.round().looked(EN, true, null)).code()).isEqualTo("not_asked");
  }

  @Test
  void a_round_is_one_persons_until_that_person_is_silent() {
    Round round = accepted(round(pick("A-1", "TEA", O1, 2)).takenBy("ada", NOW));

    assertThat(refused(round.takenBy("bob", NOW.plusSeconds(599))).code()).isEqualTo("held_by_other");
    Round bobs = accepted(round.takenBy("bob", NOW.plusSeconds(600)));
    assertThat(refused(bobs.workedOnBy("ada", NOW.plusSeconds(601))).code()).isEqualTo("not_yours");
    assertThat(accepted(round.workedOnBy("ada", NOW.plusSeconds(900))).until()).isEqualTo(NOW.plusSeconds(1_500));
  }

  @Test
  void what_was_given_back_is_anybodys_and_what_was_in_hand_lies_in_its_bin() {
    Round round = unit(bin(accepted(round(pick("A-1", "TEA", O1, 2)).takenBy("ada", NOW)), "A-1"), "TEA", 1);

    Round bobs = accepted(round.released().takenBy("bob", NOW));

    assertThat(bobs.instruction(EN)).isEqualTo("Go to bin A-1.");
    assertThat(bobs.hand()).isZero();
  }

  @Test
  void what_is_cancelled_is_not_picked_any_more() {
    Round round = put(unit(bin(round(pick("A-1", "TEA", O1, 2), pick("B-1", "MUG", O1, 1), pick("B-1", "MUG", O2, 1)),
        "A-1"), "TEA", 1), "T-1");

    Round.Reduced reduced = round.following(O1, Map.of());

    assertThat(reduced.letGo()).extracting(Round.LetGo::units).containsExactly(1, 1);
    assertThat(reduced.round().current().orElseThrow().fulfillment()).isEqualTo(O2);
    assertThat(reduced.round().following(O1, Map.of()).letGo()).isEmpty();
  }

  @Test
  void an_order_that_wants_fewer_units_has_fewer_picked() {
    Round round = unit(bin(round(pick("A-1", "TEA", O1, 5)), "A-1"), "TEA", 5);

    Round.Reduced reduced = round.following(O1, Map.of(line("TEA"), 3));

    assertThat(reduced.letGo()).extracting(Round.LetGo::units).containsExactly(2);
    assertThat(reduced.round().instruction(EN)).startsWith("Put 3 of TEA (Tea)");
  }

  @Test
  void what_others_found_missing_leaves_its_bin_in_this_round_too() {
    Round round = round(pick("A-1", "TEA", O1, 5), pick("A-1", "TEA", O2, 1), pick("B-1", "TEA", O2, 1));

    Round.Reduced reduced = round.leaving(new BinId("A-1"), new Sku("TEA"), null);

    assertThat(reduced.letGo()).extracting(Round.LetGo::units).containsExactly(5, 1);
    assertThat(reduced.round().instruction(EN)).isEqualTo("Go to bin B-1.");
  }

  @Test
  void the_latest_scans_are_known_again() {
    Round round = round(pick("A-1", "TEA", O1, 1));
    for (int i = 0; i < 100; i++) {
      round = round.hearing("scan-" + i);
    }

    assertThat(round.hasHeard("scan-99")).isTrue();
    assertThat(round.hasHeard("scan-60")).isTrue();
    assertThat(round.hasHeard("scan-59")).isFalse();
  }

  private static Round round(Pick... picks) {
    List<Round.Order> orders = List.of(picks).stream().map(Pick::fulfillment).distinct()
        .map(it -> new Round.Order(it, List.of(), false)).toList();
    return new Round(RoundId.of(new LocationId("leipzig"), "key", 1), new LocationId("leipzig"), "dhl",
        NOW.plusSeconds(3_600), 1, "cart", null, null, orders, List.of(picks), null, false, 0, null, List.of());
  }

  private static Pick pick(String bin, String sku, FulfillmentId of, int quantity) {
    return pick(bin, 1, 1, sku, of, quantity);
  }

  private static Pick pick(String bin, int aisle, int position, String sku, FulfillmentId of, int quantity) {
    String name = sku.charAt(0) + sku.substring(1).toLowerCase(java.util.Locale.ROOT);
    return new Pick(new BinId(bin), null, new Spot(aisle, position), new Sku(sku), name,
        sku.equals("TEA") ? "04006381333931" : null, null, null, of, line(sku), quantity, 0);
  }

  private static LineId line(String sku) {
    return new LineId("line_" + (1 + List.of("TEA", "MUG", "SOAP").indexOf(sku)));
  }

  private static Pick lot(Pick pick, String lot) {
    return new Pick(pick.bin(), pick.zone(), pick.spot(), pick.sku(), pick.name(), pick.gtin(), new LotNumber(lot),
        null, pick.fulfillment(), pick.line(), pick.quantity(), pick.picked());
  }

  private static ScannedBin bin(String bin) {
    return new ScannedBin(new BinId(bin), false, false, null);
  }

  private static ScannedBin tote(String bin, FulfillmentId of) {
    return new ScannedBin(new BinId(bin), false, true, of);
  }

  private static Round bin(Round round, String bin) {
    return accepted(round.scan(EN, bin, 1, Optional.of(bin(bin)), PLENTY)).round();
  }

  private static Round unit(Round round, String code, int quantity) {
    return accepted(round.scan(EN, code, quantity, Optional.empty(), PLENTY)).round();
  }

  private static Round put(Round round, String tote) {
    return accepted(round.scan(EN, tote, 1, Optional.of(tote(tote, null)), PLENTY)).round();
  }

  private static <T> T accepted(Outcome<T> outcome) {
    return outcome.orElseThrow();
  }

  private static Refused refused(Outcome<?> outcome) {
    return ((Outcome.Declined<?>) outcome).refused();
  }

  private static FulfillmentId fulfillment(String order) {
    return FulfillmentId.of(OrderId.of(new ChannelId("web"), order), 1);
  }
}
