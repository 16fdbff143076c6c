package waybill.fulfillment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotQuantity;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Fulfillments as other capabilities read them. */
public final class Fulfillments {
  private final Table<Fulfillment> table;

  public Fulfillments(Ports ports) {
    this.table = FulfillmentTable.fulfillments(ports);
  }

  /**
   * What a location packs for an order.
   *
   * @param parcels what it is packed into; empty until then
   */
  public record Contents(FulfillmentId id, OrderId order, LocationId location, List<LineQuantity> lines,
      List<Parcel> parcels) {}

  /**
   * What waits at a location to be packed.
   *
   * @param lots which lots its units come from; empty if none of its products is tracked by lots
   * @param openedAt since when
   */
  public record Waiting(FulfillmentId id, List<LineQuantity> lines, List<LotQuantity> lots, Instant openedAt) {}

  /** A page of what is open at a location, the longest open first. @param cursor null for the first */
  public Page<Waiting> open(LocationId location, int limit, String cursor) {
    Page<Table.Key> page = table.keys(FulfillmentTable.in(Status.OPEN, location), limit, cursor).orElseThrow();
    // The index follows the table a moment later.
    return new Page<>(table.findAll(page.data()).stream().map(Stored::value)
        .filter(it -> it.status() == Status.OPEN && !it.isSwapping()).map(Fulfillments::waiting).toList(),
        page.nextCursor());
  }

  /** What is to be packed of one; empty if it is not open, and is packed by nobody, or already. */
  public Optional<Waiting> waiting(FulfillmentId id) {
    return FulfillmentTable.find(table, id).map(Stored::value).filter(it -> it.status() == Status.OPEN)
        .map(Fulfillments::waiting);
  }

  private static Waiting waiting(Fulfillment it) {
    return new Waiting(it.id(), it.lines(), LotQuantity.orNone(it.lots()), it.openedAt());
  }

  /** What it holds; refused where nobody packs it: it is short, was planned elsewhere or was cancelled. */
  public Outcome<Contents> contents(FulfillmentId id) {
    return FulfillmentTable.find(table, id).map(Stored::value).map(Fulfillments::contents)
        .orElseGet(() -> Refused.absent("fulfillment").outcome());
  }

  private static Outcome<Contents> contents(Fulfillment it) {
    return switch (it.status()) {
      case OPEN, PACKED, REPACKING, DISPATCHED -> it.lines().isEmpty()
          ? Refused.conflict("emptied", "nothing of it is left to pack").outcome()
          : Outcome.of(new Contents(it.id(), it.orderId(), it.locationId(), it.lines(), it.parcels()));
      case SHORT, PLANNED, REFUSED, CANCELLED -> Refused
          .conflict("not_packable", "it is %s: nobody packs it".formatted(it.status().text())).outcome();
    };
  }
}
