package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.returns.Counter.Answer;

/** Two who decide about the same units, in both orders and at once. */
class ReturnRacesTest {
  private final Counter counter = new Counter();
  private String id;

  @BeforeEach
  void twoTinsMayComeBack() {
    counter.isDelivered();
    id = counter.ask(units(1, 2)).id();
  }

  @AfterEach
  void close() {
    counter.close();
  }

  private Answer count() {
    return counter.count(id, units(1, 2));
  }

  private Answer cancel() {
    return counter.decide(id, "cancel");
  }

  private Answer dispose() {
    return counter.dispose(id, fate(1, 2, "restocked", "nobody"));
  }

  private Answer refund() {
    return counter.refund(1, 2);
  }

  private static List<Answer> atOnce(Callable<Answer> one, Callable<Answer> other) throws Exception {
    try (var people = Executors.newFixedThreadPool(2)) {
      return people.invokeAll(List.of(one, other)).stream().map(Future::resultNow).toList();
    }
  }

  @Test
  void whatIsCancelledIsCountedNoMore() {
    assertThat(cancel().status()).isEqualTo(200);
    assertThat(count().body()).containsEntry("code", "return_ended");
  }

  @Test
  void whatWasCountedIsCancelledNoMore() {
    assertThat(count().status()).isEqualTo(201);
    assertThat(cancel().body()).containsEntry("code", "return_received");
  }

  @Test
  void ofACancelAndAReceiptAtOnceOneIsRefused() throws Exception {
    List<Answer> answers = atOnce(this::cancel, this::count);
    assertThat(answers).filteredOn(it -> it.status() < 300).hasSize(1);
    assertThat(answers).filteredOn(it -> it.status() == 409).hasSize(1);
  }

  @Test
  void twoReceiptsOfTheSameUnitsAtOnceAreOne() throws Exception {
    List<Answer> answers = atOnce(this::count, this::count);
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 422);
    assertThat(counter.now(id).line(0)).containsEntry("received", 2L);
  }

  @Test
  void whatAPersonHasRefundedIsPutBackAndNotRefundedAgain() {
    count();
    assertThat(refund().status()).isLessThan(300);
    assertThat(dispose().status()).isEqualTo(201);
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
  }

  @Test
  void whatCameBackIsNotRefundedByAPersonOnceMore() {
    count();
    dispose();
    counter.rest();
    assertThat(refund().errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void ofARefundAndADispositionAtOnceTheMoneyGoesBackOnce() throws Exception {
    count();
    atOnce(this::refund, () -> {
      Answer answer = dispose();
      counter.disposed().forEach(it -> counter.receive(new waybill.orders.RefundReturnHandler(counter.bench.ports()),
          it));
      return answer;
    });
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);
  }
}
