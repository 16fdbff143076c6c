package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPromise;
import waybill.platform.Json;
import waybill.workbench.CapturedLog;

/** What orders wait for, and for how long, is measured wherever it could go unnoticed. */
class WaitingOrdersTest {
  private static final StockReserved RESERVED = new StockReserved(Shop.SAMPLE);
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));

  private final Shop shop = new Shop();
  private final CapturedLog log = CapturedLog.open();

  @AfterEach
  void close() {
    log.close();
    shop.close();
  }

  /** Time passes, and the sweep's question reaches the order. @return what it says that it waits for, and seconds */
  private List<String> after(Duration time) {
    shop.bench.clock().advance(time);
    int before = log.measured("WaitingOrderAge").size();
    List<Message> due = shop.sweep();
    assertThat(shop.advance(due.toArray(Message[]::new))).isZero();
    return log.measured("WaitingOrderAge").stream().skip(before)
        .map(it -> it.get("waits_for") + " " + it.get("WaitingOrderAge")).toList();
  }

  @Test
  void anOrderThatNoStockWasPromisedToWaitsForStock() {
    shop.place(Shop.sample());
    assertThat(after(Duration.ofMinutes(1))).containsExactly("stock 60");
    assertThat(after(Duration.ofMinutes(5))).containsExactly("stock 360");
    assertThat(log.measured("WaitingOrderAge")).allSatisfy(
        it -> assertThat(it.get("_aws").toString()).contains("Dimensions=[[waits_for]]"));
  }

  @Test
  void whileNobodyAdvancesAnOrderItIsHandedOverLessAndLessOften() throws IOException {
    shop.place(Shop.sample());
    shop.bench.forgetSent();
    var sweep = new ResendDueOrdersHandler(shop.bench.ports());
    for (int minute = 1; minute <= 120; minute++) {
      shop.bench.clock().advance(Duration.ofMinutes(1));
      sweep.handleRequest(InputStream.nullInputStream(), OutputStream.nullOutputStream(), null);
    }
    assertThat(shop.bench.sentTo(AdvanceOrder.class)).as("at 1, 2, 4, 8, 16, 32, 62 and 92 minutes").hasSize(8);
  }

  @Test
  void anOrderWhoseArbiterAnswersIsHandedOverWheneverItIsDue() throws IOException {
    shop.place(Shop.sample());
    var sweep = new ResendDueOrdersHandler(shop.bench.ports());
    for (int minute = 1; minute <= 120; minute++) {
      shop.bench.clock().advance(Duration.ofMinutes(1));
      shop.bench.forgetSent();
      boolean due = !shop.state(Shop.SAMPLE).due().isAfter(shop.bench.clock().instant());
      sweep.handleRequest(InputStream.nullInputStream(), OutputStream.nullOutputStream(), null);
      List<Message> sent = shop.bench.sentTo(AdvanceOrder.class);
      assertThat(sent).as("minute %d", minute).hasSize(due ? 1 : 0);
      assertThat(shop.advance(sent.toArray(Message[]::new))).isZero();
    }
  }

  @Test
  void anOrderThatIsNotPaidWaitsForItsPayment() {
    shop.place(Shop.sample());
    shop.advance(RESERVED);
    assertThat(after(Duration.ofMinutes(1))).containsExactly("payment 60");
  }

  @Test
  void aPaidOrderThatIsNotAllocatedWaitsForItsPlan() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED);
    assertThat(after(Duration.ofMinutes(5))).containsExactly("planning 300");
  }

  /** Whoever plans had nothing to do before: the time until then is nobody's delay. */
  @Test
  void anOrderWaitsForItsPlanSinceItsStockCameItWasPaidAndPeopleReleasedIt() {
    shop.place(Shop.sample());
    Instant placed = shop.bench.clock().instant();
    shop.advance(new StockBackordered(Shop.SAMPLE, 0,
        List.of(new StockPromise(new Sku("TEA-200"), 1, placed, placed)), 1, 0, placed), CAPTURED);
    shop.bench.clock().advance(Duration.ofDays(9));
    shop.advance(RESERVED);
    assertThat(after(Duration.ofMinutes(5))).containsExactly("planning 300");

    String hold = (String) Json.object(((List<?>) shop.hold(Shop.SAMPLE, "h", "{\"note\": \"Look\"}").body()
        .get("holds")).getFirst()).get("id");
    shop.bench.clock().advance(Duration.ofDays(2));
    shop.release(Shop.SAMPLE, hold, "r", "{\"note\": \"Go\"}");
    assertThat(after(Duration.ofMinutes(2))).containsExactly("planning 120");
  }

  @Test
  void unitsThatAreHeldForThemselvesAreNoPlanThatIsWaitedFor() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED);
    shop.hold(Shop.SAMPLE, "h",
        "{\"note\": \"Look\", \"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}");
    List<LineQuantity> tins = List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 1));
    shop.advance(new StockAllocated(Shop.SAMPLE, Samples.fulfillment(1), Samples.BERLIN, tins, 1),
        Samples.allocated(2));
    assertThat(after(Duration.ofMinutes(6))).as("a mug is to be planned").containsExactly("planning 360");
    shop.advance(Samples.allocated(3));
    assertThat(after(Duration.ofMinutes(6))).as("the tin is not").noneMatch(it -> it.startsWith("planning"));
  }

  @Test
  void anOrderThatIsRefundedWaitsSinceItsRefundWasRequested() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED);
    shop.bench.clock().advance(Duration.ofMinutes(10));
    shop.cancel(Shop.SAMPLE, "key", "{\"reason\": \"customer\"}", "operator", "orders:operate");
    assertThat(after(Duration.ofHours(2))).containsExactly("refund 7200");
  }

  @Test
  void anOrderOnAHoldIsMeasuredEveryMinuteUntilItIsOver() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED, Samples.packed(1));
    shop.advance(new LabelUncertain(Shop.SAMPLE, Samples.parcel(1, 2), shop.bench.clock().instant()));
    shop.bench.clock().advance(Duration.ofHours(3));
    shop.sweep();
    assertThat(log.measured("HeldOrderAge")).extracting(it -> it.get("order"), it -> it.get("hold"),
        it -> it.get("HeldOrderAge"))
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Shop.SAMPLE.value(), "label_uncertain", 10_800L));
  }

  @Test
  void aHoldThatStaysAsANoteOrThatAPersonPlacedIsNotMeasured() {
    assertThat(Hold.Reason.values()).filteredOn(it -> !it.asksForAPerson() && !it.isPlaced())
        .containsExactly(Hold.Reason.REFUND_FAILED, Hold.Reason.EXTERNAL_REFUND);
    shop.sweep();
    assertThat(log.measured("HeldOrderAge")).isEmpty();
  }

  @Test
  void theRunbookNamesTheListOfEachHoldThatIsMeasured() throws IOException {
    String entry = Files.readString(Path.of("../../infrastructure/runbooks.md")).replaceFirst("(?s).*\n## `held`", "")
        .replaceFirst("(?s)\n## .*", "");
    assertThat(Hold.Reason.values()).filteredOn(Hold.Reason::asksForAPerson).isNotEmpty()
        .allSatisfy(it -> assertThat(entry).contains("`GET /orders?hold=" + it.text() + "`"));
  }
}
