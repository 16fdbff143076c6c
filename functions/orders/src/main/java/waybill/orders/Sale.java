package waybill.orders;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;

/**
 * What an order's goods were sold for without taxes, as customs and invoices need it.
 *
 * @param freight what its shipping was sold for, without taxes
 * @param gift whether it is sent to somebody else as a gift
 * @param lines what ships; of a kit each of its components
 */
public record Sale(String currency, long freight, boolean gift, List<Sold> lines) {

  /** @param net what all of its units were sold for, without taxes */
  public record Sold(LineId line, Sku sku, String name, int quantity, long net) {

    /** What so many of its units were sold for. */
    public long net(int units) {
      return Shares.share(net, quantity, 0, Math.min(units, quantity));
    }
  }

  /** @param now as the order's lines are now */
  static Sale of(OrderContent now) {
    OrderForm form = now.form();
    var lines = new ArrayList<Sold>();
    for (int i = 0; i < form.lines().size(); i++) {
      OrderForm.Line line = form.lines().get(i);
      LineId id = OrderContent.lineId(i);
      if (line.quantity() > 0 && !now.digital().contains(id)) {
        long net = line.total() - Shares.taxes(line.taxes());
        Optional<Kit> kit = now.kit(id);
        if (kit.isPresent()) {
          lines.addAll(components(kit.get(), line, net));
        } else {
          lines.add(new Sold(id, line.sku(), line.name(), line.quantity(), net));
        }
      }
    }
    long freight = form.shipping() == null ? 0 : form.shipping().total() - Shares.taxes(form.shipping().taxes());
    return new Sale(form.currency(), freight, form.gift() != null, List.copyOf(lines));
  }

  private static List<Sold> components(Kit kit, OrderForm.Line line, long net) {
    var shares = new KitShares(kit, net, line.quantity());
    return kit.components().stream().filter(it -> it.units(line.quantity()) > 0).map(it -> {
      int units = it.units(line.quantity());
      return new Sold(it.id(), it.sku(), it.name(), units, shares.of(it, 0, units));
    }).toList();
  }

  /** What was sold as this line; empty if it is none that ships. */
  public Optional<Sold> find(LineId line) {
    return lines.stream().filter(it -> it.line.equals(line)).findFirst();
  }

  /** The part of the freight that goes with these units: as large as their part of the goods. */
  public long freight(List<LineQuantity> units) {
    long all = lines.stream().mapToLong(Sold::net).sum();
    long part = units.stream().mapToLong(it -> find(it.lineId()).map(sold -> sold.net(it.quantity())).orElse(0L)).sum();
    return all == 0
        ? 0
        : BigDecimal.valueOf(freight).multiply(BigDecimal.valueOf(part))
            .divide(BigDecimal.valueOf(all), 0, RoundingMode.HALF_UP).longValueExact();
  }
}
