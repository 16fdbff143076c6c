package waybill.simulation.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.CreditId;
import waybill.simulation.WatchedWorld;
import waybill.simulation.catalog.Shop;

class CreditInvariantsTest {
  private static final String CREDIT = CreditId.of(new ChannelId(Shop.CHANNEL), "c-1", Shop.CURRENCY).value();
  private static final String RETURN = ORDER.replace("ord_", "ret_") + "_1";

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  private void enter(int number, String kind, int amount, int balance, String rest) {
    watched.write("PaymentsTable", CREDIT, "%010d".formatted(number), """
        {"credit": "%s", "number": %d, "kind": "%s", "amount": %d, "balance": %d%s}""".formatted(CREDIT, number, kind,
        amount, balance, rest));
  }

  private static String of(String reference) {
    return ", \"order\": \"%s\", \"reference\": \"%s\"".formatted(ORDER, reference);
  }

  private void assertFound(String beginning) {
    assertThat(watched.findings()).anyMatch(it -> it.startsWith(beginning));
  }

  @Test
  void aLedgerThatAddsUpIsNoFinding() {
    enter(1, "adjustment", 700, 700, "");
    enter(2, "payment", -300, 400, of("SC"));
    enter(3, "release", 300, 700, of("SC"));
    enter(4, "payment", -700, 0, of("SC-2"));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aBalanceThatIsNotTheSumOfItsEntriesIsFound() {
    enter(1, "adjustment", 700, 700, "");
    enter(2, "payment", -300, 700, of("SC"));

    assertFound("a store credit's balance is not the sum of its entries");
  }

  @Test
  void aCreditBelowZeroIsFound() {
    enter(1, "payment", -300, -300, of("SC"));

    assertFound("a store credit's balance is not the sum of its entries");
  }

  @Test
  void aGapIsFound() {
    enter(1, "adjustment", 700, 700, "");
    enter(3, "adjustment", 700, 700, "");

    assertFound("entries of a store credit have a gap");
  }

  @Test
  void anEntryThatIsOverwrittenIsFound() {
    enter(1, "adjustment", 700, 700, "");
    enter(1, "adjustment", 600, 600, "");

    assertFound("an entry of a store credit changes");
  }

  @Test
  void aRefundThatIsPutInTwiceIsFound() {
    enter(1, "refund", 500, 500, of("adj_1"));
    enter(2, "refund", 500, 1000, of("adj_1"));

    assertFound("a refund is put into a store credit twice");
  }

  @Test
  void anOrderThatTakesTwiceIsFound() {
    enter(1, "adjustment", 700, 700, "");
    enter(2, "payment", -300, 400, of("SC"));
    enter(3, "payment", -300, 100, of("SC"));

    assertFound("an order is paid twice out of a store credit");
  }

  @Test
  void moreThanWasTakenIsFound() {
    enter(1, "adjustment", 700, 700, "");
    enter(2, "payment", -300, 400, of("SC"));
    enter(3, "release", 300, 700, of("SC"));
    enter(4, "release", 300, 1000, of("SC"));

    assertFound("more goes back to a store credit than was taken");
  }

  @Test
  void aRefundThatNoOrderHasGrantedIsFoundAtRest() {
    watched.deliver();
    enter(1, "refund", 500, 500, of("adj_1"));

    assertThat(watched.findingsAtRest()).contains(
        "what is refunded as store credit is not in it: %s, 500 of 0".formatted(ORDER));
  }

  @Test
  void aReturnWhoseMoneyBecomesCreditIsNoFinding() {
    watched.deliver();
    var form = new LinkedHashMap<String, Object>(
        Map.of("order_id", ORDER, "lines", List.of(Map.of("line_id", "line_1", "quantity", 2))));
    form.put("refund_to", "store_credit");
    ask("/returns", form);
    ask("/returns/" + RETURN + "/receipts",
        Map.of("location_id", "warehouse-1", "lines", List.of(Map.of("line_id", "line_1", "quantity", 2))));
    ask("/returns/" + RETURN + "/dispositions", Map.of("location_id", "warehouse-1", "lines",
        List.of(Map.of("line_id", "line_1", "quantity", 1, "outcome", "restocked"))));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(2)));
    watched.live(() -> watched.world.cloud().fire("SweepReturns"));

    assertThat(watched.findingsAtRest()).isEmpty();
    assertThat(watched.item("PaymentsTable", CREDIT, "0000000001").get("balance").n()).isEqualTo("1000");
  }

  private void ask(String path, Map<String, Object> form) {
    watched
        .live(() -> assertThat(watched.world.ask("ada", "orders:operate", "POST", path, Map.of(), "key " + path, form)
            .orElseThrow().status()).isBetween(200, 201));
  }
}
