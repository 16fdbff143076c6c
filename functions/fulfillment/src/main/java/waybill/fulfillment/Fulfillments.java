package waybill.fulfillment;

import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.platform.Outcome;
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
