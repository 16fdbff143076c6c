package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.inventory.Adjustment.Reason;

/** What an adjustment's reason says, its sign says too; and it decides which units move to where. */
class ReasonsTest {
  private Depot depot;
  private int keys;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private Answer adjust(int quantity, String reason) {
    return depot.adjust(TEA, "reason-" + ++keys,
        "{\"location_id\":\"berlin\",\"quantity\":%d,\"reason\":\"%s\"}".formatted(quantity, reason));
  }

  /** A peer sold five units more for "+5 damaged". */
  @ParameterizedTest
  @CsvSource({"-1, received", "-1, returned", "-1, found", "5, lost", "5, damaged", "-1, repaired", "1, scrapped",
    "1, quarantined", "-1, released", "1, rejected"})
  void aSignThatContradictsItsReasonIsRefusedAndChangesNothing(int quantity, String reason) {
    depot.holds(TEA, BERLIN, 9);

    Answer answer = adjust(quantity, reason);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).contains("\"pointer\":\"/quantity\",\"code\":\"wrong_sign\"",
        "is %s if the reason is %s".formatted(quantity > 0 ? "negative" : "positive", reason));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(9, 0, 9, 0));
  }

  @Test
  void nobodyCountsByAQuantity() {
    assertThat(adjust(3, "counted").text()).contains("\"pointer\":\"/reason\",\"code\":\"wrong_reason\"");
  }

  /** Five for sale, three damaged, two quarantined before. */
  @ParameterizedTest
  @CsvSource({"2, received, 7, 3, 2", "2, returned, 7, 3, 2", "2, found, 7, 3, 2", "-2, lost, 3, 3, 2",
    "2, correction, 7, 3, 2", "-2, correction, 3, 3, 2", "-2, damaged, 3, 5, 2", "2, repaired, 7, 1, 2",
    "-2, scrapped, 5, 1, 2", "-2, quarantined, 3, 3, 4", "2, released, 7, 3, 0", "-2, rejected, 5, 5, 0"})
  void unitsMoveToWhereTheReasonSays(int quantity, String reason, long onHand, long damaged, long quarantined) {
    depot.holds(TEA, BERLIN, 10);
    adjust(-3, "damaged");
    adjust(-2, "quarantined");

    Answer answer = adjust(quantity, reason);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(onHand, 0, onHand, 0)
        .plus(Levels.of(Level.DAMAGED, damaged)).plus(Levels.of(Level.QUARANTINED, quarantined)));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(onHand, 0, 0, 0));
    LedgerEntry last = depot.movements(TEA, BERLIN).getLast();
    assertThat(last.before()).isEqualTo(new Physical(5, 3, 2));
    assertThat(last.after()).isEqualTo(new Physical(onHand, damaged, quarantined));
    assertThat(last.reason().name()).isEqualToIgnoringCase(reason);
    assertThat(last.actor()).isEqualTo("ada");
    assertThat(last.references()).containsExactly((String) answer.body().get("adjustment_id"));
  }

  @ParameterizedTest
  @CsvSource({"4, repaired, 3, damaged", "-4, scrapped, 3, damaged", "3, released, 2, quarantined",
    "-3, rejected, 2, quarantined", "-6, damaged, 5, on hand", "-6, quarantined, 5, on hand"})
  void noStateGivesMoreThanItHas(int quantity, String reason, long available, String state) {
    depot.holds(TEA, BERLIN, 10);
    adjust(-3, "damaged");
    adjust(-2, "quarantined");

    Answer answer = adjust(quantity, reason);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).containsEntry("code", "insufficient_stock").containsEntry("available", available);
    assertThat((String) answer.body().get("detail")).contains(state);
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(5, 3, 2));
  }

  @Test
  void everyReasonIsOneOfTheLedger() {
    assertThat(Reason.values()).allSatisfy(it -> assertThat(LedgerEntry.Reason.valueOf(it.name())).isNotNull());
  }
}
