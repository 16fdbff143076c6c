package waybill.fulfillment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.BoxId;
import waybill.catalog.ShippingBox;
import waybill.catalog.ShippingBox.Counted;
import waybill.messages.LocationId;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * How many boxes a location has left: what somebody counted, less what was packed into since. A packing counts its boxes down in the same
 * write, so each once. A box that is packed again has been used twice: nobody knows whether it could be opened without a cut.
 */
record BoxStock(Table<BoxUse> uses) {

  static BoxStock of(Ports ports) {
    return new BoxStock(new Table<>(ports, "FULFILLMENT_TABLE", BoxUse.class, it -> key(it.locationId(), it.boxId())));
  }

  private static Key key(LocationId location, BoxId box) {
    return new Key("boxes#" + location, box.value());
  }

  /** How many are left of the boxes that were counted there; of the others there are always enough. */
  Map<BoxId, Integer> left(LocationId location, List<ShippingBox> boxes) {
    var left = new HashMap<BoxId, Integer>();
    boxes.forEach(box -> box.counted(location)
        .ifPresent(it -> left.put(box.id(), Math.max(0, it.quantity() - used(it, box.id())))));
    return left;
  }

  private int used(Counted counted, BoxId box) {
    return uses.find(key(counted.locationId(), box)).map(Stored::value)
        .filter(it -> it.countedAt().equals(counted.countedAt())).map(BoxUse::used).orElse(0);
  }

  /** Counts boxes down. @param used how many of each kind; those that nobody counted there are left out */
  List<TransactWriteItem> countDown(LocationId location, List<ShippingBox> boxes, Map<BoxId, Integer> used) {
    var writes = new ArrayList<TransactWriteItem>();
    for (ShippingBox box : boxes) {
      Optional<Counted> counted = box.counted(location).filter(_ -> used.containsKey(box.id()));
      if (counted.isPresent()) {
        Optional<Stored<BoxUse>> current = uses.find(key(location, box.id()));
        int before = current.map(Stored::value).filter(it -> it.countedAt().equals(counted.get().countedAt()))
            .map(BoxUse::used).orElse(0);
        var next = new BoxUse(location, box.id(), counted.get().countedAt(), before + used.get(box.id()));
        writes.add(current.map(it -> uses.replacement(it, next)).orElseGet(() -> uses.insertion(next)));
      }
    }
    return writes;
  }
}
