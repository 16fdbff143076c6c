package waybill.local.providers.karrio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.local.providers.karrio.KarrioFaults.Call;
import waybill.local.providers.karrio.KarrioFaults.Kind;
import waybill.local.providers.karrio.KarrioLedger.News;

/** The calls of Karrio's API that rates, labels, cancellations and trackers need. */
public final class Karrio {
  private final KarrioLedger ledger;
  private final KarrioFaults faults = new KarrioFaults();
  private final Consumer<List<News>> webhooks;

  /** What is to be sent back. */
  record Answer(int status, ObjectNode json) {}

  /** @param webhooks takes what has to be sent, and does not wait for the receiver */
  Karrio(InstantSource clock, Consumer<List<News>> webhooks) {
    this.ledger = new KarrioLedger(clock);
    this.webhooks = webhooks;
  }

  /** One that sends no events. */
  public static Karrio silent(InstantSource clock) {
    return new Karrio(clock, _ -> {});
  }

  /** How its answers are to go wrong. */
  public KarrioFaults faults() {
    return faults;
  }

  /** How many labels its carriers have sold. */
  public synchronized int charges() {
    return ledger.charges();
  }

  /** How many pickups its carriers were sent for. */
  public synchronized int pickupCharges() {
    return ledger.pickups().charges();
  }

  /** All that there is, for people and tests. */
  public synchronized ObjectNode overview() {
    return ledger.overview().deepCopy();
  }

  /** A carrier scans a parcel. @return how many trackers reported it */
  public synchronized int scan(String number, String status, String description) {
    int scanned = ledger.scan(number, status, description);
    report();
    return scanned;
  }

  /** The same, and nobody hears of it: Karrio sends an event once, and the shop was away. */
  public synchronized int scanUnheard(String number, String status, String description) {
    int scanned = ledger.scan(number, status, description);
    ledger.takeNews();
    return scanned;
  }

  private void report() {
    List<News> news = ledger.takeNews();
    if (!news.isEmpty()) {
      webhooks.accept(news);
    }
  }

  /** Does what is asked and says what became of it; empty if the connection is to end without an answer. */
  synchronized Optional<Answer> reply(String account, String method, String path, JsonNode body) {
    try {
      Call call = call(method, path);
      Optional<Kind> fault = faults.strike(call);
      refuseIfStruck(fault);
      Answer done = done(call, account, path.split("/"), body);
      report();
      if (fault.equals(Optional.of(Kind.ERROR_500_AFTER))) {
        throw KarrioRefused.broken();
      }
      return fault.equals(Optional.of(Kind.TIMEOUT_AFTER)) ? Optional.empty() : Optional.of(done);
    } catch (KarrioRefused e) {
      return Optional.of(new Answer(e.status(), e.json()));
    }
  }

  private static void refuseIfStruck(Optional<Kind> fault) {
    fault.ifPresent(it -> {
      switch (it) {
        case ERROR_500_BEFORE -> throw KarrioRefused.broken();
        case BUSY -> throw KarrioRefused.of(429, "throttled", "Request was throttled.");
        case REFUSE -> throw KarrioRefused.byCarrier("The carrier refuses this for now.");
        case CARRIER_AWAY -> throw KarrioRefused.carrierAway();
        case ERROR_500_AFTER, TIMEOUT_AFTER -> {
          // Struck once it is done.
        }
      }
    });
  }

  private static Call call(String method, String path) {
    return switch (method + " " + path.replaceFirst("^(/v1/(?:shipments|pickups))/[^/]+", "$1/{id}")) {
      case "POST /v1/proxy/rates" -> Call.FETCH_RATES;
      case "POST /v1/shipments" -> Call.CREATE_SHIPMENT;
      case "GET /v1/shipments/{id}" -> Call.RETRIEVE_SHIPMENT;
      case "PUT /v1/shipments/{id}" -> Call.UPDATE_SHIPMENT;
      case "POST /v1/shipments/{id}/purchase" -> Call.PURCHASE_SHIPMENT;
      case "POST /v1/shipments/{id}/cancel" -> Call.CANCEL_SHIPMENT;
      case "POST /v1/shipments/{id}/documents/label" -> Call.RETRIEVE_DOCUMENT;
      case "POST /v1/trackers" -> Call.CREATE_TRACKER;
      case "POST /v1/pickups" -> Call.CREATE_PICKUP;
      case "GET /v1/pickups" -> Call.LIST_PICKUPS;
      case "GET /v1/pickups/{id}" -> Call.RETRIEVE_PICKUP;
      case "POST /v1/pickups/{id}/cancel" -> Call.CANCEL_PICKUP;
      case "GET /v1/trackers" -> Call.LIST_TRACKERS;
      default -> throw KarrioRefused.absent("Resource");
    };
  }

  private Answer done(Call call, String account, String[] path, JsonNode body) {
    return switch (call) {
      case FETCH_RATES -> answer(200, ledger.rates(body));
      case CREATE_SHIPMENT -> answer(201, ledger.create(account, body));
      case RETRIEVE_SHIPMENT -> answer(200, ledger.shipment(account, path[3]));
      case UPDATE_SHIPMENT -> answer(200, ledger.update(account, path[3], body));
      case PURCHASE_SHIPMENT -> answer(200, ledger.purchase(account, path[3], body));
      case CANCEL_SHIPMENT -> answer(ledger.isCancelled(account, path[3]) ? 202 : 200, ledger.cancel(account, path[3]));
      case RETRIEVE_DOCUMENT -> answer(200, ledger.label(account, path[3]));
      case CREATE_TRACKER -> answer(202, ledger.track(account, body.path("tracking_number").asText(),
          body.path("carrier_name").asText()));
      case CREATE_PICKUP -> answer(201, ledger.pickups().create(account, body));
      case LIST_PICKUPS -> answer(200, ledger.pickups().list(account, body.path("metadata_value").asText()));
      case RETRIEVE_PICKUP -> answer(200, ledger.pickups().pickup(account, path[3]));
      case CANCEL_PICKUP -> answer(200, ledger.pickups().cancel(account, path[3]));
      case LIST_TRACKERS -> answer(200, ledger.trackers(account, body.path("tracking_number").asText()));
    };
  }

  private static Answer answer(int status, ObjectNode json) {
    return new Answer(status, json.deepCopy());
  }
}
