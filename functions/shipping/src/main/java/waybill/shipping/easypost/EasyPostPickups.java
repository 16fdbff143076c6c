package waybill.shipping.easypost;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.TimeText;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates.Message;

/**
 * EasyPost's pickups. Of one parcel a pickup is of its shipment, of several it is of a batch of them. A pickup is sold once and shows whether it was, so an
 * answer that was lost is found. Neither a pickup that nobody buys nor a batch costs anything.
 */
final class EasyPostPickups implements Pickups {
  private static final String PICKUPS = "/v2/pickups";
  private static final String BATCHES = "/v2/batches";
  private static final Address NOBODY = new Address(null, null, null, null, null, null, null, null, null);

  private final CarrierApi api;
  private final boolean livemode;

  EasyPostPickups(CarrierApi api, boolean livemode) {
    this.api = api;
    this.livemode = livemode;
  }

  @Override
  public Outcome<Quote> quote(Visit visit) {
    List<String> shipments = visit.loads().stream().map(it -> EasyPostCarrier.shipmentId(it.draft())).toList();
    if (shipments.stream().anyMatch(Objects::isNull)) {
      return Refused.conflict("unknown_draft", "a parcel's label is not one of EasyPost").outcome();
    }
    return shipments.size() == 1
        ? created(visit, "shipment", shipments.getFirst())
        : batch(visit, shipments).then(it -> created(visit, "batch", it));
  }

  /** The id of the batch of these shipments, made now or by an attempt whose answer was lost. @throws RetryLater while EasyPost makes it */
  private Outcome<String> batch(Visit visit, List<String> shipments) {
    Optional<Map<String, Object>> known = batchOf(shipments.getFirst())
        .filter(it -> visit.reference().equals(it.get("reference")));
    Map<String, Object> batch;
    if (known.isPresent()) {
      batch = known.get();
    } else {
      Answer made = api.post(BATCHES, Map.of("batch", Map.of("reference", visit.reference(), "shipments",
          shipments.stream().map(it -> Map.of("id", it)).toList())));
      if (!made.ok()) {
        return refused(made, visit).outcome();
      }
      batch = "creating".equals(made.body().get("state")) ? get(BATCHES, made.body().get("id")) : made.body();
    }
    if ("creating".equals(batch.get("state"))) {
      throw new RetryLater("EasyPost still makes the batch of the parcels");
    }
    return "creation_failed".equals(batch.get("state"))
        ? Refused.conflict("batch_failed", "EasyPost makes no batch of these parcels").outcome()
        : Outcome.of(id(batch));
  }

  private Optional<Map<String, Object>> batchOf(String shipment) {
    Object batch = get("/v2/shipments", shipment).get("batch_id");
    return batch == null ? Optional.empty() : Optional.of(get(BATCHES, batch));
  }

  private Map<String, Object> get(String place, Object id) {
    Answer answer = api.get(place + "/" + id);
    if (!answer.ok()) {
      throw new RetryLater("EasyPost does not show %s: status %d".formatted(place, answer.status()));
    }
    return answer.body();
  }

  private static String id(Map<String, Object> object) {
    String id = CarrierText.name(object.get("id"));
    if (id == null) {
      throw new RetryLater("EasyPost's answer has no id");
    }
    return id;
  }

  private Outcome<Quote> created(Visit visit, String kind, String of) {
    var pickup = new LinkedHashMap<String, Object>();
    pickup.put("address", EasyPostAddresses.written(visit.place().address()));
    pickup.put(kind, Map.of("id", of));
    pickup.put("reference", visit.reference());
    pickup.put("min_datetime", TimeText.of(visit.ready()));
    pickup.put("max_datetime", TimeText.of(visit.closing()));
    pickup.put("is_account_address", false);
    String instructions = String.join(". ",
        java.util.stream.Stream.of(visit.instructions(), visit.spot()).filter(Objects::nonNull).toList());
    // Some carriers refuse a pickup without any.
    pickup.put("instructions", instructions.isEmpty() ? "Parcels: " + visit.loads().size() : instructions);
    Answer answer = api.post(PICKUPS, Map.of("pickup", pickup));
    if (!answer.ok()) {
      return refused(answer, visit).outcome();
    }
    return "production".equals(answer.body().get("mode")) == livemode
        ? Outcome.of(quote(answer.body(), visit))
        : Refused.conflict("wrong_mode", "the account's api_key is of the other mode than its livemode").outcome();
  }

  static Quote quote(Map<String, Object> pickup, Visit visit) {
    var rates = new ArrayList<Rate>();
    var messages = new ArrayList<Message>();
    for (Map<?, ?> it : CarrierApi.objects(pickup.get("pickup_rates"))) {
      String carrier = CarrierText.name(it.get("carrier"));
      String service = CarrierText.name(it.get("service"));
      Optional<Money> price = Amounts.money(it.get("rate"), it.get("currency"));
      if (CarrierText.name(it.get("id")) == null || carrier == null || service == null || price.isEmpty()) {
        messages.add(new Message(carrier, "unreadable_rate", "a rate without carrier, service and price"));
      } else if (carrier.equals(visit.carrier())) {
        rates.add(new Rate(CarrierText.name(it.get("id")), carrier, service, price.get()));
      }
    }
    CarrierApi.objects(pickup.get("messages")).forEach(it -> messages.add(new Message(
        CarrierText.name(it.get("carrier")), CarrierText.code(it.get("type")),
        CarrierText.without(visit.place().address(), it.get("message")))));
    return new Quote(id(pickup), rates, messages);
  }

  @Override
  public Outcome<Confirmation> book(Visit visit, String draft, Rate rate) {
    Answer answer = api.pay(PICKUPS + "/" + draft + "/buy",
        Map.of("carrier", rate.carrier(), "service", rate.service()));
    if (answer.ok()) {
      return Outcome.of(confirmation(answer.body(), rate)
          .orElseThrow(() -> new RetryLater("EasyPost's answer shows no booked pickup")));
    }
    // Whatever it says: if the pickup is booked, it was by an attempt whose answer was lost.
    Answer now = api.get(PICKUPS + "/" + draft);
    Optional<Confirmation> booked = now.ok() ? confirmation(now.body(), rate) : Optional.empty();
    return booked.map(Outcome::of).orElseGet(() -> refused(answer, visit).outcome());
  }

  /** Empty until it is booked, and once it is cancelled. @param rate the booked one; null if only the caller knows it: EasyPost does not show which it was */
  static Optional<Confirmation> confirmation(Map<String, Object> pickup, Rate rate) {
    if (!"scheduled".equals(pickup.get("status"))) {
      return Optional.empty();
    }
    Money price = rate == null ? null : rate.price();
    return Optional.of(new Confirmation(id(pickup), CarrierText.name(pickup.get("confirmation")), price));
  }

  @Override
  public Finding find(Visit visit, String draft, Instant begun) {
    Answer answer = api.get(PICKUPS + "/" + draft);
    if (!answer.ok()) {
      // It was there once: with another key it cannot be seen, and nobody knows.
      return new Unknown();
    }
    if ("canceled".equals(answer.body().get("status"))) {
      return new Withdrawn();
    }
    return confirmation(answer.body(), null).<Finding>map(Booked::new).orElseGet(NotBooked::new);
  }

  @Override
  public Outcome<Boolean> cancel(Confirmation booked) {
    Answer answer = api.post(PICKUPS + "/" + booked.id() + "/cancel", Map.of());
    if (answer.ok()) {
      return Outcome.of(true);
    }
    Answer now = api.get(PICKUPS + "/" + booked.id());
    return now.ok() && "canceled".equals(now.body().get("status"))
        ? Outcome.of(false)
        : EasyPostCarrier.refused(answer, NOBODY).outcome();
  }

  private static Refused refused(Answer answer, Visit visit) {
    return EasyPostCarrier.refused(answer, visit.place().address());
  }
}
