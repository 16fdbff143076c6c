package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ReturnMessages.ReturnApproved;
import waybill.messages.ReturnMessages.ReturnRejected;
import waybill.messages.ReturnMessages.ReturnSettled;
import waybill.platform.Json;
import waybill.returns.Counter.Answer;

/** What is refused, with field and rule, and that nothing changes by it; and the ways of a return beside the straight one. */
class ReturnRulesTest {
  private final Counter counter = new Counter();

  @BeforeEach
  void isDelivered() {
    counter.isDelivered();
  }

  @AfterEach
  void close() {
    counter.close();
  }

  @Test
  void aUnitIsInOneLiveReturnAndFreeAgainWhenThatEnds() {
    String id = counter.ask(units(1, 2)).id();
    assertThat(counter.ask(units(1, 1)).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(counter.decide(id, "cancel").body()).containsEntry("status", "cancelled");
    assertThat(counter.ask(units(1, 2)).status()).isEqualTo(201);
    assertThat(counter.ask(units(9, 1) + "," + units(2, 1) + "," + units(2, 1)).errors())
        .containsExactly("/lines/0/line_id unknown", "/lines/2/line_id repeated");
    assertThat((List<?>) counter.returns().get("returnable")).first().isEqualTo(Map.of("line_id", "line_1", "quantity",
        0L));
  }

  @Test
  void moreThanAnItemCanKeepIsRefusedByRuleAndNothingIsCounted() {
    String id = counter.ask(units(1, 2)).id();
    String found = "{\"sku\":\"MUG-BLUE\",\"quantity\":1,\"note\":\"%s\"}".formatted("x".repeat(500));
    String all = ",\"unexpected\":[%s]".formatted(String.join(",", Collections.nCopies(500, found)));
    assertThat(counter.count(id, units(1, 1), all, "long").errors()).containsExactly("/lines too_long");
    assertThat(counter.now(id).line(0)).containsEntry("received", 0L);
    assertThat(counter.count(id, units(1, 1)).status()).isEqualTo(201);
  }

  @Test
  void twoWhoAskAtOnceForTheLastUnitAreNotBothPermitted() throws Exception {
    counter.ask(units(1, 1));
    try (var people = Executors.newFixedThreadPool(2)) {
      Callable<Integer> ask = () -> counter.ask(units(1, 1)).status();
      var answers = people.invokeAll(List.of(ask, ask));
      assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(201, 422);
    }
  }

  @Test
  void aCancelAndAReceiptAtOnceLeaveOneOfThem() throws Exception {
    for (int i = 0; i < 5; i++) {
      String id = counter.ask(units(1, 1)).id();
      try (var people = Executors.newFixedThreadPool(2)) {
        var answers = people.invokeAll(List.<Callable<Integer>>of(() -> counter.decide(id, "cancel").status(),
            () -> counter.count(id, units(1, 1)).status()));
        assertThat(List.of(answers.get(0).get(), answers.get(1).get())).isIn(List.of(200, 409), List.of(409, 201));
        if (answers.get(1).get() == 201) {
          return;
        }
      }
    }
  }

  @Test
  void aPersonApprovesOrRejectsWhatThePolicyDoesNot() {
    counter.policy("{\"approves\":false,\"excluded\":[]}");
    counter.later(Duration.ofHours(1));
    String first = askedByStorefront();
    assertThat(counter.now(first).body()).containsEntry("status", "requested");
    assertThat(counter.count(first, units(1, 1)).body()).containsEntry("code", "return_not_approved");
    assertThat(counter.decide(first, "reject").body()).containsEntry("status", "rejected");
    assertThat(counter.sent(ReturnRejected.class)).hasSize(1);
    assertThat(counter.decide(first, "approve").body()).containsEntry("code", "return_ended");
    String second = askedByStorefront();
    assertThat(counter.decide(second, "approve").body()).containsEntry("status", "approved");
    assertThat(counter.sent(ReturnApproved.class)).hasSize(1);
    assertThat(counter.decide(second, "reject").body()).containsEntry("code", "return_approved");
  }

  private String askedByStorefront() {
    return counter.askAs("orders:place", units(1, 1), "").id();
  }

  @Test
  void aCustomerAsksForTheirOwnOrderOnlyAndOverrulesNothing() {
    assertThat(counter.askAs("de-web/c_881", units(1, 1), "").status()).isEqualTo(201);
    assertThat(counter.askAs("de-web/c_other", units(1, 1), "").errors()).containsExactly("/order_id unknown");
    assertThat(counter.askAs("de-web/c_881", units(1, 1), ",\"override_reason\":\"please\"").errors())
        .containsExactly("/override_reason not_allowed");
  }

  @Test
  void aComponentIsNotTakenBackIfTheClassOfItsKitExcludesIt() {
    try (var kits = new Counter()) {
      kits.isDeliveredAsAKit();
      kits.kit(Map.of("return_class", "final_sale"));
      assertThat(kits.ask(units(1, 1)).errors()).containsExactly("/lines/0/line_id excluded",
          "/lines/1/line_id excluded", "/lines/2/line_id excluded");
      assertThat(kits.ask("{\"line_id\":\"line_1_2\",\"quantity\":1}").errors())
          .containsExactly("/lines/0/line_id excluded");
      assertThat(kits.ask(units(1, 1), ",\"override_reason\":\"still sealed\"").status()).isEqualTo(201);
    }
  }

  @Test
  void whatItsClassExcludesIsNeverTakenBackUnlessAPersonSaysSo() {
    counter.product("TEA-200", it -> it.put("metadata", Map.of("return_class", "hygiene")));
    assertThat(counter.ask(units(1, 1)).errors()).containsExactly("/lines/0/line_id excluded");
    assertThat(counter.ask(units(1, 1), ",\"override_reason\":\"still sealed\"").status()).isEqualTo(201);
  }

  @Test
  void moreThanWasCountedIsNotDisposedAndMoreThanWasAnnouncedNotCounted() {
    String id = counter.ask(units(1, 1)).id();
    assertThat(counter.count(id, units(1, 2)).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(counter.dispose(id, fate(1, 1, "restocked", "nobody")).errors())
        .containsExactly("/lines/0/quantity too_much");
    assertThat(counter.count(id, units(2, 1)).errors()).containsExactly("/lines/0/line_id unknown");
    counter.rest();
    assertThat(counter.refunded()).isZero();
    assertThat(counter.stock("TEA-200")).containsExactly(0L, 0L, 0L);
  }

  @Test
  void whatNobodyAnnouncedIsKeptApartAndRefundsNothing() {
    String id = counter.ask(units(1, 1)).id();
    Answer counted = counter.count(id, units(1, 1),
        ",\"unexpected\":[{\"sku\":\"MUG-BLUE\",\"quantity\":1,\"note\":\"not ours?\"}]", "k");
    assertThat(counted.status()).isEqualTo(201);
    counter.rest();
    assertThat(counter.stock("MUG-BLUE")).containsExactly(0L, 0L, 1L);
    assertThat(counter.refunded()).isZero();
    assertThat(counter.sent(ReturnSettled.class)).isEmpty();
  }

  @Test
  void whatIsMissingMovesNeitherStockNorMoneyAndEndsTheReturn() {
    String id = counter.ask(units(1, 2)).id();
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.dispose(id, fate(1, 1, "missing", "customer"));
    counter.rest();
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 0L, 0L);
  }

  @Test
  void anOperatorDecidesAnotherShareAndSaysWhy() {
    String id = counter.ask(units(1, 2)).id();
    counter.count(id, units(1, 2));
    String line = "{\"line_id\":\"line_1\",\"quantity\":2,\"outcome\":\"not_restocked\",\"fault\":\"customer\",\"override\":{\"refund_percent\":80";
    assertThat(counter.dispose(id, line + "}}").errors()).containsExactly("/lines/0/override/reason required");
    counter.dispose(id, line + ",\"reason\":\"good customer\"}}");
    counter.rest();
    assertThat(counter.refunded()).as("35.82 x 0.8 = 28.656").isEqualTo(2866);
    Map<String, Object> disposition = Json.object(((List<?>) counter.now(id).body().get("dispositions")).getFirst());
    assertThat(disposition).containsEntry("by", "op");
    assertThat(Json.object(((List<?>) disposition.get("lines")).getFirst())).containsEntry("override_reason",
        "good customer");
  }

  @Test
  void whatWasDecidedAndNotSentIsSentAgain() {
    String id = counter.ask(units(1, 1)).id();
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.skip();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    counter.skip();
    counter.sweep();
    assertThat(counter.bench.sent()).as("all of it was sent").hasSize(counter.readSoFar());
  }

  @Test
  void newsOfAReturnIsSentAgainIfWhoeverWroteItDied() {
    counter.bench.refuseNextSends(1);
    assertThat(counter.ask(units(1, 1)).status()).isEqualTo(503);
    counter.skip();
    counter.bench.forgetSent();
    counter.skip();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.sent(ReturnApproved.class)).hasSize(1);
    int sent = counter.bench.sent().size();
    counter.sweep();
    assertThat(counter.bench.sent()).hasSize(sent);
  }
}
