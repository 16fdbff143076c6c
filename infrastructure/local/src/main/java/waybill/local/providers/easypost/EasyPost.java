package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.local.providers.easypost.EasyPostFaults.Call;
import waybill.local.providers.easypost.EasyPostFaults.Kind;
import waybill.local.providers.easypost.EasyPostLedger.News;

/** The calls of EasyPost's API that labels, refunds, trackers and addresses need, as docs.easypost.com has them. */
public final class EasyPost {
  /** What is to be sent back. */
  public record Answer(int status, ObjectNode json) {}

  private final EasyPostLedger ledger;
  private final EasyPostFaults faults = new EasyPostFaults();
  private final Consumer<List<News>> webhooks;

  /** @param webhooks takes what has to be sent, and does not wait for the receiver */
  EasyPost(InstantSource clock, Consumer<List<News>> webhooks) {
    this.ledger = new EasyPostLedger(clock);
    this.webhooks = webhooks;
  }

  /** One that sends no events. */
  public static EasyPost silent(InstantSource clock) {
    return new EasyPost(clock, _ -> {});
  }

  /** How its answers are to go wrong. */
  public EasyPostFaults faults() {
    return faults;
  }

  /** How often postage was charged. */
  public synchronized int charges() {
    return ledger.charges();
  }

  /** How often a pickup was charged. */
  public synchronized int pickupCharges() {
    return ledger.pickups().charges();
  }

  /** All that there is, for people and tests. */
  public synchronized ObjectNode overview() {
    return ledger.overview().deepCopy();
  }

  /** What the carrier decides about a refund, days after it was requested. */
  public synchronized Answer settle(String shipment, String status) {
    try {
      return new Answer(200, ledger.settle(shipment, status).deepCopy());
    } catch (EasyPostRefused e) {
      return new Answer(e.status(), e.json());
    }
  }

  /** A carrier scans a parcel. @return how many trackers reported it */
  public synchronized int scan(String number, String status, String message) {
    int scanned = ledger.scan(number, status, message).size();
    report();
    return scanned;
  }

  /** What a carrier charges for a parcel after all, as its invoice says. @param amount in the currency of its rate */
  public synchronized Answer invoice(String number, String amount) {
    try {
      ObjectNode invoice = ledger.invoice(number, amount).deepCopy();
      report();
      return new Answer(200, invoice);
    } catch (EasyPostRefused e) {
      return new Answer(e.status(), e.json());
    }
  }

  private void report() {
    List<News> news = ledger.takeNews();
    if (!news.isEmpty()) {
      webhooks.accept(news);
    }
  }

  /** Where its files are, once it listens. */
  synchronized void listensAt(java.net.URI address) {
    ledger.listensAt(address.toString());
  }

  /** Does what is asked and says what became of it; empty if the connection is to end without an answer. */
  synchronized Optional<Answer> reply(String account, String method, String path, JsonNode body) {
    try {
      Call call = call(method, path);
      Optional<Kind> fault = faults.strike(call);
      refuseIfStruck(fault);
      ObjectNode done = done(call, account, path.split("/"), body).deepCopy();
      if (fault.equals(Optional.of(Kind.ERROR_500_AFTER))) {
        throw EasyPostRefused.broken();
      }
      if (fault.equals(Optional.of(Kind.REFUSE_AFTER))) {
        throw new EasyPostRefused(422, "UNPROCESSABLE_ENTITY", "Another call has done this.");
      }
      return fault.equals(Optional.of(Kind.TIMEOUT_AFTER)) ? Optional.empty() : Optional.of(new Answer(200, done));
    } catch (EasyPostRefused e) {
      return Optional.of(new Answer(e.status(), e.json()));
    }
  }

  private static void refuseIfStruck(Optional<Kind> fault) {
    fault.ifPresent(it -> {
      switch (it) {
        case ERROR_500_BEFORE -> throw EasyPostRefused.broken();
        case BUSY -> throw new EasyPostRefused(429, "RATE_LIMITED", "Too many requests.");
        case REFUSE -> throw new EasyPostRefused(422, "UNPROCESSABLE_ENTITY", "The carrier refuses this for now.");
        case ERROR_500_AFTER, TIMEOUT_AFTER, REFUSE_AFTER -> {
          // Struck once it is done.
        }
      }
    });
  }

  private static Call call(String method, String path) {
    return switch (method + " "
        + path.replaceFirst("^(/v2/(?:shipments|scan_forms|batches|pickups))/[^/]+", "$1/{id}")) {
      case "POST /v2/shipments" -> Call.CREATE_SHIPMENT;
      case "GET /v2/shipments/{id}" -> Call.RETRIEVE_SHIPMENT;
      case "POST /v2/shipments/{id}/buy" -> Call.BUY_SHIPMENT;
      case "POST /v2/shipments/{id}/refund" -> Call.REFUND_SHIPMENT;
      case "GET /v2/shipments/{id}/label" -> Call.LABEL_SHIPMENT;
      case "POST /v2/scan_forms" -> Call.CREATE_SCAN_FORM;
      case "GET /v2/scan_forms/{id}" -> Call.RETRIEVE_SCAN_FORM;
      case "POST /v2/trackers" -> Call.CREATE_TRACKER;
      case "POST /v2/addresses" -> Call.CREATE_ADDRESS;
      case "POST /v2/batches" -> Call.CREATE_BATCH;
      case "GET /v2/batches/{id}" -> Call.RETRIEVE_BATCH;
      case "POST /v2/pickups" -> Call.CREATE_PICKUP;
      case "GET /v2/pickups/{id}" -> Call.RETRIEVE_PICKUP;
      case "POST /v2/pickups/{id}/buy" -> Call.BUY_PICKUP;
      case "POST /v2/pickups/{id}/cancel" -> Call.CANCEL_PICKUP;
      default -> throw EasyPostRefused.absent();
    };
  }

  private ObjectNode done(Call call, String account, String[] path, JsonNode body) {
    return switch (call) {
      case CREATE_SHIPMENT -> ledger.create(account, body);
      case RETRIEVE_SHIPMENT -> ledger.shipment(account, path[3]);
      case BUY_SHIPMENT -> ledger.buy(account, path[3], body);
      case REFUND_SHIPMENT -> ledger.refund(account, path[3]);
      case LABEL_SHIPMENT -> ledger.label(account, path[3], body.path("file_format").asText());
      case CREATE_SCAN_FORM -> ledger.scanForm(account, body);
      case RETRIEVE_SCAN_FORM -> ledger.scanForm(account, path[3]);
      case CREATE_TRACKER -> ledger.track(account, body.at("/tracker/tracking_code").asText(),
          body.at("/tracker/carrier").asText());
      case CREATE_ADDRESS -> ledger.address(body);
      case CREATE_BATCH -> ledger.pickups().createBatch(account, body);
      case RETRIEVE_BATCH -> ledger.pickups().batch(account, path[3]);
      case CREATE_PICKUP -> ledger.pickups().create(account, body);
      case RETRIEVE_PICKUP -> ledger.pickups().pickup(account, path[3]);
      case BUY_PICKUP -> ledger.pickups().buy(account, path[3], body);
      case CANCEL_PICKUP -> ledger.pickups().cancel(account, path[3]);
    };
  }
}
