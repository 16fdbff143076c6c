package waybill.shipping.karrio;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import waybill.catalog.Address;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.webhook.Event;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates;
import waybill.shipping.carrier.Rates.Message;
import waybill.shipping.carrier.Rates.Rate;
import waybill.shipping.carrier.ServiceLimits;
import waybill.shipping.carrier.ScanLookup;

/**
 * Sells the labels of a Karrio server's carriers. A draft is a shipment and one of its rates. Karrio writes that a shipment is bought only
 * once its carrier has answered, and locks nothing meanwhile: a second purchase in that time would buy a second label. Each purchase is
 * therefore marked in the shipment first, and while a marked one may still be running, nobody knows whether the label was bought. Nor does
 * anybody ever, if Karrio has sent the purchase on and lost the carrier's answer: that is marked too.
 */
final class KarrioCarrier implements Carrier, LabelFiles, ScanLookup {
  /** How long a carrier may keep Karrio waiting: Karrio itself sets no limit, the servers in front of it do. */
  static final Duration LONGEST_PURCHASE = Duration.ofMinutes(5);
  private static final Pattern DRAFT = Pattern.compile("(shp_[A-Za-z0-9]{1,60})/(rat_[A-Za-z0-9]{1,60})");
  private static final String SHIPMENTS = "/v1/shipments";
  /** Karrio's code if it could not reach a carrier. */
  private static final String AWAY = "shipping_sdk_internal_error";
  private static final Address NOBODY = new Address(null, null, null, null, null, null, null, null, null);

  private final CarrierAccount account;
  private final CarrierApi api;
  private final InstantSource clock;

  KarrioCarrier(CarrierAccount account, InstantSource clock) {
    this.account = account;
    this.api = new CarrierApi("Karrio", account.apiBase().replaceFirst("/+$", ""), "Token " + account.apiKey());
    this.clock = clock;
  }

  @Override
  public Outcome<Rates> rates(Consignment consignment) {
    Answer answer = api.post("/v1/proxy/rates", request(consignment));
    return answer.ok()
        ? inThisMode(answer.body()).map(it -> within(it, consignment))
        : refused(answer, consignment.to()).outcome();
  }

  @Override
  public Outcome<Offer> create(Consignment consignment) {
    if (consignment.insured() != null) {
      return Refused.conflict("no_insurance", "Waybill insures nothing through Karrio: its accounts have no insurance")
          .outcome();
    }
    Answer answer = api.post(SHIPMENTS, request(consignment));
    return answer.ok()
        ? inThisMode(answer.body()).then(it -> offer(it, consignment))
        : refused(answer, consignment.to()).outcome();
  }

  private Map<String, Object> request(Consignment consignment) {
    return KarrioShipment.request(consignment,
        account.labelFormat() == null ? LabelFormat.PDF : account.labelFormat());
  }

  /** A key of the other mode would buy real labels for tests, or labels that move nothing for customers. */
  private Outcome<Map<String, Object>> inThisMode(Map<String, Object> answer) {
    boolean other = account.livemode().equals(answer.get("test_mode"))
        || CarrierApi.objects(answer.get("rates")).stream()
            .anyMatch(it -> account.livemode().equals(it.get("test_mode")));
    return other
        ? Refused.conflict("wrong_mode", "the account's api_key is of the other mode than its livemode").outcome()
        : Outcome.of(answer);
  }

  /** Those of services that take the parcel. */
  private Rates within(Map<String, Object> answer, Consignment consignment) {
    return ServiceLimits.within(KarrioRates.read(answer, account, consignment.to()), consignment.parcel(),
        consignment.origin());
  }

  private Outcome<Offer> offer(Map<String, Object> shipment, Consignment consignment) {
    Rates rates = within(shipment, consignment).only(consignment.service());
    Optional<Rate> best = rates.cheapest();
    if (best.isEmpty()) {
      return Refused.conflict("no_rate", "no service of this account takes the parcel%s: %s".formatted(
          consignment.service() == null ? "" : " as " + consignment.service(), rates.why())).outcome();
    }
    String draft = shipment.get("id") + "/" + best.get().id();
    if (!DRAFT.matcher(draft).matches()) {
      throw new RetryLater("Karrio's shipment or rate has no id");
    }
    return Outcome.of(new Offer(draft, best.get().price()));
  }

  @Override
  public Outcome<Label> buy(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    Optional<KarrioShipment> shipment = parts.matches() ? shipment(parts.group(1)) : Optional.empty();
    if (shipment.isEmpty()) {
      return unknownDraft().outcome();
    }
    Optional<Label> bought = shipment.get().label();
    if (bought.isPresent()) {
      return Outcome.of(bought.get());
    }
    Answer marked = api.put(SHIPMENTS + "/" + parts.group(1), KarrioShipment.mark(clock.instant()));
    if (!marked.ok()) {
      return refused(marked, shipment.get().customer()).outcome();
    }
    Answer answer = api.pay(SHIPMENTS + "/" + parts.group(1) + "/purchase",
        Map.of("selected_rate_id", parts.group(2)));
    if (answer.ok()) {
      return Outcome.of(new KarrioShipment(answer.body()).label()
          .orElseThrow(() -> new RetryLater("Karrio's answer shows no label")));
    }
    // Whatever it says: if the label is there, another attempt has bought it meanwhile.
    Optional<Label> meanwhile = shipment(parts.group(1)).flatMap(KarrioShipment::label);
    if (meanwhile.isEmpty() && isAway(KarrioRates.messages(answer.body(), shipment.get().customer()))) {
      api.put(SHIPMENTS + "/" + parts.group(1), KarrioShipment.doubt(clock.instant()));
      throw new RetryLater("Karrio has not heard from the carrier, which may have booked the label");
    }
    return meanwhile.map(Outcome::of).orElseGet(() -> refused(answer, shipment.get().customer()).outcome());
  }

  static boolean isAway(List<Message> messages) {
    return messages.stream().anyMatch(it -> it.code().equals(AWAY));
  }

  private static Refused unknownDraft() {
    return Refused.of(Refused.Kind.ABSENT, "unknown_draft", "Karrio has no such shipment");
  }

  /** @throws RetryLater while a purchase may still be running */
  @Override
  public Finding find(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    if (!parts.matches()) {
      return new Unknown();
    }
    Answer answer = api.get(SHIPMENTS + "/" + parts.group(1));
    if (!answer.ok()) {
      // It was there once: with another key it cannot be seen, and nobody knows.
      return new Unknown();
    }
    var shipment = new KarrioShipment(answer.body());
    Optional<Label> label = shipment.label();
    if (label.isEmpty() && shipment.boughtAt().filter(it -> clock.instant().isBefore(it.plus(LONGEST_PURCHASE)))
        .isPresent()) {
      throw new RetryLater("Karrio may still be buying the label");
    }
    return label.<Finding>map(Bought::new).orElseGet(() -> shipment.isDoubtful() ? new Unknown() : new NotBought());
  }

  @Override
  public RefundStanding refund(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    return parts.matches()
        ? standing(shipment(parts.group(1))
            .orElseThrow(() -> new RetryLater("Karrio does not show the shipment")))
        : RefundStanding.NONE;
  }

  /**
   * Karrio knows cancelled shipments and no refunds: it uses the merchant's own contracts, whose carriers invoice what was not cancelled.
   */
  private static RefundStanding standing(KarrioShipment shipment) {
    return shipment.isCancelled() ? RefundStanding.NOT_APPLICABLE : RefundStanding.NONE;
  }

  @Override
  public Outcome<RefundStanding> requestRefund(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    Optional<KarrioShipment> shipment = parts.matches() ? shipment(parts.group(1)) : Optional.empty();
    if (shipment.isEmpty()) {
      return unknownDraft().outcome();
    }
    if (shipment.get().label().isEmpty()) {
      return Refused.conflict("not_bought", "there is no label to take back").outcome();
    }
    Answer answer = api.post(SHIPMENTS + "/" + parts.group(1) + "/cancel", Map.of());
    return answer.ok()
        ? Outcome.of(standing(new KarrioShipment(answer.body())))
        : refused(answer, shipment.get().customer()).outcome();
  }

  @Override
  public Outcome<Printable> label(String draft, LabelFormat format) {
    Matcher parts = DRAFT.matcher(draft);
    return parts.matches()
        ? KarrioLabels.read(api.post(SHIPMENTS + "/" + parts.group(1) + "/documents/label", Map.of()), format)
        : unknownDraft().outcome();
  }

  @Override
  public Optional<Pickups> pickups() {
    return Optional.of(new KarrioPickups(api, clock, account.livemode()));
  }

  /** The shipment of a draft; null if it is none. */
  static String shipmentId(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    return parts.matches() ? parts.group(1) : null;
  }

  /** @throws RetryLater if Karrio may have it and does not show it */
  private Optional<KarrioShipment> shipment(String id) {
    Answer answer = api.get(SHIPMENTS + "/" + id);
    if (!answer.ok() && answer.status() != 404) {
      throw new RetryLater("Karrio does not show the shipment: status " + answer.status());
    }
    return answer.ok() ? Optional.of(new KarrioShipment(answer.body())) : Optional.empty();
  }

  /** Karrio follows a number only for a carrier that it has an account of: any other is another account's. */
  @Override
  public Outcome<Boolean> track(String carrier, String trackingNumber) {
    Optional<String> code = KarrioNames.code(carrier);
    if (code.isEmpty()) {
      return Outcome.of(false);
    }
    Answer answer = api.post("/v1/trackers?pending_pickup=true",
        Map.of("tracking_number", trackingNumber, "carrier_name", code.get()));
    if (answer.ok()) {
      return Outcome.of(true);
    }
    List<Message> messages = KarrioRates.messages(answer.body(), NOBODY);
    if (isAway(messages)) {
      throw new RetryLater("Karrio does not reach " + code.get());
    }
    boolean unknownCarrier = messages.isEmpty() && (answer.status() == 404 || answer.status() == 400 && CarrierApi
        .objects(answer.body().get("errors")).stream()
        .allMatch(it -> it.get("message") instanceof String text && text.startsWith("carrier_name: ")));
    return unknownCarrier ? Outcome.of(false) : refused(answer, NOBODY).outcome();
  }

  /** From the list: a request for a single number answers the first tracker of it that anybody on the server has. */
  @Override
  public Outcome<Event<TrackingNoticed>> scans(String trackingNumber) {
    Answer answer = api
        .get("/v1/trackers?tracking_number=" + URLEncoder.encode(trackingNumber, StandardCharsets.UTF_8));
    if (!answer.ok()) {
      return refused(answer, NOBODY).outcome();
    }
    return CarrierApi.objects(answer.body().get("results")).stream()
        .filter(it -> trackingNumber.equalsIgnoreCase(CarrierText.name(it.get("tracking_number")))).findFirst()
        .map(it -> KarrioEvents.read(Map.of("event", "tracker_updated", "data", it), account.livemode()))
        .orElseGet(() -> Refused.of(Refused.Kind.ABSENT, "unknown_number", "Karrio does not follow the number")
            .outcome());
  }

  /** Nothing was paid. An account whose key is wrong is refused too: other accounts' parcels need not wait for it. */
  static Refused refused(Answer answer, Address to) {
    if (answer.status() == 401 || answer.status() == 403) {
      return Refused.conflict("wrong_key", "Karrio refuses the account's api_key");
    }
    List<Message> messages = KarrioRates.messages(answer.body(), to);
    if (!messages.isEmpty()) {
      return Refused.conflict(messages.getFirst().code(), "Karrio's carriers refuse: " + messages.stream()
          .map(Message::toString).distinct().limit(10).collect(Collectors.joining("; ")));
    }
    List<Map<?, ?>> errors = CarrierApi.objects(answer.body().get("errors"));
    return Refused.conflict(CarrierText.code(errors.isEmpty() ? null : errors.getFirst().get("code")),
        "Karrio refuses: " + (errors.isEmpty()
            ? "status " + answer.status()
            : errors.stream().map(it -> CarrierText.without(to, it.get("message"))).distinct().limit(10)
                .collect(Collectors.joining("; "))));
  }
}
