package waybill.fulfillment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import waybill.catalog.Catalog;
import waybill.catalog.Destination;
import waybill.fulfillment.sourcing.Sourcing.Part;
import waybill.inventory.StockReader;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Ports;

/** From where an order that is not placed yet would ship, by the very rule by which orders are planned, and how busy that place is. */
public final class LikelySources {
  private final Supply supply;
  private final Backlog backlog;

  public LikelySources(Ports ports) {
    this.backlog = new Backlog(FulfillmentTable.fulfillments(ports));
    this.supply = new Supply(new Candidates(new Catalog(ports), backlog, ports.clock()),
        Supply.Stock.of(new StockReader(ports)));
  }

  /**
   * The locations that would ship these units now.
   *
   * @param items of products that are packed: of a kit its components
   * @return empty if no location has all of it, also together with others
   */
  public List<LocationId> of(StockPool pool, List<SkuQuantity> items, Destination destination) {
    List<LineQuantity> lines = IntStream.range(0, items.size()).mapToObj(
        it -> new LineQuantity(new LineId("line_" + (it + 1)), items.get(it).sku(), items.get(it).quantity())).toList();
    Supply.Split split = supply.find(Supply.Wanted.of(pool, lines),
        () -> Optional.of(new Journey(destination, null, null)));
    return split.rest().isEmpty() ? split.parts().stream().map(Part::location).toList() : List.of();
  }

  /** How many orders wait there to be packed, as it was a moment ago. @param most more are not counted */
  public int waiting(LocationId location, int most) {
    return backlog.at(location, most);
  }
}
