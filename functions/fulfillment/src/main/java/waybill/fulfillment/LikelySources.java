package waybill.fulfillment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import waybill.catalog.Catalog;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.Sourcing.Part;
import waybill.inventory.StockReader;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Table;

/** From where an order that is not placed yet would ship, by the very rule by which orders are planned, and how busy that place is. */
public final class LikelySources {
  private static final int PAGE = 1_000;

  private final Supply supply;
  private final Table<Fulfillment> fulfillments;

  public LikelySources(Ports ports) {
    this.supply = new Supply(new Catalog(ports), Supply.Stock.of(new StockReader(ports)));
    this.fulfillments = FulfillmentTable.fulfillments(ports);
  }

  /**
   * The locations that would ship these units now.
   *
   * @param items of products that are packed: of a kit its components
   * @return empty if no location has all of it, also together with others
   */
  public List<LocationId> of(StockPool pool, List<SkuQuantity> items) {
    List<LineQuantity> lines = IntStream.range(0, items.size()).mapToObj(
        it -> new LineQuantity(new LineId("line_" + (it + 1)), items.get(it).sku(), items.get(it).quantity())).toList();
    Supply.Split split = supply.find(Supply.Wanted.of(pool, lines));
    return split.rest().isEmpty() ? split.parts().stream().map(Part::location).toList() : List.of();
  }

  /** How many orders wait there to be packed, as it was a moment ago. @param most more are not counted */
  public int waiting(LocationId location, int most) {
    var found = new ArrayList<Table.Key>();
    String cursor = null;
    do {
      Page<Table.Key> page = fulfillments
          .keys(FulfillmentTable.in(Status.OPEN, location), Math.min(PAGE, most - found.size()), cursor).orElseThrow();
      found.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null && found.size() < most);
    return found.size();
  }
}
