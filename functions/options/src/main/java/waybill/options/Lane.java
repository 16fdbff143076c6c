package waybill.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.DeliveryOption;
import waybill.catalog.Destination;
import waybill.catalog.ShippingMethod;
import waybill.messages.LocationId;
import waybill.orders.Orders.Shipping;

/**
 * How long a method took from a location to a part of the world, as the scans of our own parcels say: on how many days the carrier worked, from when it
 * had a parcel to the first time that it tried to deliver it.
 *
 * @param postalPrefix how the postal codes of that part begin; empty for the whole country
 * @param days how many parcels took 0, 1, 2 … days; what took longer counts as the last
 * @param kept how many that were promised came in time
 * @param late how many that were promised came later
 */
record Lane(LocationId location, String method, CarrierAccountId carrierAccount, String service, String country,
    String postalPrefix, List<Integer> days, int kept, int late) {
  /** Fewer parcels say little. */
  static final int ENOUGH = 20;
  /** Of a hundred parcels so many come by the day that is promised. */
  static final int CONFIDENCE = 95;
  private static final int EARLY = 10;
  private static final int SLOWEST = 99;
  private static final int MOST_DAYS = 60;
  private static final int PREFIX = 2;

  /** What a lane is for. */
  record Way(LocationId location, String method, CarrierAccountId carrierAccount, String service) {

    /** That of an order's parcel. @param method the channel's, if it still has it */
    static Way of(LocationId from, Shipping order, Optional<ShippingMethod> method) {
      DeliveryOption chosen = order.chosen();
      return new Way(from, order.method(),
          chosen != null ? chosen.carrierAccount() : method.map(ShippingMethod::carrierAccount).orElse(null),
          chosen != null ? chosen.service() : method.map(ShippingMethod::service).orElse(null));
    }

    /** The lane of the destination's region, if it has one, and that of its country. */
    List<Lane> to(Destination destination) {
      String postal = destination.postalText();
      var lanes = new ArrayList<Lane>();
      if (postal.length() >= PREFIX) {
        lanes.add(lane(destination.country(), postal.substring(0, PREFIX)));
      }
      lanes.add(lane(destination.country(), ""));
      return lanes;
    }

    private Lane lane(String country, String prefix) {
      return new Lane(location, method, carrierAccount, service, country, prefix, List.of(), 0, 0);
    }
  }

  /** By which it is found; the parts of it have no "#". */
  String id() {
    return String.join("#", location.value(), method, carrierAccount == null ? "" : carrierAccount.toString(),
        service == null ? "" : service, country, postalPrefix);
  }

  /**
   * The same with one more parcel.
   *
   * @param took null if that is not known
   * @param inTime null if it was not promised
   */
  Lane with(Integer took, Boolean inTime) {
    var counted = new ArrayList<>(days);
    if (took != null) {
      int day = Math.min(took, MOST_DAYS);
      while (counted.size() <= day) {
        counted.add(0);
      }
      counted.set(day, counted.get(day) + 1);
    }
    return new Lane(location, method, carrierAccount, service, country, postalPrefix, List.copyOf(counted),
        kept + (Boolean.TRUE.equals(inTime) ? 1 : 0), late + (Boolean.FALSE.equals(inTime) ? 1 : 0));
  }

  int parcels() {
    return days.stream().mapToInt(Integer::intValue).sum();
  }

  /** So many days sufficed for this share of a hundred of its parcels. */
  int percentile(int percent) {
    int reached = 0;
    for (int day = 0; day < days.size(); day++) {
      reached += days.get(day);
      if (reached * 100L >= (long) percent * parcels()) {
        return day;
      }
    }
    return days.size();
  }

  /** What may be promised by it; empty if it has seen too few parcels. */
  Optional<Transit> transit() {
    return parcels() < ENOUGH
        ? Optional.empty()
        : Optional.of(new Transit(percentile(EARLY), percentile(CONFIDENCE), CONFIDENCE));
  }

  /** On so many days the carrier worked until nearly all parcels of this way came; empty if too few were seen. @param known by their ids */
  static Optional<Integer> slowest(Way way, Destination destination, Map<String, Lane> known) {
    return way.to(destination).stream().map(it -> known.get(it.id())).filter(Objects::nonNull)
        .filter(it -> it.parcels() >= ENOUGH).findFirst().map(it -> it.percentile(SLOWEST));
  }

  /** Those of a method from each location that an order ships from. */
  static List<Way> ways(ShippingMethod method, Situation situation) {
    return situation.sources().stream()
        .map(it -> new Way(it.location().id(), method.code(), method.carrierAccount(), method.service())).toList();
  }

  /**
   * What may be promised of an order that goes all of these ways: the region's lane counts if it has seen enough, else the country's.
   *
   * @param known by their ids
   * @return empty if one of the ways has not seen enough
   */
  static Optional<Transit> transit(List<Way> ways, Destination destination, Map<String, Lane> known) {
    List<Optional<Transit>> each = ways.stream().map(way -> way.to(destination).stream()
        .map(it -> known.get(it.id())).filter(Objects::nonNull).flatMap(it -> it.transit().stream()).findFirst())
        .toList();
    return each.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : each.stream().map(Optional::orElseThrow).reduce((one, other) -> new Transit(
            Math.max(one.earliest(), other.earliest()), Math.max(one.latest(), other.latest()), CONFIDENCE));
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("location_id", location.value());
    tree.put("method", method);
    tree.put("carrier", carrierAccount == null ? null : carrierAccount.carrier());
    tree.put("service", service);
    tree.put("country", country);
    tree.put("postal_prefix", postalPrefix);
    tree.put("parcels", parcels());
    var percentiles = new LinkedHashMap<String, Object>();
    for (int percent : new int[]{50, 75, 85, 90, 95, 97, 99}) {
      percentiles.put(Integer.toString(percent), parcels() == 0 ? null : percentile(percent));
    }
    tree.put("days", percentiles);
    tree.put("kept", kept);
    tree.put("late", late);
    return tree;
  }
}
