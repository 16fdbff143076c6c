package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.catalog.Channel;
import waybill.messages.Capture;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.RepackingRequested;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.CaptureAnswered;
import waybill.messages.PaymentMessages.CaptureRequested;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.WithoutMulticapture;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.orders.OrderHolds.Release;

/** Tea of 60.00 and a mug of 40.00, held with 100.00, of which a fulfillment is packed, changed, and packed again with more than before. */
class RepackedCaptureTest {
  private final OrderContent content = content();
  private final Life life = new Life(content, null).isPlaced(NOON);
  private final FulfillmentId fulfillment = FulfillmentId.of(content.id(), 1);
  private long captured;

  RepackedCaptureTest() {
    life.hears(new StockReserved(content.id()), NOON);
    life.hears(new PaymentAuthorized(content.id(), Shop.payment(PaymentStatus.AUTHORIZED, 10_000, 0)), NOON);
  }

  private static OrderContent content() {
    Map<String, Object> body = Shop.simple("5512033", "TEA-200", 1);
    body.put("lines", List.of(Map.of("sku", "TEA-200", "quantity", 2, "unit_price", 3_000, "total", 6_000),
        Map.of("sku", "MUG-BLUE", "quantity", 1, "unit_price", 4_000, "total", 4_000)));
    body.put("total", 10_000);
    body.put("payments", List.of(Map.of("provider", "stripe", "account", "shop-eu", "reference",
        "pi_3QWaybillSample", "amount", 10_000)));
    return Samples.content(body, Channel.Capture.ON_DISPATCH, WithoutMulticapture.HOLD);
  }

  /** Packed as of a change of the lines. @param tea how many tins @param mugs how many mugs */
  private List<Capture> packs(int change, int tea, int mugs) {
    List<LineQuantity> lines = content.shippedLines();
    List<LineQuantity> packed = List.of(with(lines.get(0), tea), with(lines.get(1), mugs)).stream()
        .filter(it -> it.quantity() > 0).toList();
    life.hears(new FulfillmentPacked(content.id(), fulfillment, Samples.BERLIN, packed,
        List.of(new Parcel(ParcelId.of(fulfillment, 1), packed, 100, 1, 1, 1, null, null)), change), NOON);
    return requested();
  }

  private static LineQuantity with(LineQuantity line, int quantity) {
    return new LineQuantity(line.lineId(), line.sku(), quantity);
  }

  private List<Capture> requested() {
    return life.answer.stream().filter(CaptureRequested.class::isInstance).map(CaptureRequested.class::cast)
        .map(CaptureRequested::capture).toList();
  }

  private void succeeds(Capture it) {
    captured += it.amount().minorUnits();
    life.hears(new CaptureAnswered(content.id(), Shop.payment(captured == 10_000
        ? PaymentStatus.CAPTURED
        : PaymentStatus.AUTHORIZED, 10_000, captured), it.succeeded(it.amount(), NOON)), NOON);
  }

  private boolean leaves() {
    return life.sent.stream().anyMatch((Message it) -> it instanceof DispatchApproved);
  }

  /** What waits for the money is held meanwhile, and an operator lets it be packed again. */
  private void isHeldWhileItsMoneyComes(Capture first) {
    var hold = new PlacedHold(HoldId.of("k", "1"), Hold.Reason.OTHER, null, null, "wait", NOON, null);
    life.state = life.state.held(hold, false, NOON).orElseThrow();
    succeeds(first);
    assertThat(leaves()).isFalse();
    life.state = life.state.with(life.state.changes().with(List.of(with(content.shippedLines().getFirst(), 1)), true));
    life.state = life.state.released(hold.id(), null, new Release("go", NOON, "k2"), "adj_2", NOON).orElseThrow()
        .state();
    life.hears(new OrderDue(content.id(), NOON), NOON);
  }

  @Test
  void whatIsPackedAgainAndNeedsMoreThanItsFirstCaptureIsCapturedAgain() {
    List<Capture> first = packs(0, 2, 0);
    assertThat(first).extracting(Capture::amount).containsExactly(eur(6_000));
    isHeldWhileItsMoneyComes(first.getFirst());

    List<Capture> second = packs(1, 1, 1);
    assertThat(second).extracting(Capture::amount).containsExactly(eur(1_000));
    assertThat(second.getFirst().id()).isNotEqualTo(first.getFirst().id());
    succeeds(second.getFirst());
    assertThat(leaves()).isTrue();
    assertThat(captured).isEqualTo(7_000);
  }

  @Test
  void whatComesOutOfItsParcelsAndLeavesAfterAnotherThatItsMoneyHasPaidIsCapturedAgain() {
    Capture first = packs(0, 2, 0).getFirst();
    List<LineQuantity> tea = List.of(with(content.shippedLines().get(0), 2));
    life.hears(new RepackingRequested(content.id(), fulfillment, Samples.BERLIN, tea, 1, 1, 0), NOON);
    succeeds(first);
    assertThat(leaves()).as("it is open").isFalse();

    packsOnly(FulfillmentId.of(content.id(), 2), 1, List.of(with(content.shippedLines().get(1), 1)));
    assertThat(leaves()).as("the mug").isTrue();
    assertThat(requested()).isEmpty();
    life.sent.clear();

    packsOnly(fulfillment, 2, tea);
    assertThat(requested()).extracting(Capture::amount).containsExactly(eur(4_000));
    succeeds(requested().getFirst());
    assertThat(leaves()).isTrue();
    assertThat(captured).isEqualTo(10_000);
  }

  private void packsOnly(FulfillmentId what, int parcel, List<LineQuantity> lines) {
    life.hears(new FulfillmentPacked(content.id(), what, Samples.BERLIN, lines,
        List.of(new Parcel(ParcelId.of(what, parcel), lines, 100, 1, 1, 1, null, null)), 0), NOON);
  }

  @Test
  void aCaptureThatIsTriedAgainByAPersonTakesWhatIsNeededByNow() {
    List<Capture> first = packs(0, 1, 0);
    assertThat(first).extracting(Capture::amount).containsExactly(eur(3_000));
    life.hears(new CaptureAnswered(content.id(), Shop.payment(PaymentStatus.AUTHORIZED, 10_000, 0),
        first.getFirst().failed("card_declined", NOON)), NOON);
    life.state = life.state.withFulfillment(new OrderFulfillment(fulfillment, Samples.BERLIN,
        content.shippedLines(), 1, 1).awaiting(eur(10_000)));
    HoldId hold = life.state.holds().stream().filter(it -> it.reason() == Hold.Reason.CAPTURE_FAILED).findFirst()
        .orElseThrow().id();

    OrderState again = life.state.released(hold, Resolution.CAPTURE_AGAIN, new Release("try", NOON.plusSeconds(5), "k"),
        "adj_1", NOON.plusSeconds(5)).orElseThrow().state();
    assertThat(again.money().payments().getFirst().captures().pending()).singleElement()
        .satisfies(it -> assertThat(it).returns(eur(10_000), Capture::amount).returns(true, Capture::last));
  }

  private static Money eur(long cents) {
    return new Money(cents, "EUR");
  }
}
