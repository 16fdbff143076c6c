package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.catalog.DeliveryOption;
import waybill.catalog.DeliveryOptionId;
import waybill.orders.DeliveryPromise.MovedBy;

class DeliveryPromiseTest {
  private static final Instant FIRST = Instant.parse("2026-11-23T23:00:00Z");
  private static final Instant LAST = Instant.parse("2026-11-25T22:59:59Z");
  private static final DeliveryOption OPTION = new DeliveryOption(DeliveryOptionId.of("a quote", 1), "express", null,
      null, null, 990, LocalDate.of(2026, 11, 23), FIRST, LAST, null);

  private static DeliveryPromise promise(Instant latest, MovedBy by, Instant deliveredAt) {
    return new DeliveryPromise("rest", OPTION, List.of(), latest == null ? null : FIRST, latest, by, deliveredAt);
  }

  @Test
  void whatHasNotComeYetIsExpectedFromTheFirstToTheLastOfIt() {
    Instant later = LAST.plusSeconds(86_400);
    assertThat(DeliveryPromise.expected(List.of(promise(LAST, null, null), promise(later, MovedBy.CARRIER, null))))
        .contains(new Orders.Expected(FIRST, later, true));
    assertThat(DeliveryPromise.expected(List.of(promise(LAST, null, null), promise(later, MovedBy.CARRIER, later))))
        .as("the late one is there").contains(new Orders.Expected(FIRST, LAST, false));
  }

  @Test
  void nothingIsExpectedOnceAllHasComeOrIfNobodyKnowsADay() {
    assertThat(DeliveryPromise.expected(List.of(promise(LAST, null, LAST)))).isEmpty();
    assertThat(DeliveryPromise.expected(List.of(promise(LAST, null, null), promise(null, MovedBy.STOCK, null))))
        .isEmpty();
    assertThat(DeliveryPromise.expected(List.of())).isEmpty();
  }

  @Test
  void aPromiseIsKeptByTheDayThatWasOfferedWhateverHasMovedIt() {
    Instant late = LAST.plusSeconds(1);
    assertThat(promise(LAST, null, LAST).toTree(List.of())).containsEntry("kept", true).containsEntry("moved_by", null);
    assertThat(promise(late, MovedBy.CARRIER, late).toTree(List.of())).containsEntry("kept", false)
        .containsEntry("moved_by", "carrier").containsEntry("offered_latest_at", "2026-11-25T22:59:59.000Z");
    assertThat(promise(null, MovedBy.STOCK, null).toTree(List.of())).containsEntry("latest_at", null)
        .containsEntry("kept", null);
  }
}
