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
    var refused = new ArrayList<String>();
    for (int i = 0; i < news.units().size(); i++) {
      ReturnedUnits units = news.units().get(i);
      switch (putBack(news, units, i, location, products.get(units.sku()))) {
        case waybill.platform.Outcome.Accepted<Made>(Made made) ->
          sent.addAll(Emissions.of(made.adjustment(), counters));
        case waybill.platform.Outcome.Declined<Made>(Refused why) -> refused.add(units.sku() + " " + why.code());
      }
    }
    sender.send(sent.stream().distinct().toList());
    if (!refused.isEmpty()) {
      throw new IllegalStateException("of %s cannot be put back: %s".formatted(news.returned(), refused));
    }
  }

  /** What may not be sold any more since that was decided, as its lot has expired or is recalled, is kept apart. */
  private waybill.platform.Outcome<Made> putBack(ReturnDisposed news, ReturnedUnits units, int index,
      Location location, waybill.catalog.Product product) {
    Adjustment asked = adjustment(news, units, units.to(), index, location);
    waybill.platform.Outcome<Made> outcome = adjustments.make(asked, product, today(location));
    if (units.to() == ReturnedTo.ON_HAND && outcome instanceof waybill.platform.Outcome.Declined<Made>) {
      asked = adjustment(news, units, ReturnedTo.QUARANTINED, index, location);
      outcome = adjustments.make(asked, product, today(location));
    }
    if (outcome instanceof waybill.platform.Outcome.Accepted<Made>(Made made) && made.now()) {
      LOG.info("Returned units put back", "return", news.returned(), "sku", asked.sku(), "location", asked.location(),
          "quantity", asked.quantity(), "reason", asked.reason());
    }
    return outcome;
  }

  private static Adjustment adjustment(ReturnDisposed news, ReturnedUnits units, ReturnedTo to, int index,
      Location location) {
    Adjustment.Reason reason = switch (to) {
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
