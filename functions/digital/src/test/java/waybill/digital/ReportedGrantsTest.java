package waybill.digital;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.DigitalMessages.GrantsDue;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.ResendDueOrdersHandler;
import waybill.workbench.Bench;

/** Between the moment in which a key is given and the one in which its order hears of it. */
class ReportedGrantsTest {
  private final Kiosk kiosk = new Kiosk();

  @AfterEach
  void close() {
    kiosk.close();
  }

  private List<Message> due() {
    kiosk.bench.forgetSent();
    Bench.output(new ResendDueOrdersHandler(kiosk.bench.ports()), java.io.InputStream.nullInputStream());
    List<Message> sent = kiosk.bench.sent().stream().<Message>map(it -> it.message()).toList();
    kiosk.bench.forgetSent();
    return sent;
  }

  @Test
  void aMessageThatIsReplayedChangesNothingOfTheOrderOrItsDelivery() {
    kiosk.importKeys("KEY", "a", "AAA");
    OrderId id = kiosk.paid("1", "KEY 1", "BOOK 1");
    kiosk.settle();
    var order = kiosk.order(id);
    var items = kiosk.bench.items("digital");
    kiosk.pass(Duration.ofDays(14));
    for (int i = 0; i < 3; i++) {
      kiosk.deliver(id);
      kiosk.settle();
    }
    assertThat(kiosk.order(id)).isEqualTo(order);
    assertThat(kiosk.bench.items("digital")).isEqualTo(items);
  }

  @Test
  void aCustomerCannotCancelInTheSecondsBeforeTheReportOfTheirKeyArrives() {
    kiosk.importKeys("KEY", "a", "AAA");
    OrderId id = kiosk.paid("1", "KEY 1");
    kiosk.deliver(id);
    assertThat(kiosk.keys(id)).as("it is shown").containsExactly("AAA");
    assertThat(kiosk.order(id).body()).as("and not reported").containsEntry("delivery_status", "pending");
    assertThat(kiosk.cancel(id, "orders:place").body()).containsEntry("code", "digital_delivered");
    assertThat(kiosk.cancel(id, "orders:operate").status()).isEqualTo(200);
  }

  @Test
  void aCustomerCancelsAsLongAsItIsNotPaid() {
    OrderId id = kiosk.place("1", false, "KEY 1");
    assertThat(kiosk.cancel(id, "orders:place").status()).isEqualTo(200);
  }

  @Test
  void anOrderOfKeysAloneIsLookedAtAgainAsLongAsItsDeliveryWasNotReported() {
    kiosk.importKeys("KEY", "a", "AAA");
    OrderId id = kiosk.paid("1", "KEY 1");
    kiosk.bench.forgetSent();
    for (int look = 0; look < 3; look++) {
      kiosk.pass(Duration.ofMinutes(6));
      List<Message> due = due();
      assertThat(due).as("look %d", look).hasOnlyElementsOfType(OrderDue.class).hasSize(1);
      kiosk.work(due.getFirst());
      // What it asks for is a dead letter.
      assertThat(kiosk.bench.sent()).anyMatch(it -> it.message() instanceof GrantsDue);
    }
    kiosk.settle();
    assertThat(kiosk.order(id).body()).containsEntry("status", "completed");
    kiosk.pass(Duration.ofMinutes(6));
    due().forEach(kiosk::work);
    kiosk.settle();
    kiosk.pass(Duration.ofDays(1));
    assertThat(due()).as("nothing is waited for any more").isEmpty();
  }

  @Test
  void whatIsReportedAsMissingIsWaitedForByItsPoolAndNotByItsOrder() {
    OrderId id = kiosk.paid("1", "KEY 1");
    kiosk.settle();
    kiosk.pass(Duration.ofMinutes(6));
    due().forEach(kiosk::work);
    kiosk.settle();
    kiosk.pass(Duration.ofDays(1));
    assertThat(due()).isEmpty();
    assertThat(kiosk.order(id).body()).containsEntry("status", "open");
  }
}
