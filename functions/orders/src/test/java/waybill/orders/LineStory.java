package waybill.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Product;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.LineId;
import waybill.messages.Money;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.Sku;
import waybill.orders.Refunding.Granted;
import waybill.orders.Refunding.Units;
import waybill.platform.Outcome;

/** An order on its way through its commands, as rules see it. */
final class LineStory {

  final OrderContent content;
  OrderState state;
  final List<OrderCommand> commands = new ArrayList<>();
  /** The catalog. */
  Map<Sku, Product> products = plain();

  LineStory(OrderContent content, OrderState state) {
    this.content = content;
    this.state = state;
  }

  private static Map<Sku, Product> plain() {
    var products = new HashMap<Sku, Product>();
    for (String sku : List.of("TEA-200", "MUG-BLUE", "E-BOOK")) {
      products.put(new Sku(sku),
          new Product(new Sku(sku), "", 0, 0, 0, 0, !sku.equals("E-BOOK"), null, null, null, Map.of()));
    }
    return products;
  }

  Outcome<Granted> tries(Units... units) {
    String id = "adj_" + commands.size();
    return CancellingLines.of(content, state, commands, id, Samples.NOON).cancel(CancelReason.CUSTOMER, id,
        List.of(units));
  }

  Adjustment cancels(Units... units) {
    return done(tries(units).orElseThrow(), OrderCommand.Kind.CANCELLATION);
  }

  Outcome<Granted> triesToRefund(Units... units) {
    return Refunding.of(content, state, commands, "adj_" + commands.size(), Samples.NOON)
        .grant(new Refunding.Form(Adjustment.Kind.REFUND, List.of(units), false, null, null, null, null, false));
  }

  Adjustment refunds(Units... units) {
    return done(triesToRefund(units).orElseThrow(), OrderCommand.Kind.REFUND);
  }

  private Adjustment done(Granted granted, OrderCommand.Kind kind) {
    state = granted.state();
    commands.add(new OrderCommand(content.id(), "adj_" + commands.size(), kind, "", "op", Samples.NOON,
        granted.adjustment()));
    return granted.adjustment();
  }

  LineStory isPaid(long amount) {
    state = Advancing.advance(Optional.of(state), new PaymentCaptured(content.id(),
        Shop.payment(PaymentStatus.CAPTURED, amount, amount)), Samples.NOON);
    return this;
  }

  /** What is being refunded by the card. */
  long back() {
    return state.money().payments().stream().flatMap(it -> it.parts().stream()).map(Refund::amount)
        .mapToLong(Money::minorUnits).sum();
  }

  long owed() {
    return state.money().owed(state.terms(), state.phase()).minorUnits();
  }

  static LineStory placed(OrderContent content) {
    return new LineStory(content, Samples.placed(content).withReserved(0, Samples.NOON));
  }

  LineStory hears(AdvanceOrder.Input... news) {
    for (AdvanceOrder.Input it : news) {
      state = Advancing.advance(Optional.of(state), it, Samples.NOON);
    }
    return this;
  }

  Outcome<Granted> triesToChange(ChangingLines.Edit... edits) {
    return new ChangingLines(OrderLines.of(content, state.changes(), commands), state, commands, products,
        "adj_" + commands.size(), Samples.NOON).change(new ChangingLines.Form(List.of(edits), null));
  }

  Adjustment changes(ChangingLines.Edit... edits) {
    return done(triesToChange(edits).orElseThrow(), OrderCommand.Kind.EDIT);
  }

  static ChangingLines.Edit quantity(int line, int quantity) {
    return new ChangingLines.Quantity(new LineId("line_" + line), quantity);
  }

  static ChangingLines.Edit addition(String sku, int quantity, long price) {
    return new ChangingLines.Addition(
        new OrderForm.Line(null, new Sku(sku), null, quantity, price, List.of(), List.of(),
            quantity * price, Map.of()));
  }

  static List<String> refusals(Outcome<Granted> outcome) {
    return ((Outcome.Declined<Granted>) outcome).refused().violations().stream()
        .map(it -> it.pointer() + " " + it.code() + ": " + it.detail()).toList();
  }

  static Units units(int line, int quantity) {
    return new Units(new LineId("line_" + line), quantity);
  }

  static Map<String, Object> line(String sku, int quantity, long price, long discount) {
    return Map.of("sku", sku, "quantity", quantity, "unit_price", price, "discounts",
        List.of(Map.of("code", "TEN", "amount", discount)), "total", quantity * price - discount);
  }

  /** An order that is to be paid by one card. */
  static OrderContent order(List<Map<String, Object>> lines) {
    long total = lines.stream().mapToLong(it -> (Long) it.get("total")).sum();
    Map<String, Object> body = Shop.sample();
    body.remove("shipping");
    body.putAll(Map.of("lines", lines, "total", total, "payments", List.of(Map.of("provider", "stripe", "account",
        "shop-eu", "reference", "pi_3QWaybillSample", "amount", total))));
    return Samples.content(body);
  }
}
