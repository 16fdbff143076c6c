package waybill.orders;

import java.util.List;
import java.util.Map;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.catalog.Product;

/** The form of an order that sends units of another one again: to the same customer and address by the same method, for nothing. */
final class Replacing {

  private Replacing() {}

  /**
   * @param replaced as it is now
   * @param cause what asked for it, its reference
   * @param number how many replacements of the order there are with it
   * @param products of the lines, if the order does not name them
   */
  static OrderForm form(OrderContent replaced, List<LineQuantity> lines, String cause, int number,
      Map<Sku, Product> products) {
    OrderForm form = replaced.form();
    var names = replaced.names(products);
    List<OrderForm.Line> free = lines.stream().map(it -> new OrderForm.Line(reference(replaced, it), it.sku(),
        names.get(it.lineId()), it.quantity(), 0, List.of(), List.of(), 0, Map.of())).toList();
    OrderForm.Shipping shipping = form.shipping() == null
        ? null
        : new OrderForm.Shipping(form.shipping().method(), form.shipping().name(), 0, List.of(), List.of(), 0);
    return new OrderForm(cause, form.number() == null ? null : form.number() + "-R" + number, form.channel(), null,
        form.currency(), form.taxesIncluded(), form.customer(), form.shippingAddress(), form.billingAddress(), free,
        shipping, null, 0, List.of(), null, form.gift(), form.note(), List.of(), form.sellerId(), null, null,
        form.backorders(), Map.of());
  }

  private static String reference(OrderContent replaced, LineQuantity line) {
    return replaced.form().lines().get(replaced.place(line.lineId().ordered())).reference();
  }
}
