package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;
import static waybill.returns.Counter.wrong;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.OrderId;
import waybill.platform.Json;
import waybill.workbench.CapturedLog;

/** What waits for a person is reported after three days, and every three days again, until somebody acts. */
class OverdueReturnsTest {
  private static final String EXCHANGED = "{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{%s}}";
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  /** What is reported after these days, by a sweep each hour of the last day. */
  private List<String> after(int days) {
    counter.later(Duration.ofDays(days - 1));
    try (var log = CapturedLog.open()) {
      for (int hour = 0; hour < 24; hour++) {
        counter.later(Duration.ofHours(1));
        counter.sweep();
      }
      return log.measured("ReturnsOverdue").stream().map(it -> it.get("id") + " " + it.get("waits")).toList();
    }
  }

  private void isReportedUntil(String id, String waits, Runnable act) {
    assertThat(after(2)).isEmpty();
    assertThat(after(1)).containsExactly(id + " " + waits);
    assertThat(after(2)).isEmpty();
    assertThat(after(1)).containsExactly(id + " " + waits);
    act.run();
    assertThat(after(3)).isEmpty();
    assertThat(after(3)).isEmpty();
  }

  @Test
  void aReturnThatItsPolicyDoesNotApproveAndNobodyDecides() {
    counter.policy("{\"approves\":false}");
    counter.isDelivered();
    String id = counter.askAs("orders:place", units(1, 1), "").id();
    isReportedUntil(id, "requested", () -> counter.decide(id, "reject"));
  }

  @Test
  void unitsThatWereCountedAndOfWhichNobodyDecides() {
    counter.isDelivered();
    String id = counter.ask(units(1, 1)).id();
    counter.count(id, units(1, 1));
    isReportedUntil(id, "received", () -> counter.dispose(id, fate(1, 1, "restocked", "nobody")));
  }

  @Test
  void aClaimThatNobodyDecides() {
    counter.isDelivered();
    String id = counter.claim(wrong(1, 1, "damaged")).id();
    isReportedUntil(id, "claimed", () -> counter.decideClaim(id, "deny"));
  }

  @Test
  void aClaimThatIsApprovedAndNotMadeGood() {
    counter.isDelivered();
    String id = counter.claim(wrong(1, 1, "damaged")).id();
    counter.decideClaim(id, "approve");
    isReportedUntil(id, "claimed", () -> counter.resolve(id, "{\"remedy\":\"replacement\"}"));
  }

  @Test
  void aParcelThatCameAfterItWasMadeGoodAndOfWhichNobodySaysWhatBecomes() {
    counter.leaves();
    counter.skip();
    String id = counter.claim(wrong(1, 2, "never_arrived")).id();
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    counter.rest();
    counter.arrives();
    isReportedUntil(id, "found", () -> counter.decideClaim(id, "keep"));
  }

  @Test
  void unitsThatNeverCameThoughOthersWereSent() {
    String id = exchanged("", ",\"in_advance\":true");
    counter.later(Duration.ofDays(31));
    counter.sweep();
    isReportedUntil(id, "owed", () -> counter.exchange(id, "write_off"));
  }

  @Test
  void unitsThatNeverCameAndOfWhichNoOthersAreSentAreNotReported() {
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    String id = counter
        .ask("{\"line_id\":\"line_1\",\"quantity\":2,\"exchange\":{\"sku\":\"OOLONG\",\"unit_price\":1200}}",
            ",\"in_advance\":true")
        .id();
    counter.rest();
    assertThat(counter.cancel(sent(id), 1).status()).isLessThan(300);
    counter.rest();
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(after(3)).as("nothing could be decided").isEmpty();
    assertThat(after(3)).isEmpty();
  }

  private String exchanged(String what, String more) {
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    String id = counter.ask(EXCHANGED.formatted(what), more).id();
    counter.rest();
    return id;
  }

  private String cameBack() {
    String id = exchanged("\"sku\":\"OOLONG\",\"unit_price\":2490", "");
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    return id;
  }

  private OrderId sent(String id) {
    Map<String, Object> exchange = Json.object(counter.now(id).body().get("exchange"));
    return new OrderId((String) Json.object(((List<?>) exchange.get("orders")).getFirst()).get("order_id"));
  }

  @Test
  void whatIsKeptForAnExchangeWhoseOrderIsCancelled() {
    String id = cameBack();
    assertThat(counter.cancel(sent(id)).status()).isLessThan(300);
    isReportedUntil(id, "kept", () -> {
      assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
      counter.rest();
      assertThat(counter.refunded()).isEqualTo(1791);
    });
  }

  @Test
  void whatIsKeptForAnExchangeWhoseOrderGoesOnIsNotReportedAndIsLookedAtForAsLongAsItMayEnd() {
    cameBack();
    assertThat(after(3)).isEmpty();
    assertThat(counter.bench.items("returns")).anyMatch(it -> it.containsKey("by_return_due"));
    assertThat(after(60)).isEmpty();
    assertThat(counter.bench.items("returns")).isNotEmpty().noneMatch(it -> it.containsKey("by_return_due"));
  }
}
