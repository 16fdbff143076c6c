package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.inventory.Adjustments.Made;
import waybill.messages.*;
import waybill.messages.Choreography.RestockReturn;
import waybill.messages.ClaimMessages.*;
import waybill.messages.ReturnMessages.*;
import waybill.messages.StockMessages.CountApproved;
import waybill.messages.StockMessages.CountedDifference;
import waybill.platform.*;

/**
 * Puts units that came back where it was decided that they belong, and corrects the books of a location that has packed others than were ordered, or
 * counted others than it has: each once, with an entry of the ledger that names the return, the claim or the count.
 */
public record RestockReturnHandler(Catalog catalog, Adjustments adjustments, Counters counters,
    Sender<RestockReturn.Output> sender, InstantSource clock) implements QueueFunction<RestockReturn.Input> {
  private static final Log LOG = Log.of(RestockReturnHandler.class);

  public RestockReturnHandler() { this(Ports.ofProcess()); }

  public RestockReturnHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.adjustments(ports), InventoryTable.openCounters(ports), new Sender<>(ports),
        ports.clock());
  }

  @Override
  public void work(RestockReturn.Input news) {
    switch (news) {
      case ReturnDisposed it -> putBack(it);
      case WrongUnitsSent it -> correct(it);
      case CountApproved it -> book(it);
    }
  }

  private void putBack(ReturnDisposed news) {
    if (news.units().isEmpty()) {
      return;
    }
    Location location = catalog.location(news.location()).orElseThrow();
    Map<Sku, waybill.catalog.Product> products = catalog
        .products(news.units().stream().map(ReturnedUnits::sku).toList());
    var made = new ArrayList<waybill.platform.Outcome<Made>>();
    for (int i = 0; i < news.units().size(); i++) {
      ReturnedUnits units = news.units().get(i);
      made.add(putBack(news, units, i, location, products.get(units.sku())));
    }
    report(made, news.returned().value());
  }

  /** What was packed instead is gone, as far as the books have it, and what was ordered is still there. */
  private void correct(WrongUnitsSent news) {
    Location location = catalog.location(news.location()).orElseThrow();
    var products = catalog.products(news.swaps().stream().flatMap(it -> Stream.of(it.ordered(), it.sent())).distinct()
        .toList());
    var made = new ArrayList<waybill.platform.Outcome<Made>>();
    for (int i = 0; i < news.swaps().size(); i++) {
      Swap swap = news.swaps().get(i);
      made.add(adjustments.takeOff(correction(news, swap.sent(), -swap.quantity(), 2 * i, location),
          products.get(swap.sent()), today(location)));
      made.add(adjustments.make(correction(news, swap.ordered(), swap.quantity(), 2 * i + 1, location),
          products.get(swap.ordered()), today(location)));
    }
    report(made, news.claim().value());
  }

  /** What was counted is there, whatever may be sold of it. */
  private void book(CountApproved news) {
    Location location = catalog.location(news.location()).orElseThrow();
    var products = catalog.products(news.differences().stream().map(CountedDifference::sku).toList());
    var made = new ArrayList<waybill.platform.Outcome<Made>>();
    for (int i = 0; i < news.differences().size(); i++) {
      CountedDifference it = news.differences().get(i);
      var outcome = adjustments.make(counted(news, it, i, it.quantity() < 0
          ? Adjustment.Reason.LOST
          : Adjustment.Reason.FOUND, location), products.get(it.sku()), today(location));
      if (it.quantity() > 0 && outcome instanceof waybill.platform.Outcome.Declined<Made>) {
        // Of a lot that has expired or is recalled: what may not be sold is withdrawn afterwards.
        outcome = adjustments.make(counted(news, it, i, Adjustment.Reason.CORRECTION, location),
            products.get(it.sku()), today(location));
      }
      made.add(outcome);
    }
    report(made, news.count());
  }

  private static Adjustment counted(CountApproved news, CountedDifference it, int index, Adjustment.Reason reason,
      Location location) {
    return new Adjustment(AdjustmentId.counted(news.count(), index), it.sku(), news.location(), location.stockPool(),
        it.quantity(), null, null, reason, null, news.by(), 0, 0, it.lot(), null, news.count());
  }

  private static Adjustment correction(WrongUnitsSent news, Sku sku, int quantity, int index, Location location) {
    return new Adjustment(AdjustmentId.of(news.claim(), index), sku, news.location(), location.stockPool(), quantity,
        null, null, Adjustment.Reason.CORRECTION, null, news.by(), 0, 0, null, null, news.claim().value());
  }

  /** What was made is sent, also if something else could not be. */
  private void report(List<waybill.platform.Outcome<Made>> all, String of) {
    var sent = new LinkedHashSet<RestockReturn.Output>();
    var refused = new ArrayList<String>();
    for (var one : all) {
      switch (one) {
        case waybill.platform.Outcome.Accepted<Made>(Made made) ->
          sent.addAll(Emissions.of(made.adjustment(), counters));
        case waybill.platform.Outcome.Declined<Made>(Refused why) -> refused.add(why.code() + ": " + why.detail());
      }
    }
    sender.send(List.copyOf(sent));
    if (!refused.isEmpty()) {
      throw new IllegalStateException("of %s cannot be put back: %s".formatted(of, refused));
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
