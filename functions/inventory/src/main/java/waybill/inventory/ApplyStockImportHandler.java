package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.inventory.Adjustments.Made;
import waybill.messages.*;
import waybill.messages.Choreography.ApplyStockImport;
import waybill.messages.StockMessages.StockImportDue;
import waybill.platform.*;
import waybill.platform.Outcome;

/**
 * Does the lines of an accepted file, a part of it a message, each line in one transaction with the file's progress. Whatever dies goes on with the line
 * behind the last that was done.
 */
public record ApplyStockImportHandler(Imports imports, Adjustments adjustments, Table<Adjustment> made, Catalog catalog,
    Counters counters, Sender<ApplyStockImport.Output> sender) implements QueueFunction<StockImportDue> {
  private static final Log LOG = Log.of(ApplyStockImportHandler.class);
  /** A line takes a few calls; if they are slow, the rest is left to another invocation. */
  private static final Duration A_LINE = Duration.ofSeconds(5);

  public ApplyStockImportHandler() { this(Ports.ofProcess()); }

  public ApplyStockImportHandler(Ports ports) {
    this(InventoryTable.imports(ports), InventoryTable.adjustments(ports), InventoryTable.adjustmentRecords(ports),
        new Catalog(ports), InventoryTable.openCounters(ports), new Sender<>(ports));
  }

  @Override
  public void work(StockImportDue due) {
    Optional<Stored<StockImport>> accepted = imports.find(due.id());
    if (accepted.isEmpty()) {
      LOG.info("Stock import was never accepted", "import", due.id());
      return;
    }
    StockImport known = accepted.get().value();
    int end = Imports.endOfPart(due.from(), known.lines());
    // Whoever did the line behind this part was sent for after its end.
    if (known.done() > end || due.from() >= known.lines()) {
      return;
    }
    if (known.done() > due.from()) {
      // Whoever did it may have died before it was sent on.
      made.find(Adjustments.key(known.adjustment(known.done() - 1))).ifPresent(it -> follow(it.value()));
    }
    Stored<StockImport> now = doLines(accepted.get(), due.from(), end);
    if (now.value().status() == StockImport.Status.COMPLETED) {
      imports.end(now.value());
      LOG.info("Stock imported", "import", due.id(), "changed", now.value().changed(), "unchanged",
          now.value().unchanged(), "refused", now.value().refused());
    } else {
      sender.send(List.of(new StockImportDue(due.id(), now.value().done() < end ? due.from() : end)));
    }
  }

  private Stored<StockImport> doLines(Stored<StockImport> from, int first, int end) {
    Stored<StockImport> current = from;
    List<ImportLine> lines = imports.part(from.value(), first);
    if (lines.isEmpty()) {
      // Somebody else has done them all meanwhile.
      return imports.find(from.value().id()).orElseThrow();
    }
    var known = new ImportCheck.Known(catalog.products(lines.stream().map(ImportLine::sku).toList()),
        catalog.locations().stream().collect(Collectors.toMap(Location::id, it -> it)), Map.of(), List.of());
    while (current.value().done() < end && Deadline.allows(A_LINE)) {
      ImportLine line = lines.get(current.value().done() - first);
      current = doLine(current, line, known);
    }
    return current;
  }

  /** @return the file as it is since */
  private Stored<StockImport> doLine(Stored<StockImport> current, ImportLine line, ImportCheck.Known known) {
    StockImport it = current.value();
    Adjustment asked = line.adjustment(it.adjustment(it.done()), known.locations().get(line.location()).stockPool(),
        it.actor(), it.at());
    Outcome<Made> outcome = adjustments.make(asked, known.products().get(line.sku()),
        known.day(line.location(), it.at()), made -> List.of(imports.progress(current, it.with(made))));
    return switch (outcome) {
      case Outcome.Accepted<Made>(Made done) when done.now() -> {
        follow(done.adjustment());
        yield next(current, it.with(done.adjustment()));
      }
      case Outcome.Accepted<Made> _ -> imports.find(it.id()).orElseThrow();
      case Outcome.Declined<Made>(Refused refused) -> refused(current, line, refused);
    };
  }

  private Stored<StockImport> refused(Stored<StockImport> current, ImportLine line, Refused refused) {
    LineError error = refused.violations().stream().findFirst()
        .map(it -> LineError.of(line.line(), it.pointer().substring(1), it.code(), it.detail()))
        .orElseGet(() -> LineError.of(line.line(), line.counted() == null ? "quantity" : "counted", refused.code(),
            refused.detail()));
    if (!imports.refuse(current, error)) {
      return imports.find(current.value().id()).orElseThrow();
    }
    LOG.warn("Line of a stock import refused", "import", current.value().id(), "line", line.line(), "code",
        refused.code());
    return next(current, current.value().withRefusal());
  }

  private static Stored<StockImport> next(Stored<StockImport> before, StockImport value) {
    return new Stored<>(value, before.revision() + 1, before.createdAt(), before.updatedAt());
  }

  private void follow(Adjustment it) {
    sender.send(Emissions.of(it, counters));
  }
}
