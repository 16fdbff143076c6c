package waybill.simulation.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;
import waybill.simulation.providers.SimulatedCarrier;

/** Two units of one line were delivered, for 10.00 each. */
class ReturnInvariantsTest {
  private static final String RETURN = ORDER.replace("ord_", "ret_") + "_1";
  private static final String CLAIM = ORDER.replace("ord_", "clm_") + "_1";
  private static final String WORD = "{\"by\": \"ada\", \"at\": \"2026-11-22T09:00:00Z\"}";
  private static final String POLICY = "\"policy\": {\"arrival_days\": 30}";

  private final WatchedWorld watched = new WatchedWorld();

  @BeforeEach
  void deliver() {
    watched.deliver();
  }

  @AfterEach
  void end() {
    watched.close();
  }

  private void ask(String path, Map<String, Object> form) {
    watched
        .live(() -> assertThat(watched.world.ask("ada", "orders:operate", "POST", path, Map.of(), "key " + path, form)
            .orElseThrow().status()).isBetween(200, 201));
  }

  private static Map<String, Object> units(String what, int quantity) {
    return Map.of("line_id", "line_1", "quantity", quantity, what.startsWith("r") ? "outcome" : "reason", what);
  }

  private void giveBack() {
    ask("/returns", Map.of("order_id", ORDER, "lines", List.of(units("unwanted", 2))));
    ask("/returns/" + RETURN + "/receipts", Map.of("location_id", "warehouse-1", "lines",
        List.of(Map.of("line_id", "line_1", "quantity", 2))));
    ask("/returns/" + RETURN + "/dispositions", Map.of("location_id", "warehouse-1", "lines",
        List.of(units("restocked", 1))));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(2)));
    watched.live(() -> watched.world.cloud().fire("SweepReturns"));
  }

  @Test
  void aReturnThatIsCountedDecidedAndRefundedIsNoFinding() {
    giveBack();

    assertThat(watched.findingsAtRest()).isEmpty();
    assertThat(watched.item("ReturnsTable", ORDER, "returns").toString()).contains("settled");
  }

  @Test
  void aClaimThatIsRefundedAndSentAgainIsNoFinding() {
    ask("/claims", Map.of("order_id", ORDER, "lines", List.of(units("damaged", 1))));
    ask("/claims/" + CLAIM + "/resolution", Map.of("remedy", "refund_and_replacement", "amount", 300));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(2)));
    watched.live(() -> watched.world.cloud().fire("SweepReturns"));

    assertThat(watched.findings()).isEmpty();
    assertThat(watched.world.expected()).containsKey("r1-R1");
  }

  private void write(String all, String claims) {
    watched.write("ReturnsTable", ORDER, "returns", """
        {"order": "%s", "all": [%s], "claims": [%s], "by_return_due": "due", "by_return_due_range": "9000000000000"}"""
        .formatted(ORDER, all, claims));
  }

  private static String of(int number, int units, String rest) {
    return """
        {"id": "%s", "key": "k%d", "source": "requested", "requested": %s, "permitted": %s, %s,
         "lines": [{"line_id": "line_1", "sku": "SKU-1", "quantity": %d}]%s}""".formatted(
        RETURN.replaceFirst("1$", "" + number), number, WORD, WORD, POLICY, units, rest);
  }

  private static String counted(int units) {
    return ", \"receipts\": [{\"location\": \"warehouse-1\", \"lines\": [{\"line_id\": \"line_1\", \"quantity\": %d}]}]"
        .formatted(units);
  }

  private static String decided(int units, String rest) {
    return """
        , "disposals": [{"key": "d1", "location": "warehouse-1", "lines": [{"line_id": "line_1", "sku": "SKU-1",
         "quantity": %d, "to": "on_hand", "refund_percent": 100}]%s}]""".formatted(units, rest);
  }

  private static String claimed(int units, String rest) {
    return """
        {"id": "%s", "key": "c", "requested": %s, "lines": [{"line_id": "line_1", "sku": "SKU-1", "quantity": %d}]%s}"""
        .formatted(CLAIM, WORD, units, rest);
  }

  private void assertFound(String beginning) {
    assertThat(watched.findings()).anyMatch(it -> it.startsWith(beginning));
  }

  @Test
  void aUnitInTwoReturnsIsFound() {
    write(of(1, 2, "") + "," + of(2, 1, ""), "");

    assertFound("a unit is in two returns or claims");
  }

  @Test
  void aUnitThatIsReturnedAndClaimedIsFound() {
    write(of(1, 1, ""), claimed(2, ""));

    assertFound("a unit is in two returns or claims");
  }

  @Test
  void aUnitForWhichAnotherWasSentInAdvanceIsInItsReturnAfterItsTimeToo() {
    String late = ", \"expired_at\": \"2026-11-23T09:00:00Z\"";
    write(of(1, 2, late) + "," + of(2, 2, ""), "");
    assertThat(watched.findings()).isEmpty();

    write(of(1, 2, late + """
        , "exchange": {"in_advance": true, "items": [{"line_id": "line_1"}]},
        "disposals": [{"worth": {"units": [{"line_id": "line_1", "quantity": 2}]}}]""") + "," + of(2, 2, ""), "");
    assertFound("a unit is in two returns or claims");
  }

  @Test
  void whatIsDeniedOrHasEndedIsFree() {
    write(of(1, 2, "") + "," + of(2, 2, ", \"ended\": {\"word\": " + WORD + "}"),
        claimed(2, ", \"denied\": " + WORD));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void moreThanWasAnnouncedIsFound() {
    write(of(1, 1, counted(2)), "");

    assertFound("more comes or is missing than was announced");
  }

  @Test
  void aDecisionAboutMoreThanWasCountedIsFound() {
    write(of(1, 2, counted(1) + decided(2, "")), "");

    assertFound("more is decided than was counted there");
  }

  @Test
  void aCountThatChangesIsFound() {
    write(of(1, 2, counted(1)), "");
    write(of(1, 2, counted(2)), "");

    assertFound("what was counted or decided changes: receipts");
  }

  @Test
  void aReturnThatComesBackToLifeIsFound() {
    write(of(1, 2, ", \"ended\": {\"word\": " + WORD + "}"), "");
    write(of(1, 2, ""), "");

    assertFound("a return says something else than before: ended");
  }

  @Test
  void anotherSumThanWasDecidedIsFound() {
    write(of(1, 1, counted(1) + decided(1, "")), "");
    write(of(1, 1, counted(1) + decided(1, settled(999))), "");

    assertFound("a return is worth something else than was decided");
  }

  @Test
  void aSumThatIsNotInItsRefundsIsFound() {
    write(of(1, 1, counted(1) + decided(1, settled(1000))), "");

    assertFound("a return's money is not the sum of its refunds");
  }

  private static String settled(int amount) {
    return ", \"settled\": {\"amount\": {\"minor_units\": %d, \"currency\": \"EUR\"}}".formatted(amount);
  }

  @Test
  void aRefundOfTwoDecisionsIsFound() {
    String settled = ", \"settled\": {\"refunds\": [\"rfd_1\"]}";
    write(of(1, 1, counted(1) + decided(1, settled)) + "," + of(2, 1, counted(1) + decided(1, settled)), "");

    assertFound("a refund is of two decisions: rfd_1");
  }

  @Test
  void aClaimThatIsDeniedAndMadeGoodIsFound() {
    write("", claimed(1, ", \"resolution\": {\"remedy\": \"refund\"}, \"denied\": " + WORD));

    assertFound("a claim is denied and made good");
  }

  @Test
  void aReplacementThatIsAlsoRefundedIsFound() {
    write("", claimed(1, ", \"resolution\": {\"remedy\": \"replacement\", \"refunded\": {\"minor_units\": 1000}}"));

    assertFound("a claim is refunded otherwise than was decided");
  }

  @Test
  void aClaimThatIsMadeGoodTwiceIsFound() {
    write("", claimed(1, ", \"resolution\": {\"remedy\": \"replacement\"}"));
    write("", claimed(1, ", \"resolution\": {\"remedy\": \"refund\"}"));

    assertFound("a claim is made good once more, in another way");
  }

  @Test
  void unitsThatArePutBackAndNobodyHasDecidedAreFound() {
    watched.write("InventoryTable", "adj_1", "adjustment", """
        {"sku": "SKU-1", "location": "warehouse-1", "pool": "pool", "quantity": 1, "reason": "returned",
         "reference": "%s"}""".formatted(RETURN));

    assertFound("more is put back than was decided");
  }

  @Test
  void whatIsNeverPutBackPaidOrOrderedIsFoundAtRest() {
    write(of(1, 1, counted(1) + decided(1, "")), claimed(1, ", \"resolution\": {\"remedy\": \"replacement\"}"));

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("what came back does not lie where it was"))
        .anyMatch(it -> it.startsWith("the money of a return is never granted"))
        .anyMatch(it -> it.startsWith("what is to be sent is not ordered"))
        .anyMatch(it -> it.startsWith("a customer hears nothing: there is no mail and no reason for claim_opened#"))
        .anyMatch(it -> it.startsWith("the feed does not say what happened: "));
  }

  @Test
  void newsThatIsNeverSentIsFoundAtRest() {
    write(of(1, 1, ", \"unsent\": \"2026-11-22T09:00:00Z\""), "");

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("news of a return is never sent"));
  }

  @Test
  void whoWaitsWithoutATimeIsFoundAtRest() {
    write(of(1, 1, ""), "");
    watched.change("ReturnsTable", ORDER, "returns", "{\"by_return_due_range\": \"0\"}");

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("a return or a claim waits, and nobody ever"));
  }

  private static String labelled(int number, String rest) {
    return ", \"label\": {\"number\": %d%s}".formatted(number, rest);
  }

  private static String bought(String number) {
    return ", \"bought\": {\"carrier\": \"Simulated\", \"tracking_number\": \"%s\"}".formatted(number);
  }

  /** The carrier sells a label for it. @return its number */
  private String sell(String parcel) {
    String[] draft = new String[1];
    watched.asFunction(() -> {
      draft[0] = watched.draft(parcel);
      watched.world.carrier().buy(draft[0]);
    });
    return SimulatedCarrier.trackingNumber(draft[0]);
  }

  @Test
  void aReturnWhoseLabelIsPaidIsNoFinding() {
    ask("/returns", Map.of("order_id", ORDER, "lines", List.of(units("unwanted", 2))));
    ask("/returns/" + RETURN + "/label", Map.of("decision", "buy"));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(2)));
    watched.live(() -> watched.world.cloud().fire("SweepReturns"));

    assertThat(watched.findingsAtRest()).isEmpty();
    assertThat(watched.item("ReturnsTable", ORDER, "returns").toString()).contains("tracking_number");
  }

  @Test
  void aLabelThatNobodyHasSoldIsFound() {
    write(of(1, 1, labelled(1, bought("SIM1"))), "");

    assertFound("a return has a label that its carrier has not sold");
  }

  @Test
  void anotherLabelBesideOneThatIsNotVoidIsFound() {
    write(of(1, 1, labelled(1, "")), "");
    write(of(1, 1, labelled(2, "")), "");

    assertFound("a return gets another label, and the one before is not void");
  }

  @Test
  void anotherLabelAfterOneThatIsVoidIsNoFinding() {
    write(of(1, 1, labelled(1, ", \"withdrawal\": {\"answer\": \"void\"}")), "");
    write(of(1, 1, labelled(2, "")), "");

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aLabelThatChangesIsFound() {
    write(of(1, 1, labelled(1, bought(sell("par_" + RETURN + "_1")))), "");
    write(of(1, 1, labelled(1, bought("SIM1"))), "");

    assertFound("a return's label changes");
  }

  @Test
  void aLabelOfWhichNobodyKnowsAnyMoreIsFoundAtRest() {
    sell("par_" + RETURN + "_1");

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("the money of a return's label is lost"));
  }

  @Test
  void aLabelThatNeverComesIsFoundAtRest() {
    write(of(1, 1, labelled(1, "")), "");

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("a return waits for its label for ever"));
  }
}
