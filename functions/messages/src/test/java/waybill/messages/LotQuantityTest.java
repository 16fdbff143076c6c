package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;

class LotQuantityTest {
  private static LotQuantity lot(int line, String number, int units) {
    return new LotQuantity(new LineId("line_" + line), new Sku("TEA"), new LotNumber(number), null, units);
  }

  private static LineQuantity line(int line, int units) {
    return new LineQuantity(new LineId("line_" + line), new Sku("TEA"), units);
  }

  @Test
  void whatIsLeftOfALineIsOfTheLotsThatExpireFirst() {
    List<LotQuantity> lots = List.of(lot(1, "A", 3), lot(1, "B", 4), lot(2, "B", 1));

    assertThat(LotQuantity.within(lots, List.of(line(1, 5), line(2, 1))))
        .containsExactly(lot(1, "A", 3), lot(1, "B", 2), lot(2, "B", 1));
    assertThat(LotQuantity.within(lots, List.of(line(2, 1)))).containsExactly(lot(2, "B", 1));
    assertThat(LotQuantity.within(lots, List.of())).isNull();
  }

  @Test
  void whichIsTheSameInOneStepAsInTwo() {
    List<LotQuantity> lots = List.of(lot(1, "A", 3), lot(1, "B", 4));

    List<LotQuantity> two = LotQuantity.within(LotQuantity.within(lots, List.of(line(1, 6))), List.of(line(1, 2)));

    assertThat(two).isEqualTo(LotQuantity.within(lots, List.of(line(1, 2))));
  }

  @Test
  void unitsThatAreMissingLeaveTheirOwnLotFirst() {
    List<LotQuantity> lots = List.of(lot(1, "A", 3), lot(1, "B", 4));

    assertThat(LotQuantity.within(lots, List.of(line(1, 5)), List.of(lot(1, "A", 2))))
        .containsExactly(lot(1, "A", 1), lot(1, "B", 4));
    assertThat(LotQuantity.within(lots, List.of(line(1, 4)), List.of(lot(1, "A", 2))))
        .containsExactly(lot(1, "A", 1), lot(1, "B", 3));
    assertThat(LotQuantity.within(lots, List.of(line(1, 7)), List.of(lot(1, "A", 2)))).as("a change was faster")
        .isEqualTo(lots);
  }

  @Test
  void partsShareLotsInTheirOrderAndNoUnitIsInTwo() {
    List<LotQuantity> lots = List.of(lot(1, "A", 3), lot(1, "B", 2));

    assertThat(LotQuantity.share(lots, List.of(List.of(line(1, 2)), List.of(line(1, 2)), List.of(line(1, 1))),
        it -> it)).containsExactly(List.of(lot(1, "A", 2)), List.of(lot(1, "A", 1), lot(1, "B", 1)),
            List.of(lot(1, "B", 1)));
  }

  @Test
  void aDayIsADayOfTheCalendar() {
    assertThat(new ExpiryDate("2028-02-29").day().plusDays(1)).isEqualTo("2028-03-01");
    for (String wrong : List.of("2027-02-29", "27-03-31", "2027-13-01", "1999-01-01")) {
      assertThat(catchThrowable(() -> new ExpiryDate(wrong))).as(wrong).isNotNull();
    }
  }
}
