package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.POOL;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.orderId;
import static waybill.inventory.Depot.planned;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.inventory.Depot.Answer;
import waybill.messages.ExpiryDate;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShortageId;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockAllocated;

/** A depot with a product that is tracked by lots. Closing it checks that every unit is in its lot. */
final class LotYard implements AutoCloseable {
  static final Sku CREAM = new Sku("CREAM-50");
  static final LotNumber A = new LotNumber("A");
  static final LotNumber B = new LotNumber("B");
  static final LotNumber C = new LotNumber("C");

  final Depot depot = new Depot();
  private int keys;

  LotYard() {
    mustBeGoodFor(0);
  }

  void mustBeGoodFor(int days) {
    depot.put(CREAM.value(), """
        {"name":"Cream","lot_tracked":true,"expires":true,"minimum_life_days":%d}""".formatted(days));
  }

  Answer adjust(LocationId location, String rest) {
    return depot.adjust(CREAM, "key-" + ++keys, """
        {"location_id":"%s",%s}""".formatted(location, rest));
  }

  Answer adjust(String rest) {
    return adjust(BERLIN, rest);
  }

  LotYard holds(LocationId location, LotNumber lot, String expiresOn, int units) {
    Answer answer = adjust(location, """
        "quantity":%d,"reason":"received","lot":"%s","expires_on":"%s\"""".formatted(units, lot, expiresOn));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return this;
  }

  Levels lot(LocationId location, LotNumber lot) {
    var counter = Counter.of(CREAM, location, lot);
    return InventoryTable.counters(depot.bench.ports()).read(List.of(counter)).getOrDefault(counter, Levels.NONE);
  }

  /** An order is promised units, and they are planned at Berlin. */
  FulfillmentPlanned ordered(String reference, SkuQuantity... items) {
    depot.reserve(order(reference, 0, items));
    return planned(reference, BERLIN, items);
  }

  /** And they are allocated. */
  FulfillmentPlanned allocated(String reference, int units) {
    FulfillmentPlanned planned = ordered(reference, of(units, CREAM));
    depot.allocate(planned);
    return planned;
  }

  /** The lots that it was allocated last; nothing if it was refused. */
  Optional<List<LotQuantity>> lotsOf(FulfillmentPlanned planned) {
    return depot.sent().stream().filter(StockAllocated.class::isInstance).map(StockAllocated.class::cast)
        .filter(it -> it.fulfillment().equals(planned.fulfillment())).reduce((_, last) -> last)
        .map(it -> LotQuantity.orNone(it.lots()));
  }

  static LotQuantity units(int line, LotNumber lot, String expiresOn, int units) {
    return new LotQuantity(new LineId("line_" + line), CREAM, lot, new ExpiryDate(expiresOn), units);
  }

  static ShipmentLabelled shipped(String reference, List<LotQuantity> lots, SkuQuantity... items) {
    var id = ParcelId.of(FulfillmentId.of(orderId(reference), 1), 1);
    return new ShipmentLabelled(orderId(reference), id, BERLIN, POOL, List.of(items), "waybill", "standard", "WB1",
        Instant.parse("2026-11-22T12:00:00Z"), lots);
  }

  /** Units of a lot are missing of a plan's line. @param left how many of the line are left */
  static ShortageReported missing(String key, FulfillmentPlanned planned, LotQuantity lot, int left,
      ShortageReason reason, boolean counted) {
    LineQuantity line = planned.lines().getFirst();
    var kept = new ArrayList<LineQuantity>();
    if (left > 0) {
      kept.add(new LineQuantity(line.lineId(), line.sku(), left));
    }
    return new ShortageReported(planned.order(), planned.fulfillment(), ShortageId.of(planned.fulfillment(), key), null,
        planned.location(), List.of(new LineQuantity(line.lineId(), line.sku(), lot.quantity())), kept,
        LineQuantity.bySku(kept), reason, "packer", counted, List.of(lot));
  }

  void requireExact() {
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Override
  public void close() {
    requireExact();
    depot.close();
  }
}
