package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.LineStory.units;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.catalog.Component;
import waybill.catalog.Product;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderMessages.*;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.messages.StockMessages.*;
import waybill.orders.Refunding.Units;

/** Lines that order kits: a TEA-SET is packed out of a POT and two CUPs, a pot weighs as much as three cups. */
class KitLinesTest {
  private static final LineId POT = new LineId("line_1_1");
  private static final LineId CUP = new LineId("line_1_2");

  private static Product product(String sku, Component... components) {
    return new Product(new Sku(sku), sku, 0, 0, 0, 0, true, null, null, null, Map.of(), null, List.of(components));
  }

  static Map<Sku, Product> products() {
    var products = new HashMap<Sku, Product>();
    for (Product it : List.of(product("POT"), product("CUP"), product("MUG-BLUE"),
        product("TEA-SET", new Component(new Sku("POT"), 1, 3), new Component(new Sku("CUP"), 2, 1)))) {
      products.put(it.sku(), it);
    }
    return products;
  }

  /** @param sets at 9.99 each, without 1.00 in all, and a mug at 5.00 */
  static LineStory story(int sets) {
    OrderContent plain = LineStory.order(
        List.of(LineStory.line("TEA-SET", sets, 999, 100), LineStory.line("MUG-BLUE", 1, 500, 0)));
    return LineStory.placed(plain.with(plain.form(), OrderContent.kits(plain.form(), products())));
  }

  private static long price(int sets) {
    return 999L * sets - 100 + 500;
  }

  private static LineStory paid(int sets) {
    return story(sets).isPaid(price(sets));
  }

  private static Units of(LineId id, int quantity) {
    return new Units(id, quantity);
  }

  private static List<String> text(List<LineQuantity> lines) {
    return lines.stream().map(it -> it.lineId() + " " + it.sku() + " " + it.quantity()).toList();
  }

  private OrderContent now(LineStory story) {
    return OrderLines.of(story.content, story.state.changes(), story.commands).now();
  }

  private List<String> shipped(LineStory story) {
    return text(now(story).shippedLines());
  }

  private static FulfillmentPacked packed(LineStory story, int number, LineQuantity... lines) {
    FulfillmentId id = FulfillmentId.of(story.content.id(), number);
    return new FulfillmentPacked(story.content.id(), id, Samples.BERLIN, List.of(lines),
        List.of(new Parcel(ParcelId.of(id, 1), List.of(lines), 1, 1, 1, 1, null, null)),
        story.state.changes().number());
  }

  private static LineQuantity pots(int quantity) {
    return new LineQuantity(POT, new Sku("POT"), quantity);
  }

  private static LineQuantity cups(int quantity) {
    return new LineQuantity(CUP, new Sku("CUP"), quantity);
  }

  @Test
  void stockAndWarehousesSeeComponentsAndTheOrderItsKits() {
    LineStory story = paid(3);
    assertThat(shipped(story)).containsExactly("line_1_1 POT 3", "line_1_2 CUP 6", "line_2 MUG-BLUE 1");
    assertThat(story.content.items()).extracting(it -> it.sku() + " " + it.quantity())
        .containsExactly("CUP 6", "MUG-BLUE 1", "POT 3");
    assertThat(story.state.unitsToShip()).isEqualTo(10);
    assertThat(now(story).form().lines()).extracting(it -> it.sku() + " " + it.quantity())
        .containsExactly("TEA-SET 3", "MUG-BLUE 1");
  }

  @Test
  void aCancelledKitTakesItsComponentsWithIt() {
    LineStory story = paid(3);
    assertThat(story.cancels(units(1, 1)).amount()).as("a third of 28.97").isEqualTo(966);
    assertThat(shipped(story)).containsExactly("line_1_1 POT 2", "line_1_2 CUP 4", "line_2 MUG-BLUE 1");
    assertThat(story.state.unitsToShip()).isEqualTo(7);
    assertThat(text(story.state.plannable(now(story).shippedLines())))
        .containsExactly("line_1_1 POT 2", "line_1_2 CUP 4", "line_2 MUG-BLUE 1");
    story.cancels(units(1, 2));
    assertThat(shipped(story)).containsExactly("line_2 MUG-BLUE 1");
    assertThat(story.state.unitsToShip()).isEqualTo(1);
    assertThat(story.back()).isEqualTo(2897);
  }

  @Test
  void aComponentIsNoLineThatIsCancelledOrChangedAlone() {
    LineStory story = paid(1);
    assertThat(LineStory.refusals(story.tries(of(POT, 1))))
        .containsExactly("/lines/0/line_id unknown: the order has no such line");
    assertThat(LineStory.refusals(story.triesToChange(new ChangingLines.Quantity(POT, 2))))
        .containsExactly("/lines/0/line_id unknown: the order has no such line");
  }

  @Test
  void moreKitsWaitForAllOfTheirComponents() {
    LineStory story = paid(1);
    story.changes(LineStory.quantity(1, 3));
    assertThat(text(story.state.changes().wanted(now(story).shippedLines())))
        .containsExactly("line_1_1 POT 3", "line_1_2 CUP 6", "line_2 MUG-BLUE 1");
    assertThat(shipped(story)).as("not yet").contains("line_1_1 POT 1");
    story.hears(new StockReserved(story.content.id(), 1));
    assertThat(shipped(story)).contains("line_1_1 POT 3", "line_1_2 CUP 6");
    assertThat(story.state.unitsToShip()).isEqualTo(10);
  }

  @Test
  void kitsForWhichThereIsNoStockAreNotAdded() {
    LineStory story = paid(1);
    story.changes(LineStory.quantity(1, 3));
    story.hears(new StockRefused(story.content.id(), List.of(), 1));
    assertThat(text(story.state.changes().wanted(now(story).shippedLines())))
        .containsExactly("line_1_1 POT 1", "line_1_2 CUP 2", "line_2 MUG-BLUE 1");
    assertThat(story.state.unitsToShip()).isEqualTo(4);
  }

  @Test
  void aChangeDoesNotTakeOutAKitOfWhichSomethingHasLeftMeanwhile() {
    LineStory story = paid(2);
    story.changes(LineStory.quantity(1, 1), LineStory.quantity(2, 2));
    story.hears(packed(story, 1, cups(4)), new StockReserved(story.content.id(), 1));
    assertThat(story.state.changes().failed()).containsExactly(1);
    assertThat(shipped(story)).contains("line_1_1 POT 2", "line_1_2 CUP 4");
  }

  @Test
  void anAddedKitIsPackedOutOfWhatItWasWhenItWasAdded() {
    LineStory story = paid(1);
    story.products = products();
    story.changes(LineStory.addition("TEA-SET", 2, 1000));
    assertThat(text(story.state.changes().wanted(now(story).shippedLines())))
        .containsExactly("line_1_1 POT 1", "line_1_2 CUP 2", "line_2 MUG-BLUE 1", "line_3_1 POT 2", "line_3_2 CUP 4");
    story.hears(new StockReserved(story.content.id(), 1));
    assertThat(shipped(story)).contains("line_3_1 POT 2", "line_3_2 CUP 4");
    assertThat(story.state.unitsToShip()).isEqualTo(10);
    story.cancels(units(3, 1));
    assertThat(shipped(story)).contains("line_3_1 POT 1", "line_3_2 CUP 2");
  }

  @Test
  void componentsAreRefundedAloneAndTogetherAreTheKitToTheCent() {
    LineStory story = paid(1);
    assertThat(story.refunds(of(CUP, 1)).amount()).as("a fifth of 8.99").isEqualTo(180);
    assertThat(story.refunds(of(POT, 1), of(CUP, 1)).amount()).isEqualTo(719);
    assertThat(LineStory.refusals(story.triesToRefund(of(POT, 1))))
        .containsExactly("/lines/0/quantity too_much: of line_1_1 0 can still be refunded");
    assertThat(story.refunds(units(2, 1)).amount()).isEqualTo(500);
    assertThat(story.back()).isEqualTo(price(1));
  }

  @Test
  void aKitOfWhichAPartWasRefundedIsNotRefundedOrCancelledWhole() {
    LineStory story = paid(2);
    story.refunds(of(CUP, 1));
    assertThat(LineStory.refusals(story.triesToRefund(units(1, 2))))
        .containsExactly("/lines/0/quantity too_much: of line_1 1 can still be refunded");
    assertThat(LineStory.refusals(story.tries(units(1, 2))))
        .containsExactly("/lines/0/quantity too_much: of line_1 1 can still be cancelled");
    story.cancels(units(1, 1));
    story.refunds(of(POT, 1), of(CUP, 1), units(2, 1));
    assertThat(story.back()).as("all of it, to the cent").isEqualTo(price(2));
  }

  @Test
  void aKitAndItsComponentAreNotNamedTogether() {
    LineStory story = paid(2);
    assertThat(LineStory.refusals(story.triesToRefund(units(1, 1), of(CUP, 1))))
        .containsExactly("/lines/1/line_id repeated: the line is named twice");
    assertThat(LineStory.refusals(story.triesToRefund(of(CUP, 1), units(1, 1))))
        .containsExactly("/lines/1/line_id repeated: the line is named twice");
    assertThat(story.refunds(of(CUP, 1), of(POT, 1)).amount()).as("four fifths of 9.49").isEqualTo(759);
  }

  @Test
  void aKitOfWhichAComponentHasLeftIsNotCancelledAnyMore() {
    LineStory story = paid(2);
    story.hears(packed(story, 1, cups(2)));
    assertThat(LineStory.refusals(story.tries(units(1, 2)))).containsExactly(
        "/lines/0/quantity dispatched: of line_1 1 are dispatched: 1 can still be cancelled");
    story.cancels(units(1, 1));
    assertThat(shipped(story)).containsExactly("line_1_1 POT 1", "line_1_2 CUP 2", "line_2 MUG-BLUE 1");
  }

  @Test
  void whatOfAKitIsPackedIsWorthItsPartsAndAllOfItTheTotal() {
    OrderContent content = now(paid(2));
    assertThat(Shares.worth(content, Map.of(CUP, 2)).minorUnits()).as("of 18.98, a fifth of a set each").isEqualTo(380);
    assertThat(Shares.worth(content, Map.of(POT, 1, CUP, 2)).minorUnits()).isEqualTo(949);
    assertThat(Shares.worth(content, Map.of(POT, 2, CUP, 4)).minorUnits()).isEqualTo(1898);
    assertThat(Shares.worth(content, Map.of(POT, 2, CUP, 4, new LineId("line_2"), 1)).minorUnits()).isEqualTo(price(2));
  }
}
