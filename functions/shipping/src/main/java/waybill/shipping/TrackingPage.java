package waybill.shipping;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.ShipmentStatus;

/**
 * What the template {@code tracking.jte} shows: everything in words already, in one language.
 *
 * @param cancelled whether nothing will be sent
 */
public record TrackingPage(PageLanguage language, boolean cancelled, List<Card> parcels) {

  /**
   * One parcel.
   *
   * @param carrier with its service, if that is known
   * @param arrival a day, or null if none is known or it no longer matters
   * @param troubled whether something went wrong
   */
  public record Card(String carrier, String trackingNumber, String status, String arrival, boolean troubled,
      List<Step> steps, List<Entry> history) {}

  /** One station of the way. @param done whether the parcel has reached it @param current whether it is there now */
  public record Step(String name, boolean done, boolean current) {}

  public record Entry(String status, String at) {}

  static TrackingPage of(TrackedOrder order, PageLanguage language) {
    return new TrackingPage(language, order.isCancelled(),
        order.parcels().stream().map(parcel -> card(parcel, language)).toList());
  }

  public String title() {
    if (cancelled && parcels.isEmpty()) {
      return language.say("order");
    }
    return language.say(parcels.size() == 1 ? "parcel" : "parcels");
  }

  private static Card card(TrackedParcel parcel, PageLanguage language) {
    ShipmentStatus status = parcel.status();
    boolean onItsWay = switch (status) {
      case PRE_TRANSIT, IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERY_FAILED -> true;
      case READY_FOR_PICKUP, DELIVERED, RETURNED -> false;
    };
    boolean troubled = status == ShipmentStatus.DELIVERY_FAILED || status == ShipmentStatus.RETURNED;
    String arrival = onItsWay && parcel.estimatedDeliveryAt() != null
        ? language.day(parcel.estimatedDeliveryAt())
        : null;
    String carrier = parcel.service() == null ? parcel.carrier() : parcel.carrier() + " · " + parcel.service();
    return new Card(carrier, parcel.trackingNumber(), language.say(status), arrival, troubled, steps(status, language),
        parcel.history().stream().map(scan -> new Entry(language.say(scan.status()), language.time(scan.at())))
            .toList());
  }

  private static List<Step> steps(ShipmentStatus status, PageLanguage language) {
    List<String> names = Stream.of("labelled", "in_transit", "out_for_delivery", "delivered")
        .map(it -> language.say("step." + it)).toList();
    int reached = switch (status) {
      case PRE_TRANSIT -> 0;
      case IN_TRANSIT, RETURNED -> 1;
      case OUT_FOR_DELIVERY, READY_FOR_PICKUP, DELIVERY_FAILED -> 2;
      case DELIVERED -> 3;
    };
    return IntStream.range(0, names.size()).mapToObj(i -> new Step(names.get(i), i <= reached, i == reached)).toList();
  }
}
