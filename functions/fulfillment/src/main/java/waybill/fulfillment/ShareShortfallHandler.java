package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.Shortages.Reported;
import waybill.inventory.StockReader;
import waybill.messages.*;
import waybill.messages.Choreography.ShareShortfall;
import waybill.messages.PickMessages.UnitsNotPicked;
import waybill.messages.StockMessages.StockFellShort;
import waybill.platform.*;

/**
 * Takes units that a location turned out not to have from its fulfillments that are open, the latest first, as if their packers had reported
 * them; those that a picker did not find, from the fulfillment that they were for. What is packed was found. What no open fulfillment holds stays a shortfall of the location until its packers report it or others come.
 */
public record ShareShortfallHandler(Table<Fulfillment> fulfillments, Shortages shortages, StockReader stock,
    Sender<ShareShortfall.Output> sender) implements QueueFunction<ShareShortfall.Input> {
  private static final Log LOG = Log.of(ShareShortfallHandler.class);
  private static final int AT_ONCE = 100;
  private static final int MOST_PAGES = 20;

  public ShareShortfallHandler() { this(Ports.ofProcess()); }

  public ShareShortfallHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Shortages(ports), new StockReader(ports), new Sender<>(ports));
  }

  @Override
  public void work(ShareShortfall.Input news) {
    switch (news) {
      case StockFellShort fell -> share(fell);
      case UnitsNotPicked missed -> report(missed);
    }
  }

  /** Whoever picked it has looked into every bin; a change of its lines may have left it fewer units meanwhile. */
  private void report(UnitsNotPicked missed) {
    List<ShortageReport> made = shortages.pending(missed.reference());
    made.forEach(this::send);
    Optional<Fulfillment> known = FulfillmentTable.find(fulfillments, missed.fulfillment()).map(Stored::value);
    if (known.filter(it -> it.status() == Status.OPEN && it.isSwapping()).isPresent()) {
      throw new RetryLater("the lots of %s are being swapped".formatted(missed.fulfillment()));
    }
    int left = known.filter(it -> it.status() == Status.OPEN).stream().flatMap(it -> it.lines().stream())
        .filter(it -> it.lineId().equals(missed.line())).mapToInt(LineQuantity::quantity).sum();
    if (made.isEmpty() && left > 0) {
      var form = new ShortageForm(List.of(new ShortageForm.Missing(missed.line(), Math.min(left, missed.quantity()),
          missed.lot())), ShortageReason.NOT_IN_STOCK, null);
      switch (shortages.report(missed.fulfillment(), missed.reference(), form, missed.actor(), OptionalInt.empty())) {
        case Outcome.Accepted<Reported>(Reported reported) -> send(reported.report());
        case Outcome.Declined<Reported>(Refused refused) ->
          LOG.info("Missing units are not reported", "fulfillment", missed.fulfillment(), "reason", refused.code());
      }
    }
  }

  private void share(StockFellShort fell) {
    int left = (int) Math.min(fell.units(), stock.shortfall(fell.sku(), fell.location(), fell.lot()));
    for (ShortageReport made : shortages.pending(fell.reference())) {
      left -= send(made);
    }
    String cursor = null;
    for (int page = 0; left > 0 && page < MOST_PAGES; page++) {
      Page<Table.Key> keys = fulfillments.keys(FulfillmentTable.newestOpen(fell.location()), AT_ONCE, cursor)
          .orElseThrow();
      for (Stored<Fulfillment> open : fulfillments.findAll(keys.data())) {
        left -= take(open.value(), fell, left);
      }
      cursor = keys.nextCursor();
      if (cursor == null) {
        break;
      }
    }
    LOG.info("Shortfall shared", "reference", fell.reference(), "sku", fell.sku(), "location", fell.location(),
        "units", fell.units(), "left", left);
  }

  /** @return how many units it is to do without */
  private int take(Fulfillment open, StockFellShort fell, int most) {
    List<ShortageForm.Missing> missing = missing(open, fell, most);
    if (missing.isEmpty() || open.status() != Status.OPEN) {
      return 0;
    }
    if (open.isSwapping()) {
      // It may have other lots in a moment.
      throw new RetryLater("the lots of %s are being swapped".formatted(open.id()));
    }
    var form = new ShortageForm(missing, ShortageReason.NOT_IN_STOCK, null);
    return switch (shortages.reportCounted(open.id(), fell.reference(), form, fell.actor())) {
      case Outcome.Declined<Reported> _ -> 0; // It is packed or cancelled by now, or did without some before.
      case Outcome.Accepted<Reported>(Reported reported) -> send(reported.report());
    };
  }

  private int send(ShortageReport report) {
    sender.send(Emissions.of(report));
    return report.lines().stream().mapToInt(LineQuantity::quantity).sum();
  }

  private static List<ShortageForm.Missing> missing(Fulfillment open, StockFellShort fell, int most) {
    return fell.lot() == null
        ? missing(open.lines().stream().filter(it -> it.sku().equals(fell.sku())).toList(), LineQuantity::lineId,
            LineQuantity::quantity, null, most)
        : missing(LotQuantity.orNone(open.lots()).stream()
            .filter(it -> it.sku().equals(fell.sku()) && it.lot().equals(fell.lot())).toList(), LotQuantity::lineId,
            LotQuantity::quantity, fell.lot(), most);
  }

  private static <L> List<ShortageForm.Missing> missing(List<L> lines, Function<L, LineId> id,
      ToIntFunction<L> quantity,
      LotNumber lot, int most) {
    var missing = new ArrayList<ShortageForm.Missing>();
    int left = most;
    for (L line : lines) {
      int units = Math.min(left, quantity.applyAsInt(line));
      if (units > 0) {
        missing.add(new ShortageForm.Missing(id.apply(line), units, lot));
        left -= units;
      }
    }
    return missing;
  }
}
