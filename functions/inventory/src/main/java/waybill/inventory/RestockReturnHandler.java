package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.inventory.Adjustments.Made;
import waybill.messages.*;
import waybill.messages.Choreography.RestockReturn;
import waybill.messages.ReturnMessages.*;
import waybill.platform.*;

/** Puts units that came back where it was decided that they belong, each once, with an entry of the ledger that names their return. */
public record RestockReturnHandler(Catalog catalog, Adjustments adjustments, Counters counters,
    Sender<RestockReturn.Output> sender, InstantSource clock) implements QueueFunction<ReturnDisposed> {
  private static final Log LOG = Log.of(RestockReturnHandler.class);

  public RestockReturnHandler() { this(Ports.ofProcess()); }

  public RestockReturnHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.adjustments(ports), InventoryTable.openCounters(ports), new Sender<>(ports),
        ports.clock());
  }

  @Override
  public void work(ReturnDisposed news) {
    if (news.units().isEmpty()) {
      return;
    }
    Location location = catalog.location(news.location()).orElseThrow();
    Map<Sku, waybill.catalog.Product> products = catalog
        .products(news.units().stream().map(ReturnedUnits::sku).toList());
    var sent = new ArrayList<RestockReturn.Output>();
    for (int i = 0; i < news.units().size(); i++) {
      Adjustment asked = adjustment(news, news.units().get(i), i, location);
      waybill.platform.Outcome<Made> outcome = adjustments.make(asked, products.get(asked.sku()), today(location));
      if (outcome instanceof waybill.platform.Outcome.Declined<Made>(Refused refused)) {
        throw new IllegalStateException("%s of %s cannot be put back: %s".formatted(asked.sku(), news.returned(),
            refused.code()));
      }
      Made made = outcome.orElseThrow();
      if (made.now()) {
        LOG.info("Returned units put back", "return", news.returned(), "sku", asked.sku(), "location", asked.location(),
            "quantity", asked.quantity(), "reason", asked.reason());
      }
      sent.addAll(Emissions.of(made.adjustment(), counters));
    }
    sender.send(sent.stream().distinct().toList());
  }

  private static Adjustment adjustment(ReturnDisposed news, ReturnedUnits units, int index, Location location) {
    Adjustment.Reason reason = switch (units.to()) {
      case ON_HAND -> Adjustment.Reason.RETURNED;
      case DAMAGED -> Adjustment.Reason.RETURNED_DAMAGED;
      case QUARANTINED -> Adjustment.Reason.RETURNED_QUARANTINED;
    };
    return new Adjustment(AdjustmentId.of(news.returned(), news.disposal(), index), units.sku(), news.location(),
        location.stockPool(), units.quantity(), null, null, reason, null, news.by(), 0, 0, units.lot(),
        units.expiresOn(), news.returned().value());
  }

  private LocalDate today(Location location) {
    return LocalDate.ofInstant(clock.instant(), ZoneId.of(location.timeZone()));
  }
}
