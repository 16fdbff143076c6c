package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.local.functions.FaultKind;
import waybill.local.providers.Caller.Answer;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;

/** One order on its way, leg by leg, with callers that ask again when the answer is a failure, or never again. */
final class Traveller {
  private static final int STOCK = 3;
  /** Of a caller who is told to send it again, as a busy machine does more than once. */
  private static final int MOST_ATTEMPTS = 10;
  /** Travellers' times to pay end one after the other, with time between them for secrets to be read again on each leg. */
  private static final Duration BETWEEN_EXPIRIES = Duration.ofMinutes(30);
  private static final Duration A_DAY_AND_MORE = Duration.ofHours(25);
  private static final Duration AN_HOUR_AND_MORE = Duration.ofMinutes(61);
  private static final Duration A_MINUTE_AND_MORE = Duration.ofSeconds(90);
  /** Its orders are live, and nobody sells labels for them. */
  private static final String UNSOLD = "crash-live";
  /** The channel whose labels are sold by a carrier that sends each event once. */
  private static final String LOSSY = "crash-lossy";
  /** The channel whose orders are picked out of bins, each at a location of its own: a wave takes all that wait at one. */
  private static final String BINS = "crash-bins";
  private static final String ENDPOINT = "/webhook-endpoints/crash";
  private static final String LOTS = """
      {"name":"Cream","lot_tracked":true,"expires":true,"minimum_life_days":%d}""";
  private static final String LOT = """
      {"location_id":"%s","quantity":3,"reason":"received","lot":"L-%d","expires_on":"%s"}""";
  private static final String MOVED = """
      {"shipping_address":{"name":"Grace Hopper%s","line1":"Nebenstr. 7","city":"Leipzig","postal_code":"04109","country":"DE"}}""";
  private static final String TRANSFER = """
      {"provider": "external", "method": "bank_transfer", "reference": "BT-%s", "amount": 1000}""";
  /** The id of an order, which those of its fulfillments and parcels have in them. */
  private static final Pattern ORDER = Pattern.compile("(?:ord|ful|par)_([0-9a-z]{26})");
  private static final Pattern TRACKING_LINK = Pattern.compile("/tracking/[A-Za-z0-9._~-]+");

  /** One thing that somebody does, and all that follows from it. */
  enum Leg {
    SET_UP, PLACED, PAID, AUTHORIZED, HELD, RELEASED, PACKED, REPACKED, PACKED_AGAIN, SHORTED, SWAPPED, REPLENISHED, COUNTED, EXPECTED, ARRIVED, RELOCATED, FILED, ASSEMBLED, RECONCILED, SPOILED, IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED, LOOKED_AT, CANCELLED, CREDITED, NOTED, NAMED, CAPTURED, VOIDED, EXPIRED, FORGOTTEN, UNCLAIMED, UNLABELLED, FOLLOWED, SENT_AGAIN, UNFOLLOWED, MAIL_RELEASED, WAITED, IMPORTED, DOWNLOADED, TAKEN_BACK, KEPT, LAPSED, ACCOMPANIED, MERGED, COLLECTED, UNUSED, UNHEARD, REPLACED, DISRUPTED, SENT_BACK, PUT_OFF, REFUNDED, SETTLED, RETURNED, EXCHANGED, CLAIMED, BROUGHT_BACK, OVERDUE, STORED, PICKED, PICKS_RESENT, BIN_COUNTED, ASKED_BY_FORM, LABELLED_BACK, ON_ITS_WAY_BACK, CLAIMED_BY_FORM, GIVEN_CREDIT;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** To the doorstep, or to another end. */
  enum Way {
    DELIVERED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.HELD, Leg.RELEASED, Leg.PACKED, Leg.IN_TRANSIT,
        Leg.OUT_FOR_DELIVERY, Leg.DELIVERED,
        Leg.LOOKED_AT), //
    AUTHORIZED(Leg.SET_UP, Leg.PLACED, Leg.AUTHORIZED), //
    CANCELLED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.CANCELLED), //
    CREDITED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.CREDITED), //
    NOTED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.NOTED), //
    TRANSFERRED(Leg.SET_UP, Leg.PLACED, Leg.NAMED, Leg.CAPTURED), //
    VOIDED(Leg.SET_UP, Leg.PLACED, Leg.NAMED, Leg.VOIDED), //
    MAIL_CAME_BACK(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.MAIL_RELEASED), //
    DIGITAL(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.WAITED, Leg.IMPORTED, Leg.DOWNLOADED, Leg.TAKEN_BACK), //
    OUT_OF_STOCK(Leg.SET_UP, Leg.PLACED, Leg.PAID), //
    FORGOTTEN_BY_ITS_PACKER(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.FORGOTTEN), //
    SHORT(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.SHORTED, Leg.REPLENISHED), //
    REPACKED(Leg.SET_UP, Leg.PLACED, Leg.PACKED, Leg.REPACKED, Leg.PACKED_AGAIN), //
    SWAPPED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.SWAPPED), //
    COUNTED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.COUNTED), //
    BACKORDERED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.EXPECTED, Leg.ARRIVED), //
    RELOCATED(Leg.SET_UP, Leg.RELOCATED, Leg.ASSEMBLED, Leg.RECONCILED), //
    SPOILED(Leg.SPOILED), //
    FILED(Leg.SET_UP, Leg.FILED), //
    UNPAID(Leg.SET_UP, Leg.PLACED, Leg.EXPIRED), //
    MONEY_WITHOUT_ORDER(Leg.UNCLAIMED), //
    FOLLOWED(Leg.SET_UP, Leg.FOLLOWED, Leg.PLACED, Leg.SENT_AGAIN, Leg.UNFOLLOWED), //
    MERGED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.ACCOMPANIED, Leg.MERGED), //
    REPLACED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.REPLACED), //
    SENT_BACK(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.DISRUPTED, Leg.SENT_BACK, Leg.PUT_OFF, Leg.REFUNDED,
        Leg.SETTLED), //
    RETURNED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.DELIVERED, Leg.RETURNED), //
    EXCHANGED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.DELIVERED, Leg.EXCHANGED), //
    CLAIMED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.DELIVERED, Leg.CLAIMED), //
    BROUGHT_BACK(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.BROUGHT_BACK, Leg.OVERDUE), //
    LABEL_UNUSED(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.COLLECTED, Leg.UNUSED), //
    SCAN_UNHEARD(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.UNHEARD), //
    PICKED(Leg.SET_UP, Leg.STORED, Leg.PLACED, Leg.PAID, Leg.PICKED, Leg.PICKS_RESENT, Leg.PACKED, Leg.BIN_COUNTED), //
    LABELLED_BACK(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.DELIVERED, Leg.ASKED_BY_FORM, Leg.LABELLED_BACK,
        Leg.ON_ITS_WAY_BACK), //
    GIVEN_CREDIT(Leg.SET_UP, Leg.PLACED, Leg.PAID, Leg.PACKED, Leg.DELIVERED, Leg.CLAIMED_BY_FORM, Leg.GIVEN_CREDIT), //
    CHECKED_OUT(Leg.SET_UP, Leg.KEPT, Leg.PLACED, Leg.PAID, Leg.LAPSED), //
    /** The last, as it is looked for in the log, which forgets. */
    SCAN_WITHOUT_LABEL(Leg.UNLABELLED);

    final List<Leg> legs;

    Way(Leg... legs) {
      this.legs = Arrays.asList(legs);
    }

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** By its first bytes. */
  private static final String PHOTO = "RIFF0000WEBPVP8 ";
  private static final String BUY = "{\"decision\":\"buy\",\"weight_grams\":700}";
  private static final Pattern FORM_ID = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
  private static final String BOOK = "{\"kind\":\"book\",\"rate_id\":\"simulated\"}";

  private static volatile String lastManifest;
  private static volatile String lastPickup;

  private final Shop shop;
  private final Receiver receiver;
  private final String location;
  private final Way way;
  private final String reference;
  private final String sku;
  private final int quantity;
  private final Instant payBy;
  private String order;
  private String fulfillment;
  private String reservation;
  /** Another order of the same customer, whose parcel is to carry both. */
  private String lead;

  /** @param number of those that go this way; they start at the same time */
  Traveller(Shop shop, Receiver receiver, String location, Way way, int number) {
    this.shop = shop;
    this.receiver = receiver;
    this.way = way;
    this.reference = "t" + way.ordinal() + "x" + number;
    this.location = way == Way.PICKED ? location + "-" + reference : location;
    this.sku = "CRASH-" + way.ordinal() + "-" + number;
    this.quantity = way == Way.OUT_OF_STOCK || way == Way.BACKORDERED ? STOCK + 1 : 1;
    this.payBy = shop.cloud.clock().instant().plus(Duration.ofHours(1))
        .plus(way == Way.UNPAID ? BETWEEN_EXPIRIES.multipliedBy(number) : Duration.ofDays(2));
  }

  /** Whether a message is about this order, or about its payment. */
  boolean isNamedIn(String message) {
    return order != null && !order.isEmpty() && message.contains(order.substring("ord_".length()))
        || lead != null && message.contains(lead.substring("ord_".length()))
        || message.contains(shop.intent(reference) + '"');
  }

  /** What of the message names its order, in whatever it is part of; empty if nothing does. */
  static String named(String message) {
    Matcher matcher = ORDER.matcher(message);
    return matcher.find() ? matcher.group(1) : "";
  }

  void travel(Leg leg) {
    switch (leg) {
      case SET_UP -> setUp();
      case PLACED -> order = again(this::place).json().path("id").asText();
      case PAID, UNCLAIMED -> again(() -> shop.providers
          .stripe(shop.paymentEvent("stripe-payment-intent-succeeded.json", reference, 1000L * quantity)));
      case AUTHORIZED -> again(() -> shop.providers
          .stripe(shop.paymentEvent("stripe-payment-intent-amount-capturable-updated.json", reference, 1000L)));
      case PACKED -> again(this::pack);
      case REPACKED -> again(
          () -> shop.warehouse.post("/fulfillments/" + fulfillment + "/repacking", "", reference));
      case PACKED_AGAIN -> again(this::packWithOwnLabel);
      case SHORTED -> again(this::reportShortage);
      case SWAPPED -> again(this::swapLots);
      case REPLENISHED -> receive("second-" + sku);
      case COUNTED -> count();
      case EXPECTED -> expect();
      case ARRIVED -> again(() -> shop.warehouse.post("/inbounds/" + sku + "/receipts",
          "{\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}".formatted(sku, STOCK), sku));
      case RELOCATED -> relocate();
      case SPOILED -> spoil();
      case FILED -> file();
      case ASSEMBLED -> assemble();
      case IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED -> {
        String event = shop.trackingEvent(leg.text(), fulfillment().path("parcels").path(0));
        again(() -> shop.providers.easyPost(event));
      }
      case HELD -> again(() -> ask("/holds", "{\"reason\":\"customer_request\",\"note\":\"Wait\"}"));
      case RELEASED -> {
        String hold = json("/orders/" + order).at("/holds/0/id").asText();
        again(() -> ask("/holds/" + hold + "/release", "{\"note\":\"Go on\"}"));
      }
      case LOOKED_AT -> lookAt();
      case FOLLOWED -> follow();
      case SENT_AGAIN -> {
        Instant now = shop.cloud.clock().instant();
        String range = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(now.minusSeconds(60), now);
        again(() -> shop.operator.post(ENDPOINT + "/redeliveries", range, reference));
        json(ENDPOINT + "/deliveries");
      }
      case UNFOLLOWED -> unfollow();
      case MAIL_RELEASED -> releaseAddress();
      case CANCELLED -> again(() -> shop.cancel(order));
      case CREDITED -> again(() -> ask("/refunds", "{\"kind\":\"refund\",\"amount\":100,\"reason\":\"damaged\"}"));
      case NOTED -> {
        again(() -> ask("/notes", "{\"text\":\"Called\"}"));
        again(() -> shop.operator.put("/orders/" + order + "/tags", "{\"tags\":[\"crash-%s\"]}".formatted(reference)));
        again(() -> ask("/mails", "{\"kind\":\"confirmed\"}"));
        again(() -> ask("/changes", MOVED.formatted(reference)));
        // By a word that nobody else is called: else they would all be looked at.
        json("/orders?name=hopper" + reference + "&tag=crash-" + reference);
        json("/orders/" + order + "/history");
      }
      case NAMED -> again(() -> ask("/payments", TRANSFER.formatted(reference)));
      case CAPTURED, VOIDED -> {
        String payment = json("/orders/" + order).at("/payments/0/id").asText();
        again(() -> ask("/payments/" + payment + (leg == Leg.CAPTURED ? "/captures" : "/voids"), "{}"));
      }
      case RETURNED -> sendBack("");
      case EXCHANGED -> sendBack(",\"exchange\":{}");
      case CLAIMED -> claim();
      case BROUGHT_BACK -> {
        again(() -> shop.operator.put("/channels/crash/return-policy", "{\"arrival_days\":1}"));
        json("/channels/crash/return-policy");
        String event = shop.trackingEvent("in-transit", fulfillment().path("parcels").path(0));
        again(() -> shop.providers.easyPost(event.replace("\"in_transit\"", "\"return_to_sender\"")));
      }
      case STORED -> store();
      case PICKED -> pickOutOfBins();
      case BIN_COUNTED -> countBin();
      case ASKED_BY_FORM -> submit("returns", Map.of("quantity.line_1", "1"));
      case CLAIMED_BY_FORM -> submit("claims",
          Map.of("quantity.line_1", "1", "reason.line_1", "damaged", "photos.line_1", PHOTO, "wish", "refund"));
      case LABELLED_BACK -> again(
          () -> shop.operator.post("/returns/" + returns().at("/data/0/id").asText() + "/label", BUY, reference));
      case ON_ITS_WAY_BACK -> {
        JsonNode label = returns().at("/data/0/label");
        again(() -> shop.operator.get(URI.create(label.path("url").asText()).getPath()));
        again(() -> shop.providers.easyPost(shop.samples.easyPost("easypost-tracker-in-transit.json",
            label.path("tracking_number").asText(), shop.cloud.clock().instant())));
      }
      case GIVEN_CREDIT -> giveCredit();
      case EXPIRED, WAITED, RECONCILED, OVERDUE, PICKS_RESENT -> {
        // Time alone does it: see pass.
      }
      case IMPORTED -> {
        again(() -> shop.warehouse.post("/products/" + sku + "/keys", "{\"keys\":[\"KEY-%s\"]}".formatted(sku), sku));
        again(() -> shop.warehouse.get("/products/" + sku + "/keys"));
      }
      case DOWNLOADED -> again(() -> shop.operator.get(given().findValue("path").asText()), 200, 302);
      case TAKEN_BACK ->
        again(() -> ask("/refunds", "{\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1}],\"reason\":\"x\"}"));
      case KEPT -> {
        reservation = keep(reference, 60);
        again(() -> shop.storefront.post("/reservations/" + reservation + "/prolongation", "{\"minutes\":90}",
            reference));
        again(() -> shop.storefront.get("/reservations/" + reservation));
      }
      case LAPSED -> {
        keep("lapsing-" + reference, 1);
        String given = keep("given-" + reference, 60);
        again(() -> shop.storefront.send("DELETE", "/reservations/" + given, "", Map.of()));
      }
      case ACCOMPANIED -> lead = again(this::placeLead).json().path("id").asText();
      case MERGED -> again(() -> ask("/merger", "{\"order_id\":\"%s\"}".formatted(lead)));
      case REPLACED -> again(
          () -> ask("/replacements", "{\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1}],\"reason\":\"lost\"}"));
      case SENT_BACK -> {
        String event = shop.returnEvent(fulfillment().path("parcels").path(0));
        again(() -> shop.providers.easyPost(event));
      }
      case PUT_OFF -> {
        json("/incidents");
        json("/incidents/" + incident("returned"));
        String later = shop.cloud.clock().instant().plus(Duration.ofMinutes(30)).toString();
        again(() -> resolve("returned", "{\"kind\":\"wait\",\"look_at\":\"%s\"}".formatted(later), "wait"));
        again(() -> shop.operator.post("/incidents", "{\"parcel_id\":\"%s\",\"kind\":\"damaged\"}"
            .formatted(parcel().substring("/parcels/".length())), reference), 201);
      }
      case DISRUPTED -> {
        String end = shop.cloud.clock().instant().plus(Duration.ofHours(1)).toString();
        var storm = "{\"reason\":\"weather\",\"carrier\":\"nobody\",\"ends_at\":\"%s\"}".formatted(end);
        String path = "/disruptions/"
            + again(() -> shop.operator.post("/disruptions", storm, reference), 201).json().path("id").asText();
        json("/disruptions");
        json(path);
        shop.rest();
        again(() -> shop.operator.post(path + "/end", "{\"kind\":\"cancel\"}", reference));
      }
      case REFUNDED -> again(() -> resolve("returned", "{\"kind\":\"refund\"}", "refund"));
      case SETTLED -> {
        again(() -> resolve("damaged", "{\"kind\":\"claim\",\"amount\":500,\"reference\":\"C-1\"}", "claim"));
        again(() -> shop.operator.post("/incidents/" + incident("damaged") + "/settlement", "{\"amount\":400}",
            reference));
      }
      case COLLECTED -> {
        // Of all who are here, the driver whom the first asks for takes the parcels of all.
        var wish = shop.samples.read("create-carrier-pickup.json").put("location_id", location).toString();
        JsonNode asked = again(() -> shop.warehouse.post("/carrier-pickups", wish, reference), 201, 409).json();
        if (asked.path("id").isTextual()) {
          lastPickup = asked.path("id").asText();
        }
        json("/carrier-pickups/" + lastPickup);
        // Who died holds the booking for a minute; then it is followed.
        again(() -> shop.warehouse.post("/carrier-pickups/" + lastPickup + "/decision", BOOK, reference), 200, 409,
            503);
      }
      case UNUSED -> {
        again(() -> shop.warehouse.get(parcel() + "/label?format=zpl"));
        var day = shop.samples.read("create-manifest.json").put("location_id", location).toString();
        // Of all who are here, who asks first lists the labels of all.
        JsonNode made = again(() -> shop.warehouse.post("/manifests", day, reference), 201, 409).json();
        // After midnight there is none of the day: then the last one is looked at.
        Stream.concat(Stream.of(made.path("id").asText()), made.findValuesAsText("manifest_id").stream())
            .filter(it -> it.startsWith("man_")).findFirst().ifPresent(it -> lastManifest = it);
        json("/manifests/" + lastManifest);
        again(() -> shop.warehouse.post(parcel() + "/void", "", reference));
        json(parcel() + "/costs");
        again(() -> shop.warehouse.get(parcel() + "/customs-documents"), 409); // it crosses no border
      }
      case UNHEARD -> {
        String number = fulfillment().at("/parcels/0/tracking_number").asText();
        again(() -> shop.operator.post("/local/karrio/scans",
            "{\"tracking_number\":\"%s\",\"status\":\"delivered\",\"message\":\"a scan\",\"unheard\":true}"
                .formatted(number)));
      }
      case FORGOTTEN -> packAndVanish();
      case UNLABELLED -> again(() -> shop.providers.easyPost(shop.samples.easyPost("easypost-tracker-in-transit.json",
          "UNKNOWN" + reference.toUpperCase(Locale.ROOT), shop.cloud.clock().instant())));
    }
  }

  /** The time that must go by on this leg once all has come to rest; none where it goes on by itself. */
  Duration pause(Leg leg) {
    return switch (leg) {
      case EXPIRED -> {
        Duration left = Duration.between(shop.cloud.clock().instant(), payBy.plusSeconds(1));
        yield left.isNegative() ? Duration.ofMinutes(1) : left;
      }
      case FORGOTTEN, REPLENISHED, WAITED, PICKS_RESENT -> A_MINUTE_AND_MORE;
      case LAPSED -> A_MINUTE_AND_MORE.multipliedBy(2);
      case RECONCILED, SPOILED, COLLECTED, UNUSED, PUT_OFF -> AN_HOUR_AND_MORE;
      // Of what was silent for two days, its carrier is asked once a day.
      case UNCLAIMED, UNLABELLED, OVERDUE, UNHEARD -> A_DAY_AND_MORE;
      default -> Duration.ZERO;
    };
  }

  /** Somebody asks once, whatever the answer, and is never seen again. */
  void travelAndVanish(Leg leg) {
    switch (leg) {
      case PLACED -> place();
      case PACKED -> pack();
      case SHORTED -> reportShortage();
      case SWAPPED -> swapLots();
      case CANCELLED -> shop.cancel(order);
      default -> throw new IllegalArgumentException("nobody vanishes on " + leg);
    }
  }

  /** Whether what somebody who vanished had asked for has been taken. */
  boolean isTaken(Leg leg) {
    return switch (leg) {
      case PLACED -> {
        JsonNode orders = json("/orders?channel=crash&customer_id=c-crash-" + reference).path("data");
        order = orders.path(0).path("id").asText();
        yield !orders.isEmpty();
      }
      case PACKED -> !json("/fulfillments/" + fulfillment).path("status").asText().equals("open");
      case SHORTED -> json("/fulfillments/" + fulfillment).path("status").asText().equals("refused");
      case SWAPPED -> json("/fulfillments/" + fulfillment).has("lot_swap");
      case CANCELLED -> json("/orders/" + order).path("status").asText().equals("cancelled");
      default -> throw new IllegalArgumentException("nobody vanishes on " + leg);
    };
  }

  private Answer place() {
    ObjectNode form = shop.form(reference, sku, quantity);
    form.put("payment_expires_at", payBy.toString());
    if (way == Way.REPACKED) {
      form.put("channel", UNSOLD).putArray("payments").addObject().put("provider", "external")
          .put("reference", "cash-" + reference).put("amount", 1000).put("status", "captured");
    }
    if (way == Way.SCAN_UNHEARD) {
      form.put("channel", LOSSY);
    }
    if (way == Way.PICKED) {
      form.put("channel", BINS);
    }
    if (reservation != null) {
      form.put("reservation_id", reservation);
    }
    if (way.legs.contains(Leg.NAMED)) {
      form.putArray("payments");
    }
    if (way == Way.DIGITAL) {
      form.withArray("lines").addObject().put("sku", sku + "-PDF").put("quantity", 1).put("unit_price", 0).put("total",
          0);
    }
    if (way == Way.MAIL_CAME_BACK) {
      form.withObject("/customer").put("email", "bounce+crash-" + reference + "@simulator.amazonses.com");
    }
    return shop.storefront.post("/orders", form.toString());
  }

  /** The incident of its parcel that goes back. */
  private String incident(String kind) {
    return Shop.elements(json("/incidents?order_id=" + order).path("data"))
        .filter(it -> it.path("kind").asText().equals(kind)).map(it -> it.path("id").asText()).findFirst()
        .orElseThrow();
  }

  private Answer resolve(String kind, String body, String key) {
    return shop.operator.post("/incidents/" + incident(kind) + "/resolution", body, key + reference);
  }

  private Answer placeLead() {
    ObjectNode form = shop.form(reference, sku, quantity).put("reference", reference + "-lead");
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash-" + reference)
        .put("amount", 1000).put("status", "captured");
    return shop.storefront.post("/orders", form.toString());
  }

  /** A lot comes that is good for longer than it must be; and then it must be for longer than it is. */
  private void spoil() {
    String place = shop.samples.read("put-location.json").put("stock_pool", "crash").toString();
    again(() -> shop.operator.put("/locations/" + location, place));
    again(() -> shop.operator.put("/products/" + sku, LOTS.formatted(0)));
    receiveLot(1);
    again(() -> shop.operator.put("/products/" + sku, LOTS.formatted(3_650)));
  }

  /** @param number which also is how many years it is good for */
  private void receiveLot(int number) {
    again(() -> shop.warehouse.post("/stock/" + sku + "/adjustments", LOT.formatted(location, number,
        LocalDate.ofInstant(shop.cloud.clock().instant(), ZoneOffset.UTC).plusYears(number)), "lot-" + number + sku));
  }

  /** The packer finds the lot that expires later. */
  private Answer swapLots() {
    fulfillment = fulfillment == null ? fulfillment().path("id").asText() : fulfillment;
    return shop.warehouse.post("/fulfillments/" + fulfillment + "/lot-swaps",
        "{\"line_id\":\"line_1\",\"from\":\"L-1\",\"to\":\"L-2\",\"quantity\":1}", reference);
  }

  /** A unit for the checkout. */
  private String keep(String key, int minutes) {
    String form = "{\"channel\":\"crash\",\"items\":[{\"sku\":\"%s\",\"quantity\":1}],\"minutes\":%d}".formatted(sku,
        minutes);
    return again(() -> shop.storefront.post("/reservations", form, key)).json().path("id").asText();
  }

  /** The links and keys that the customer sees. */
  private JsonNode given() {
    String page = json("/orders/" + order).at("/links/tracking_url").asText();
    return again(() -> shop.operator.send("GET", URI.create(page).getPath(), "", Map.of("Accept", "application/json")))
        .json().path("digital");
  }

  /** All of them by the same endpoint, as there may be sixteen. */
  private void follow() {
    again(() -> shop.operator.put(ENDPOINT, endpoint()));
    json(ENDPOINT);
    again(() -> shop.operator.post(ENDPOINT + "/secret", "{}", reference));
  }

  /** An endpoint of its own, which is gone if somebody died after it was deleted. */
  private void unfollow() {
    String own = ENDPOINT + "-" + reference;
    again(() -> shop.operator.put(own, endpoint()));
    again(() -> shop.operator.send("DELETE", own, "", Map.of()), 200, 404);
  }

  /** Nothing has come back if the mail was given up before it was sent. */
  private void releaseAddress() {
    JsonNode address = json("/orders/" + order + "/mails").path("address");
    if (address.path("suppressed").asBoolean()) {
      again(() -> shop.operator.post("/mail-suppressions/" + address.path("id").asText() + "/release",
          "{\"note\":\"It works again\"}", reference));
    }
  }

  private String endpoint() {
    return "{\"url\":\"%s\"}".formatted(receiver.url());
  }

  /** An operator's request about the order; the same each time, and so with the same key. */
  private Answer ask(String path, String body) {
    return shop.operator.post("/orders/" + order + path, body, reference + path);
  }

  private Answer pack() {
    fulfillment = fulfillment().path("id").asText();
    return shop.pack(json("/fulfillments/" + fulfillment));
  }

  private Answer packWithOwnLabel() {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    var parcel = ((ObjectNode) packing.path("parcels").path(0)).put("carrier", "DHL").put("tracking_number",
        "JD" + reference.toUpperCase(Locale.ROOT));
    parcel.putArray("lines").addObject().put("line_id", "line_1").put("quantity", quantity);
    return shop.warehouse.post("/fulfillments/" + fulfillment + "/packing", packing.toString(), "own-" + reference);
  }

  private String parcel() {
    return "/parcels/" + fulfillment().path("parcels").path(0).path("id").asText();
  }

  private Answer reportShortage() {
    fulfillment = fulfillment == null ? fulfillment().path("id").asText() : fulfillment;
    return shop.warehouse.post("/fulfillments/" + fulfillment + "/shortages",
        "{\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1}],\"reason\":\"not_in_stock\"}", reference);
  }

  private void packAndVanish() {
    shop.cloud.fault("PackFulfillment", "PutItem", FaultKind.KILL_AFTER, 1);
    assertThat(pack().status()).isGreaterThanOrEqualTo(500);
  }

  /** The same request again, as any caller does after a failure that is not theirs. */
  private static Answer again(Supplier<Answer> request) {
    return again(request, 200, 201, 202);
  }

  private static Answer again(Supplier<Answer> request, int... expected) {
    Answer answer = request.get();
    for (int attempts = 1; answer.status() >= 500 && attempts < MOST_ATTEMPTS; attempts++) {
      answer = request.get();
    }
    return answer.expect(expected);
  }

  private JsonNode json(String path) {
    return again(() -> shop.operator.get(path)).json();
  }

  private JsonNode fulfillment() {
    JsonNode fulfillments = json("/orders/" + order).path("fulfillments");
    assertThat(fulfillments).as(reference).hasSize(1);
    return fulfillments.path(0);
  }

  private void setUp() {
    String channel = shop.samples.read("put-channel.json").put("stock_pool", "crash").toString();
    again(() -> shop.operator.put("/channels/crash", channel));
    if (way == Way.REPACKED) {
      ObjectNode live = shop.samples.read("put-channel.json").put("stock_pool", "crash").put("livemode", true);
      live.remove("carrier_accounts");
      again(() -> shop.operator.put("/channels/" + UNSOLD, live.toString()));
    }
    if (way == Way.SCAN_UNHEARD) {
      ObjectNode lossy = shop.samples.read("put-channel.json").put("stock_pool", "crash");
      lossy.putArray("carrier_accounts").addObject().put("carrier", "karrio").put("account", Providers.KARRIO_ACCOUNT);
      again(() -> shop.operator.put("/channels/" + LOSSY, lossy.toString()));
    }
    if (way == Way.PICKED) {
      ObjectNode bins = shop.samples.read("put-channel.json").put("stock_pool", BINS);
      again(() -> shop.operator.put("/channels/" + BINS, bins.toString()));
    }
    String pool = way == Way.PICKED ? BINS : "crash";
    String place = shop.samples.read("put-location.json").put("stock_pool", pool).toString();
    again(() -> shop.operator.put("/locations/" + location, place));
    if (way == Way.DIGITAL) {
      again(() -> shop.operator.put("/products/" + sku, shop.samples.read("put-licensed-product.json").toString()));
      again(() -> shop.operator.put("/products/" + sku + "-PDF",
          shop.samples.read("put-digital-product.json").toString()));
      return;
    }
    if (way == Way.SWAPPED) {
      again(() -> shop.operator.put("/products/" + sku, LOTS.formatted(0)));
      receiveLot(1);
      receiveLot(2);
      return;
    }
    ObjectNode product = shop.samples.read("put-product.json");
    if (way == Way.BACKORDERED) {
      product.putObject("oversell").put("policy", "backorder").put("limit", STOCK);
    }
    again(() -> shop.operator.put("/products/" + sku, product.toString()));
    receive("first-" + sku);
    again(() -> shop.operator.put("/stock/" + sku + "/pools/" + pool, "{\"safety_stock\":0}"));
  }

  private void receive(String key) {
    String delivery = shop.samples.read("adjust-stock.json").put("location_id", location).put("quantity", STOCK)
        .toString();
    again(() -> shop.warehouse.post("/stock/" + sku + "/adjustments", delivery, key));
  }

  /** Nothing is there of what is allocated. */
  private void count() {
    String count = shop.samples.read("count-stock.json").put("location_id", location).put("counted", 0).toString();
    again(() -> shop.warehouse.post("/stock/" + sku + "/adjustments", count, "count-" + sku));
  }

  /** What the order waits for is said to come. */
  private void expect() {
    String inbound = "/inbounds/" + sku;
    String form = "{\"location_id\":\"%s\",\"expected_at\":\"2099-01-01T09:00:00Z\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}"
        .formatted(location, sku, STOCK);
    again(() -> shop.warehouse.put(inbound, form));
    json(inbound);
  }

  /** All of it is on its way to a store: one unit arrives, one arrives broken, and the rest goes back. */
  private void relocate() {
    String store = location + "-store";
    String place = shop.samples.read("put-location.json").put("stock_pool", "crash-store").toString();
    again(() -> shop.operator.put("/locations/" + store, place));
    String form = "{\"from\":\"%s\",\"to\":\"%s\",\"expected_at\":\"2099-01-01T09:00:00Z\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}"
        .formatted(location, store, sku, STOCK);
    String transfer = "/transfers/"
        + again(() -> shop.warehouse.post("/transfers", form, sku)).json().path("id").asText();
    json(transfer);
    again(() -> shop.warehouse.post(transfer + "/dispatch", "{}", sku));
    again(() -> shop.warehouse.post(transfer + "/receipts",
        "{\"lines\":[{\"sku\":\"%s\",\"quantity\":2,\"damaged\":1}]}".formatted(sku), sku));
    again(() -> shop.warehouse.post(transfer + "/cancellation", "{\"units\":\"back\"}", sku));
  }

  /** What came is entered by a file. */
  private void file() {
    String lines = "sku;location_id;quantity;reason\n%1$s;%2$s;2;received\n%1$s;%2$s;-1;damaged\n".formatted(sku,
        location);
    String accepted = again(() -> shop.warehouse.send("POST", "/stock/imports", lines,
        Map.of("Content-Type", "text/csv", "Idempotency-Key", sku))).json().path("id").asText();
    json("/stock/imports/" + accepted);
    again(() -> shop.operator.get("/stock/exports?limit=1&location_id=" + location));
  }

  /** One of two boxes is made of what is left, and the other is not. */
  private void assemble() {
    String box = "{\"name\":\"Box\",\"components\":[{\"sku\":\"%s\",\"quantity\":1}],\"sold_from\":\"stock\"}"
        .formatted(sku);
    again(() -> shop.operator.put("/products/" + sku + "-BOX", box));
    String form = "{\"sku\":\"%s-BOX\",\"quantity\":2,\"location_id\":\"%s\"}".formatted(sku, location);
    String assembly = "/assemblies/"
        + again(() -> shop.warehouse.post("/assemblies", form, sku)).json().path("id").asText();
    json(assembly);
    again(() -> shop.warehouse.post(assembly + "/completions", "{\"quantity\":1}", sku));
    again(() -> shop.warehouse.post(assembly + "/cancellation", "", sku));
  }

  private void lookAt() {
    again(() -> shop.storefront.get("/availability?channel=crash&sku=" + sku));
    for (String path : List.of("/products/" + sku, "/products", "/channels/crash", "/locations", "/orders/" + order,
        "/orders?channel=crash&customer_id=c-crash-" + reference, "/fulfillments?location_id=" + location,
        "/stock/" + sku, "/stock/" + sku + "/movements",
        "/events")) {
      json(path);
    }
    shop.mails(reference).stream().map(it -> TRACKING_LINK.matcher(it.text())).filter(Matcher::find).findFirst()
        .ifPresent(it -> again(() -> shop.operator.get(it.group())));
    String work = fulfillment().path("id").asText();
    again(() -> shop.warehouse.get("/fulfillments/" + work + "/slip"));
    json(parcel() + "/costs");
    options();
    again(() -> shop.warehouse.get("/fulfillments/" + work + "/cartons"));
  }

  /** The unit that is to be picked lies in a bin of its own, the others in another. */
  private void store() {
    String bins = "/bins/" + location;
    for (String bin : List.of("/A-1", "/B-1", "/T-1")) {
      String purpose = bin.startsWith("/T") ? "tote" : bin.startsWith("/A") ? "pick" : "bulk";
      again(() -> shop.warehouse.put(bins + bin, "{\"purpose\":\"%s\",\"zone\":\"A\",\"aisle\":\"%s\",\"position\":1}"
          .formatted(purpose, bin.substring(1, 2))));
    }
    json("/putaway-proposals?location_id=%s&sku=%s".formatted(location, sku));
    move("A-1", 1);
    move("B-1", STOCK - 1);
  }

  private void move(String bin, int units) {
    again(() -> shop.warehouse.post("/bin-moves",
        "{\"location_id\":\"%s\",\"to\":\"%s\",\"sku\":\"%s\",\"quantity\":%d}".formatted(location, bin, sku, units),
        bin + sku));
  }

  /** In a wave of its own, by a person of its own. */
  private void pickOutOfBins() {
    ObjectNode wave = shop.samples.read("release-wave.json").put("location_id", location);
    String cutOff = shop.cloud.clock().instant().plus(Duration.ofHours(9)).toString();
    ((ObjectNode) wave.at("/devices/0")).put("minimum_volume_cm3", 0);
    wave.path("collections").forEach(it -> ((ObjectNode) it).put("cut_off_at", cutOff));
    again(() -> shop.warehouse.post("/waves", wave.toString(), reference));
    Caller picker = shop.caller("picker-" + reference, "fulfillment:work");
    for (String list : List.of("?location_id=" + location, "/products", "/products?sku=" + sku)) {
      again(() -> shop.warehouse.get("/work" + list));
    }
    JsonNode work = again(() -> picker.get("/work/next?kind=pick&location_id=" + location)).json();
    for (int step = 1; !work.path("state").asText().equals("done"); step++) {
      assertThat(step).as(work.toString()).isLessThan(9);
      String path = "/work/" + work.path("id").asText();
      JsonNode expects = work.path("expects");
      String code = switch (work.path("state").asText()) {
        case "bin" -> expects.path("bin").asText();
        case "unit" -> sku;
        case "tote" -> "T-1";
        default -> "";
      };
      String key = "step-" + step + reference;
      work = again(() -> code.isEmpty()
          ? picker.post(path + "/actions", "{\"action\":\"empty\"}", key)
          : picker.post(path + "/scans", "{\"code\":\"%s\",\"quantity\":1}".formatted(code), key)).json();
    }
  }

  /** Of the units that nobody picked, one is missing. */
  private void countBin() {
    String count = "/counts/" + again(() -> shop.warehouse.post("/counts",
        "{\"location_id\":\"%s\",\"bin\":\"B-1\",\"tolerance\":10}".formatted(location), reference)).json().path("id")
        .asText();
    json("/counts?location_id=" + location);
    again(() -> shop.warehouse.post(count + "/tallies",
        "{\"lines\":[{\"sku\":\"%s\",\"counted\":%d}]}".formatted(sku, STOCK - 2), reference));
    json(count);
    again(() -> shop.warehouse.post(count + "/review", "{\"decision\":\"approve\",\"root_cause\":\"missing\"}",
        reference));
  }

  /** A form of the customer's page for returns. */
  private void submit(String what, Map<String, String> fields) {
    String page = URI.create(json("/orders/" + order).at("/links/tracking_url").asText()).getPath();
    Matcher form = FORM_ID.matcher(again(() -> shop.operator.get(page + "/returns")).text());
    assertThat(form.find()).as("a form").isTrue();
    var body = new StringBuilder();
    Stream.concat(Stream.of(Map.entry("form", form.group(1))), fields.entrySet().stream()).forEach(it -> body.append(
        "--sheet\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(it.getKey(), it.getValue())));
    again(() -> shop.operator.send("POST", page + "/" + what, body + "--sheet--\r\n",
        Map.of("Content-Type", "multipart/form-data; boundary=sheet")), 303);
  }

  private JsonNode returns() {
    return json("/orders/" + order + "/returns");
  }

  /** A part of its money goes to the customer's store credit, from which a part is taken. */
  private void giveCredit() {
    again(() -> shop.operator.post("/claims/" + returns().at("/claims/0/id").asText() + "/resolution",
        "{\"remedy\":\"refund\",\"amount\":500,\"refund_to\":\"store_credit\"}", reference));
    shop.rest();
    again(() -> shop.operator.post("/store-credits/adjustments",
        "{\"channel\":\"crash\",\"customer_id\":\"c-crash-%s\",\"currency\":\"EUR\",\"amount\":100,\"reason\":\"sorry\"}"
            .formatted(reference),
        reference));
    credit();
  }

  private JsonNode credit() {
    return again(() -> shop.storefront
        .get("/store-credits?channel=crash&currency=EUR&customer_id=c-crash-" + reference)).json();
  }

  /** The customer sends back what they have. @param wish what they want instead */
  private void sendBack(String wish) {
    String units = "\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1%s}]";
    String form = "{\"order_id\":\"%s\",%s}".formatted(order, units.formatted(wish));
    String path = "/returns/"
        + again(() -> shop.storefront.post("/returns", form, reference)).json().path("id").asText();
    again(() -> shop.operator.post(path + "/decision", "{\"decision\":\"approve\"}", reference));
    if (!wish.isEmpty()) {
      again(() -> shop.operator.post(path + "/exchange", "{\"decision\":\"waive\",\"reason\":\"x\"}", reference));
    }
    String at = "{\"location_id\":\"" + location + "\",";
    again(() -> shop.warehouse.post(path + "/receipts", at + units.formatted("") + "}", reference));
    again(() -> shop.warehouse.post(path + "/dispositions",
        at + units.formatted(",\"outcome\":\"restocked\"") + "}", reference));
    json("/orders/" + order + "/returns");
  }

  /** What they have is broken: it is sent again, and a part of its money goes back. */
  private void claim() {
    String photo = again(() -> ask("/photos", shop.samples.read("add-photo.json").toString()), 201).json().path("id")
        .asText();
    again(() -> shop.operator.get("/orders/" + order + "/photos/" + photo));
    String form = ("{\"order_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1,\"reason\":\"damaged\","
        + "\"photos\":[\"%s\"]}]}").formatted(order, photo);
    String path = "/claims/"
        + again(() -> shop.storefront.post("/claims", form, reference)).json().path("id").asText();
    again(() -> shop.operator.post(path + "/decision", "{\"decision\":\"approve\"}", reference));
    again(() -> shop.operator.post(path + "/resolution", "{\"remedy\":\"refund_and_replacement\",\"amount\":500}",
        reference));
    json("/orders/" + order + "/returns");
  }

  /** What a checkout is offered, and what it is made of. */
  private void options() {
    String calendar = "/calendars/crash-" + reference;
    again(() -> shop.operator.put(calendar, shop.samples.read("put-calendar.json").toString()));
    json(calendar);
    again(() -> shop.operator.put("/sourcing-rules/crash",
        "{\"currency\":\"EUR\",\"locations\":[{\"location_id\":\"%s\"}]}".formatted(location)));
    json("/sourcing-rules/crash");
    ObjectNode box = shop.samples.read("put-box.json").put("location_id", location);
    again(() -> shop.operator.put("/boxes/crash-" + reference, box.toString()));
    json("/boxes");
    String bin = "/bins/" + location + "/A-" + reference;
    again(() -> shop.warehouse.put(bin, shop.samples.read("put-bin.json").toString()));
    json(bin);
    ObjectNode quote = shop.samples.read("quote-delivery.json").put("channel", "crash");
    quote.putArray("lines").addObject().put("sku", sku).put("quantity", 1);
    again(() -> shop.storefront.post("/delivery-options", quote.toString(), reference));
    json("/lanes");
    again(() -> shop.storefront.post("/address-checks",
        shop.samples.read("check-address.json").put("channel", "crash").toString(), reference));
  }

  /** Nothing lost, doubled, oversold or stuck. @param lostMails how many mails may be missing */
  void assertEnded(int lostMails) {
    switch (way) {
      case DELIVERED -> {
        assertShipped("completed", "delivered");
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(4 - lostMails, 4);
      }
      case FORGOTTEN_BY_ITS_PACKER -> {
        assertShipped("open", "shipped");
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(2 - lostMails, 2);
      }
      case CANCELLED -> {
        assertLetGo("customer", "released", "succeeded 1000");
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(2 - lostMails, 2);
      }
      case AUTHORIZED -> {
        assertThat(shop.captures(reference)).containsExactly(1000L);
        assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
        assertThat(shop.order(order).path("holds")).isEmpty();
      }
      case CREDITED -> {
        assertThat(shop.refunds(reference)).containsExactly("succeeded 100");
        assertThat(shop.order(order).path("status").asText()).isEqualTo("open");
      }
      case NOTED -> {
        assertThat(json("/orders/" + order).path("notes")).hasSize(1);
        assertThat(json("/orders?tag=crash-" + reference).at("/data/0/id").asText()).isEqualTo(order);
        assertThat(shop.subjects(reference)).hasSizeBetween(2 - lostMails, 2);
      }
      case TRANSFERRED -> {
        assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
        assertThat(shop.order(order).path("fulfillment_status").asText()).isEqualTo("in_progress");
      }
      case VOIDED -> assertThat(shop.order(order).at("/payments/0/status").asText()).isEqualTo("cancelled");
      case DIGITAL -> {
        assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
        assertThat(shop.order(order).path("delivery_status").asText()).isEqualTo("delivered");
        assertThat(shop.order(order).path("holds")).isEmpty();
        assertThat(shop.refunds(reference)).containsExactly("succeeded 1000");
        assertThat(given()).as("all of its money went back, so all of it is revoked").isEmpty();
        assertThat(shop.warehouse.get("/products/" + sku + "/keys").json().path("available").asInt(-1)).isZero();
      }
      case MAIL_CAME_BACK -> {
        JsonNode mails = json("/orders/" + order + "/mails");
        boolean sent = !shop.subjects(reference).isEmpty();
        assertThat(sent ? 1 : 0).isBetween(1 - lostMails, 1);
        assertThat(mails.at("/data/0/status").asText()).isEqualTo(sent ? "bounced" : "uncertain");
        assertThat(mails.path("address").path("suppressed").asBoolean()).isFalse();
      }
      case OUT_OF_STOCK -> {
        assertLetGo("out_of_stock", "refused", "succeeded " + 1000 * quantity);
        assertThat(shop.subjects(reference)).hasSizeBetween(1 - lostMails, 1);
      }
      case REPACKED -> {
        assertShipped("open", "shipped");
        assertThat(shop.parcels(order).getFirst().path("carrier").asText()).isEqualTo("DHL");
        assertThat(shop.order(order).path("holds")).isEmpty();
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(2 - lostMails, 2);
      }
      case SHORT -> assertReplenished();
      case SWAPPED -> {
        JsonNode packed = json("/fulfillments/" + fulfillment);
        assertThat(packed.at("/lot_swap/status").asText()).isEqualTo("done");
        assertThat(packed.path("lots").findValuesAsText("lot")).containsExactly("L-2");
        assertThat(Shop.elements(shop.stockAt(sku, location).path("lots"))
            .map(it -> it.path("lot").asText() + " " + it.path("allocated").asInt()))
            .containsExactlyInAnyOrder("L-1 0", "L-2 1");
      }
      case COUNTED -> {
        assertThat(Shop.elements(shop.order(order).path("fulfillments")).map(it -> it.path("status").asText()))
            .contains("short").doesNotContain("open");
        assertStock(0);
        assertThat(shop.stock(sku).path("pools").path(0).path("shortfall").asInt(-1)).as("shortfall").isZero();
      }
      case BACKORDERED -> {
        assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("reserved");
        JsonNode pool = shop.stock(sku).path("pools").path(0);
        assertThat(pool.path("available").asInt(-1)).as("available").isEqualTo(STOCK - 1);
        assertThat(pool.path("reserved").asInt(-1)).as("reserved").isEqualTo(STOCK + 1);
        assertThat(pool.path("backordered").asInt(-1)).as("backordered").isZero();
        assertThat(pool.path("incoming").asInt(-1)).as("incoming").isZero();
        // Where the first mail comes late, it says the day already.
        assertThat(shop.subjects(reference)).as("it waits, it waits until a day, it is confirmed")
            .hasSizeBetween(2 - lostMails, 3);
      }
      case RELOCATED -> {
        JsonNode stock = shop.stock(sku);
        assertThat(Shop.elements(stock.path("locations")).map(it -> it.path("on_hand").asInt(-1)))
            .as("on hand at the store, then at the location").containsExactlyInAnyOrder(1, STOCK - 3);
        assertThat(shop.stockAt(sku + "-BOX", location).path("on_hand").asInt(-1)).as("assembled").isEqualTo(1);
        assertThat(Shop.elements(stock.path("locations"))).allSatisfy(
            it -> assertThat(it.path("in_transit").asInt(-1)).as("in transit").isZero());
        assertThat(Shop.elements(stock.path("pools"))).allSatisfy(
            it -> assertThat(it.path("incoming").asInt(-1)).as("incoming").isZero());
      }
      case SPOILED -> {
        assertThat(shop.stock(sku).at("/pools/0/available").asInt(-1)).as("available").isZero();
        JsonNode lot = shop.stock(sku).at("/locations/0/lots/0");
        assertThat(lot.path("on_hand").asInt(-1)).as("on hand").isZero();
        assertThat(lot.path("quarantined").asInt()).as("quarantined, once").isEqualTo(3);
      }
      case CHECKED_OUT -> {
        assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("reserved");
        JsonNode pool = shop.stock(sku).path("pools").path(0);
        assertThat(pool.path("available").asInt(-1)).as("available").isEqualTo(STOCK - 1);
        assertThat(pool.path("reserved").asInt(-1)).as("reserved").isEqualTo(1);
      }
      case RETURNED -> {
        shop.rest();
        assertThat(json("/orders/" + order + "/returns").at("/data/0/status").asText()).isEqualTo("refunded");
        assertThat(shop.refunds(reference)).containsExactly("succeeded 1000");
        assertStock(STOCK);
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(6 - lostMails, 6);
      }
      case EXCHANGED -> {
        shop.rest();
        JsonNode returned = json("/orders/" + order + "/returns").at("/data/0");
        assertThat(returned.path("status").asText()).isEqualTo("refunded");
        assertThat(shop.refunds(reference)).isEmpty();
        assertThat(returned.at("/exchange/orders")).as("sent instead").hasSize(1);
        String sent = returned.at("/exchange/orders/0/order_id").asText();
        assertThat(json("/orders/" + sent).path("total").asInt(-1)).isZero();
        assertThat(json("/orders/" + order).path("replacements")).hasSize(1);
      }
      case CLAIMED -> {
        shop.rest();
        JsonNode claims = json("/orders/" + order + "/returns").path("claims");
        assertThat(claims).as("claims").hasSize(1);
        assertThat(claims.at("/0/resolution/refund/status").asText()).isEqualTo("granted");
        assertThat(shop.refunds(reference)).containsExactly("succeeded 500");
        assertThat(json("/orders/" + order).path("replacements")).as("replacements").hasSize(1);
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates();
      }
      case BROUGHT_BACK -> {
        JsonNode returns = json("/orders/" + order + "/returns").path("data");
        assertThat(returns).as("returns").hasSize(1);
        assertThat(returns.at("/0/status").asText()).isEqualTo("expired");
        assertThat(shop.refunds(reference)).isEmpty();
      }
      case PICKED -> {
        assertThat(shop.order(order).path("delivery_status").asText()).isEqualTo("shipped");
        assertThat(shop.parcels(order)).hasSize(1);
        assertThat(json("/bins/" + location + "/T-1").path("contents")).isEmpty();
        assertThat(json("/bins/" + location + "/B-1").at("/contents/0/quantity").asInt(-1)).isEqualTo(STOCK - 2);
        JsonNode there = shop.stockAt(sku, location);
        assertThat(there.path("on_hand").asInt(-1)).as("on hand").isEqualTo(STOCK - 2);
        assertThat(there.path("allocated").asInt(-1)).as("allocated").isZero();
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(2 - lostMails, 2);
      }
      case LABELLED_BACK -> {
        assertThat(returns().path("data")).as("returns").hasSize(1);
        assertThat(returns().at("/data/0/label/status").asText()).isEqualTo("in_transit");
        assertThat(returns().at("/data/0/status").asText()).as("it is underway").isEqualTo("approved");
        assertThat(shop.refunds(reference)).isEmpty();
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates();
      }
      case GIVEN_CREDIT -> {
        assertThat(credit().path("balance").asInt(-1)).isEqualTo(600);
        assertThat(credit().path("data")).hasSize(2);
        assertThat(shop.refunds(reference)).isEmpty();
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates();
      }
      case REPLACED -> {
        JsonNode replacements = json("/orders/" + order).path("replacements");
        assertThat(replacements).as("replacements").hasSize(1);
        JsonNode replacement = json("/orders/" + replacements.at("/0/order_id").asText());
        assertThat(replacement.path("replaces").asText()).isEqualTo(order);
        assertThat(replacement.path("payment_status").asText()).isEqualTo("paid");
        assertThat(replacement.path("fulfillment_status").asText()).isEqualTo("in_progress");
        JsonNode pool = shop.stock(sku).path("pools").path(0);
        assertThat(pool.path("reserved").asInt(-1)).as("reserved").isEqualTo(1);
        assertThat(pool.path("available").asInt(-1)).as("available").isEqualTo(STOCK - 2);
      }
      case SENT_BACK -> {
        JsonNode found = json("/incidents?order_id=" + order).path("data");
        assertThat(Shop.elements(found).map(it -> it.path("kind").asText() + " " + it.path("status").asText()))
            .containsExactlyInAnyOrder("returned resolved", "damaged resolved");
        assertThat(found.findValues("claim")).extracting(it -> it.path("status").asText()).contains("paid");
        assertThat(shop.refunds(reference)).containsExactly("succeeded 1000");
        assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(4 - lostMails, 4);
      }
      case LABEL_UNUSED -> {
        assertShipped("open", "shipped");
        assertThat(json(parcel() + "/costs").at("/void/status").asText()).isEqualTo("not_applicable");
      }
      case SCAN_UNHEARD -> assertShipped("completed", "delivered");
      case MERGED -> {
        assertThat(json("/orders/" + order).path("merger").path("order_id").asText()).isEqualTo(lead);
        assertThat(json("/orders/" + lead).path("merger").path("role").asText()).isEqualTo("lead");
        assertThat(shop.subjects(reference)).as("both are confirmed, and merged").hasSizeBetween(3 - lostMails, 3);
      }
      case UNPAID -> {
        assertLetGo("payment_expired", "released");
        assertThat(shop.subjects(reference)).hasSizeBetween(1 - lostMails, 1);
      }
      case MONEY_WITHOUT_ORDER -> assertThat(shop.refunds(reference)).containsExactly("succeeded 1000");
      case FOLLOWED -> assertThat(receiver.hasHeardOf(order)).isTrue();
      case SCAN_WITHOUT_LABEL -> assertThat(shop.cloud.logs()).anyMatch(it -> it.containsKey("ScansWithoutLabel")
          && it.toString().contains("UNKNOWN" + reference.toUpperCase(Locale.ROOT)));
    }
  }

  /** With one label, and every counter exact. */
  private void assertShipped(String status, String delivery) {
    JsonNode arrived = shop.order(order);
    assertThat(arrived.path("status").asText()).as("status").isEqualTo(status);
    assertThat(arrived.path("delivery_status").asText()).isEqualTo(delivery);
    assertThat(shop.parcels(order)).as("parcels").singleElement()
        .satisfies(it -> assertThat(it.path("tracking_number").asText()).isNotEmpty());
    assertThat(shop.refunds(reference)).isEmpty();
    assertStock(STOCK - 1);
  }

  /** The unit that was not there is gone, and another one is allocated in its place. */
  private void assertReplenished() {
    assertThat(Shop.elements(shop.order(order).path("fulfillments")).map(it -> it.path("status").asText()))
        .containsExactly("cancelled", "open");
    JsonNode stock = shop.stock(sku);
    assertThat(stock.path("pools").path(0).path("available").asInt()).as("available").isEqualTo(2 * STOCK - 2);
    assertThat(stock.path("pools").path(0).path("reserved").asInt()).as("reserved").isEqualTo(1);
    assertThat(stock.path("locations").path(0).path("on_hand").asInt()).as("on hand").isEqualTo(2 * STOCK - 1);
    assertThat(stock.path("locations").path(0).path("allocated").asInt()).as("allocated").isEqualTo(1);
  }

  /** Nothing of it has left, nobody holds anything for it, and its money went back once. */
  private void assertLetGo(String reason, String stock, String... refunds) {
    JsonNode ended = shop.order(order);
    assertThat(ended.path("status").asText()).as("status").isEqualTo("cancelled");
    assertThat(ended.path("cancel_reason").asText()).isEqualTo(reason);
    assertThat(ended.path("stock_status").asText()).isEqualTo(stock);
    assertThat(ended.path("holds")).isEmpty();
    assertThat(shop.refunds(reference)).as("refunds").containsExactly(refunds);
    if (refunds.length > 0) {
      assertThat(ended.path("payment_status").asText()).isEqualTo("refunded");
    }
    assertThat(shop.parcels(order)).isEmpty();
    assertStock(STOCK);
  }

  private void assertStock(int left) {
    JsonNode stock = shop.stock(sku);
    assertThat(stock.path("pools").path(0).path("available").asInt()).as("available").isEqualTo(left);
    assertThat(stock.path("pools").path(0).path("reserved").asInt(-1)).as("reserved").isZero();
    assertThat(stock.path("locations").path(0).path("on_hand").asInt()).as("on hand").isEqualTo(left);
    assertThat(stock.path("locations").path(0).path("allocated").asInt(-1)).as("allocated").isZero();
  }
}
