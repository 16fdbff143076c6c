package waybill.orders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import waybill.catalog.Product;
import waybill.messages.LineQuantity;
import waybill.messages.OrderMessages.Instead;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.Sku;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.Line;
import waybill.orders.OrderForm.Tax;
import waybill.platform.Refused;

/**
 * The form of an order that sends units of another one again: to the same customer and address by the same method, for nothing; or goods instead of
 * units that came back, for what these do not pay of them.
 */
final class Replacing {
  /** The discount by which what came back pays. */
  private static final String EXCHANGE = "exchange";

  private Replacing() {}

  /** Why none of its units are refunded by themselves: their worth is with the order whose units came back. Empty if they are paid for here. */
  static Optional<Refused> paidElsewhere(OrderContent of) {
    boolean exchanged = of.replaces() != null && of.form().lines().stream().flatMap(it -> it.discounts().stream())
        .anyMatch(it -> EXCHANGE.equals(it.code()));
    return exchanged
        ? Optional.of(Refused.conflict("paid_by_exchange",
            "goods of order %s that came back have paid for it: refund an amount of that order"
                .formatted(of.replaces()))
            .about("order_id", of.replaces().value()))
        : Optional.empty();
  }

  /**
   * @param replaced as it is now
   * @param number how many replacements of the order there are with it
   * @param products of the lines, if the order does not name them, and of what is sent instead
   */
  static OrderForm form(OrderContent replaced, ReplacementAsked asked, int number, Map<Sku, Product> products) {
    OrderForm form = replaced.form();
    List<Line> lines = asked.instead().isEmpty()
        ? free(replaced, asked.lines(), products)
        : IntStream.range(0, asked.instead().size()).mapToObj(
            it -> exchanged(replaced, asked.lines().get(it), asked.instead().get(it), products)).toList();
    OrderForm.Shipping shipping = form.shipping() == null
        ? null
        : new OrderForm.Shipping(form.shipping().method(), form.shipping().name(), 0, List.of(), List.of(), 0);
    return new OrderForm(asked.cause(), form.number() == null ? null : form.number() + "-R" + number, form.channel(),
        null, form.currency(), form.taxesIncluded(), form.customer(), form.shippingAddress(), form.billingAddress(),
        lines, shipping, null, lines.stream().mapToLong(Line::total).sum(), List.of(), null, form.gift(), form.note(),
        List.of(), form.sellerId(), null, null, form.backorders(), Map.of());
  }

  private static List<Line> free(OrderContent replaced, List<LineQuantity> lines, Map<Sku, Product> products) {
    var names = replaced.names(products);
    return lines.stream().map(it -> new Line(reference(replaced, it), it.sku(), names.get(it.lineId()), it.quantity(),
        0, List.of(), List.of(), 0, Map.of())).toList();
  }

  /** What is due of a line is taxed as the line that came back was. */
  private static Line exchanged(OrderContent replaced, LineQuantity back, Instead it, Map<Sku, Product> products) {
    long due = it.price() - it.paid();
    Line agreed = replaced.form().lines().get(replaced.place(back.lineId().ordered()));
    List<Tax> taxes = agreed.total() == 0 || due == 0
        ? List.of()
        : agreed.taxes().stream().map(tax -> new Tax(tax.name(), tax.rate(),
            Math.floorDiv(2 * tax.amount() * due + agreed.total(), 2 * agreed.total()))).toList();
    long unitPrice = Math.ceilDiv(it.price(), it.quantity());
    long unpaid = due - (replaced.form().taxesIncluded() ? 0 : Shares.taxes(taxes));
    long discount = unitPrice * it.quantity() - unpaid;
    return new Line(reference(replaced, back), it.sku(), products.get(it.sku()).name(), it.quantity(), unitPrice,
        discount == 0 ? List.of() : List.of(new Discount(EXCHANGE, discount)), taxes, due, Map.of());
  }

  private static String reference(OrderContent replaced, LineQuantity line) {
    return replaced.form().lines().get(replaced.place(line.lineId().ordered())).reference();
  }
}
