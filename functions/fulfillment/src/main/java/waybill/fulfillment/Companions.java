package waybill.fulfillment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.orders.Orders;
import waybill.orders.Orders.Together;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Records;
import waybill.platform.Refused;
import waybill.platform.Stored;

/**
 * What fulfillments of two orders that were merged have to do with each other: both go into one parcel, that of the order which leads.
 *
 * @param together what each of some fulfillments is packed together with
 */
record Companions(Function<List<FulfillmentId>, Map<FulfillmentId, Together>> together) {

  static Companions of(Ports ports) {
    return new Companions(new Orders(ports)::together);
  }

  /** What a fulfillment is packed together with; empty if it is packed for itself. */
  Optional<Together> find(FulfillmentId id) {
    return Optional.ofNullable(together.apply(List.of(id)).get(id));
  }

  /** As the API shows them; only what is still to be packed is packed with something. */
  List<Map<String, Object>> shown(List<Stored<Fulfillment>> stored) {
    List<FulfillmentId> open = stored.stream().map(Stored::value).filter(it -> it.status() == Status.OPEN)
        .map(Fulfillment::id).toList();
    Map<FulfillmentId, Together> with = open.isEmpty() ? Map.of() : together.apply(open);
    return stored.stream().map(it -> {
      Map<String, Object> tree = FulfillmentTable.resource(it);
      tree.replace("packs_with", Optional.ofNullable(with.get(it.value().id())).filter(one -> !one.left())
          .map(Companions::tree).orElse(null));
      return tree;
    }).toList();
  }

  private static Map<String, Object> tree(Together with) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("fulfillment_id", with.fulfillment().value());
    tree.put("order_id", with.fulfillment().order().value());
    tree.put("role", Records.toTree(with.role()));
    tree.put("parcels", with.leads() ? List.of() : with.parcels().stream().map(it -> it.id().value()).toList());
    return tree;
  }

  /**
   * The parcel of the other order that a packer names for this one.
   *
   * @param again whether the same request has put it in before: then it may have left since
   */
  Outcome<Parcel> parcel(FulfillmentId id, ParcelId named, boolean again) {
    Optional<Together> with = find(id).filter(it -> !it.leads());
    Optional<Parcel> parcel = with.stream().flatMap(it -> it.parcels().stream()).filter(it -> it.id().equals(named))
        .findFirst();
    if (parcel.isPresent()) {
      return with.get().left() && !again
          ? Refused.conflict("already_left", "%s has left: pack this one for itself".formatted(named)).outcome()
          : Outcome.of(parcel.get());
    }
    return with.filter(it -> it.fulfillment().equals(named.fulfillment())).isPresent()
        ? Refused.conflict("not_labelled", "%s has no label yet: retry in a moment".formatted(named)).outcome()
        : Refused.invalid("/with_parcel", "unknown", "is a parcel of the order that this one leaves with").outcome();
  }

  /** Why this one is not packed for itself; empty if it may be. */
  Optional<Refused> keeps(FulfillmentId id) {
    return find(id).filter(it -> !it.leads() && !it.left())
        .map(it -> Refused.conflict("packs_with",
            "it leaves in the parcel of %s: pack that first, then this one with_parcel, or alone"
                .formatted(it.fulfillment())));
  }
}
