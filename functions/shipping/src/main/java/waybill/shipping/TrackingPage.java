package waybill.shipping;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.platform.TimeText;
import waybill.shipping.TrackedOrder.Stage;

/**
 * What the template {@code tracking.jte} shows: everything in words already, in one language.
 *
 * @param promise when what has not come yet comes; null if nothing is promised
 * @param stage the name in {@code words} of what there is to say beside the parcels; null if there is nothing
 * @param digital the links and keys that work
 * @param times by which clock the times are
 * @param returns where returns are asked for, seen from this page; null before anything has left
 */
public record TrackingPage(PageLanguage language, ShopFront shop, String title, String promise, String stage,
    List<Card> parcels, List<Line> items, List<Goods> digital, String times, String returns) {

  /**
   * One parcel.
   *
   * @param place which of several parcels it is; null if it is the only one
   * @param carrier with its service, if that is known
   * @param arrival a day, or null if none is known or it no longer matters
   * @param pickup where it waits for its recipient and until when; empty unless that is known
   * @param troubled whether something went wrong
   * @param items what is in it; empty if it is all that was ordered
   */
  public record Card(String place, String carrier, String trackingNumber, String status, String arrival,
      List<String> pickup, boolean troubled, List<Step> steps, List<Line> items, List<Entry> history) {}

  /** One station of the way. @param done whether the parcel has reached it @param current whether it is there now */
  public record Step(String name, boolean done, boolean current) {}

  /** @param text the carrier's own words; null if it gave none @param machine the time as a machine reads it */
  public record Entry(String status, String text, String at, String machine) {}

  /** What was given of a line. */
  public record Goods(String name, List<Link> links, List<String> keys) {}

  /** @param url seen from the page @param text until when it works, and how often */
  public record Link(String url, String text) {}

  /** So many units of something. */
  public record Line(String name, int quantity) {}

  static TrackingPage of(TrackedOrder order, PageLanguage language, String token) {
    int parcels = order.parcels().size();
    boolean whole = parcels == 1 && order.stage() == Stage.PACKED;
    return new TrackingPage(language, order.shop(),
        order.number() == null ? language.say("order") : language.say("order.number", order.number()),
        promise(order, language), order.stage() == Stage.PACKED ? null : order.stage().name().toLowerCase(Locale.ROOT),
        IntStream.range(0, parcels)
            .mapToObj(it -> card(order.parcels().get(it),
                parcels == 1 ? null : language.say("parcel.of", it + 1, parcels), whole, order.zone(), language))
            .toList(),
        lines(order.items()), order.digital().stream().map(it -> goods(it, order.zone(), language)).toList(),
        language.say("times", language.name(order.zone())), parcels == 0 ? null : token + "/returns");
  }

  private static String promise(TrackedOrder order, PageLanguage language) {
    if (order.expected() == null) {
      return null;
    }
    String first = language.day(order.expected().earliestAt(), order.zone());
    String last = language.day(order.expected().latestAt(), order.zone());
    String days = first.equals(last) ? first : language.say("promise.between", first, last);
    return language.say(order.expected().moved() ? "promise.moved" : "promise", days);
  }

  private static List<Line> lines(List<TrackedOrder.Item> items) {
    return items.stream().map(it -> new Line(it.name(), it.quantity())).toList();
  }

  private static Goods goods(TrackedOrder.Given given, ZoneId zone, PageLanguage language) {
    return new Goods(given.name(), given.links().stream()
        .map(it -> new Link(".." + it.path(),
            language.say("digital.until", language.time(it.expiresAt(), zone), it.left())))
        .toList(), given.keys());
  }

  private static Card card(TrackedParcel parcel, String place, boolean whole, ZoneId zone, PageLanguage language) {
    ShipmentStatus status = parcel.status();
    String arrival = isOnItsWay(status) && parcel.estimatedDeliveryAt() != null
        ? language.say("expected", language.day(parcel.estimatedDeliveryAt()))
        : null;
    String carrier = parcel.service() == null ? parcel.carrier() : parcel.carrier() + " · " + parcel.service();
    boolean troubled = status == ShipmentStatus.DELIVERY_FAILED || status == ShipmentStatus.RETURNED
        || status == ShipmentStatus.ON_HOLD;
    return new Card(place, carrier, parcel.trackingNumber(), language.say(status), arrival, pickup(parcel, language),
        troubled,
        steps(status, language), whole ? List.of() : lines(parcel.items()),
        parcel.history().stream().map(it -> entry(it, zone, language)).toList());
  }

  /** Where it waits and until when, as far as that is known. */
  private static List<String> pickup(TrackedParcel parcel, PageLanguage language) {
    return Stream.ofNullable(parcel.pickup())
        .flatMap(it -> Stream.of(it.place() == null ? null : language.say("pickup.place", it.place()),
            it.lastDay() == null ? null : language.say("pickup.last_day", language.day(it.lastDay()))))
        .filter(Objects::nonNull).toList();
  }

  private static boolean isOnItsWay(ShipmentStatus status) {
    return switch (status) {
      case UNKNOWN, PRE_TRANSIT, IN_TRANSIT, ON_HOLD, OUT_FOR_DELIVERY, DELIVERY_FAILED -> true;
      case READY_FOR_PICKUP, DELIVERED, RETURNED -> false;
    };
  }

  private static Entry entry(Scan scan, ZoneId zone, PageLanguage language) {
    Instant at = scan.at();
    return new Entry(language.say(scan.status()), scan.text(), language.time(at, zone), TimeText.of(at));
  }

  /** The way that such a parcel takes: what is picked up, fails or goes back has a station of its own. */
  private static List<Step> steps(ShipmentStatus status, PageLanguage language) {
    List<ShipmentStatus> way = switch (status) {
      case PRE_TRANSIT, IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED -> List.of(ShipmentStatus.PRE_TRANSIT,
          ShipmentStatus.IN_TRANSIT, ShipmentStatus.OUT_FOR_DELIVERY, ShipmentStatus.DELIVERED);
      case UNKNOWN -> List.of(ShipmentStatus.PRE_TRANSIT, status, ShipmentStatus.DELIVERED);
      case READY_FOR_PICKUP, DELIVERY_FAILED, ON_HOLD ->
        List.of(ShipmentStatus.PRE_TRANSIT, ShipmentStatus.IN_TRANSIT, status, ShipmentStatus.DELIVERED);
      case RETURNED -> List.of(ShipmentStatus.PRE_TRANSIT, ShipmentStatus.IN_TRANSIT, ShipmentStatus.RETURNED);
    };
    int reached = way.indexOf(status);
    return IntStream.range(0, way.size())
        .mapToObj(it -> new Step(language.say(way.get(it)), it <= reached, it == reached)).toList();
  }

  /** Whether a status of this page is at any time. */
  public boolean hasTimes() {
    return parcels.stream().map(Card::history).flatMap(List::stream).findAny().isPresent()
        || digital.stream().map(Goods::links).flatMap(List::stream).findAny().isPresent();
  }

  /** The shop's name, for the window's title. */
  public String window() {
    return Stream.of(title, shop.name()).reduce((one, other) -> one + " · " + other).orElseThrow();
  }
}
