package waybill.shipping.karrio;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.Violation;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.Pickups;

/**
 * Karrio's pickups. Karrio gives no rates and books in one step, and writes that only once its carrier has answered. So a pickup has our reference in its
 * metadata, by which it is found; one that is not found may still be under way for some minutes.
 */
final class KarrioPickups implements Pickups {
  private static final String PICKUPS = "/v1/pickups";
  private static final String REFERENCE = "waybill_pickup";
  /** Karrio's own limit, of each text. */
  private static final int LONGEST = 50;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final Address NOBODY = new Address(null, null, null, null, null, null, null, null, null);

  private final CarrierApi api;
  private final InstantSource clock;
  private final boolean livemode;

  KarrioPickups(CarrierApi api, InstantSource clock, boolean livemode) {
    this.api = api;
    this.clock = clock;
    this.livemode = livemode;
  }

  @Override
  public List<Violation> unfit(String instructions, String spot) {
    return Stream.of(tooLong("/instructions", instructions), tooLong("/package_location", spot))
        .flatMap(Optional::stream).toList();
  }

  private static Optional<Violation> tooLong(String pointer, String text) {
    return text == null || text.codePointCount(0, text.length()) <= LONGEST
        ? Optional.empty()
        : Optional.of(new Violation(pointer, "too_long", "has at most %d characters at Karrio".formatted(LONGEST)));
  }

  @Override
  public Outcome<Quote> quote(Visit visit) {
    return carrier(visit).map(_ -> new Quote(visit.reference(),
        List.of(new Rate("one_time", visit.carrier(), "one_time", null)), List.of()));
  }

  /** Who carries the parcels, as Karrio names him, and by which of its connections. */
  private record Connection(String carrier, String id) {}

  private Outcome<Connection> carrier(Visit visit) {
    String shipment = KarrioCarrier.shipmentId(visit.loads().getFirst().draft());
    if (shipment == null) {
      return Refused.conflict("unknown_draft", "a parcel's label is not one of Karrio").outcome();
    }
    Answer answer = api.get("/v1/shipments/" + shipment);
    if (!answer.ok()) {
      return KarrioCarrier.refused(answer, visit.place().address()).outcome();
    }
    if (Boolean.valueOf(livemode).equals(answer.body().get("test_mode"))) {
      return Refused.conflict("wrong_mode", "the account's api_key is of the other mode than its livemode").outcome();
    }
    Map<?, ?> rate = answer.body().get("selected_rate") instanceof Map<?, ?> it ? it : Map.of();
    String code = CarrierText.name(rate.get("carrier_name"));
    return code == null
        ? Refused.conflict("not_bought", "a parcel has no label").outcome()
        : Outcome.of(new Connection(code, CarrierText.name(rate.get("carrier_id"))));
  }

  @Override
  public Outcome<Confirmation> book(Visit visit, String draft, Rate rate) {
    return carrier(visit).then(connection -> {
      Answer answer = api.pay(PICKUPS, request(visit, connection));
      if (answer.ok()) {
        return Outcome.of(confirmation(answer.body())
            .orElseThrow(() -> new RetryLater("Karrio's answer shows no booked pickup")));
      }
      if (KarrioCarrier.isAway(KarrioRates.messages(answer.body(), visit.place().address()))) {
        throw new InDoubt("Karrio has not heard from the carrier, which may have booked the pickup");
      }
      // Parcels that are on a pickup are refused: perhaps on this one, by an attempt whose answer was lost.
      return listed(visit.reference()).flatMap(KarrioPickups::confirmation).map(Outcome::of)
          .orElseGet(() -> KarrioCarrier.refused(answer, visit.place().address()).outcome());
    });
  }

  private static Map<String, Object> request(Visit visit, Connection connection) {
    ZoneId zone = ZoneId.of(visit.place().timeZone());
    var pickup = new LinkedHashMap<String, Object>();
    pickup.put("carrier_code", connection.carrier());
    pickup.put("pickup_date", LocalDate.ofInstant(visit.ready(), zone).toString());
    pickup.put("ready_time", TIME.format(visit.ready().atZone(zone)));
    pickup.put("closing_time", TIME.format(visit.closing().atZone(zone)));
    pickup.put("address", KarrioShipment.address(visit.place().address()));
    pickup.put("instruction", visit.instructions());
    pickup.put("package_location", visit.spot());
    pickup.put("tracking_numbers", visit.loads().stream().map(Load::trackingNumber).toList());
    pickup.put("options", connection.id() == null ? null : Map.of("connection_id", connection.id()));
    pickup.put("metadata", Map.of(REFERENCE, visit.reference()));
    pickup.values().removeIf(Objects::isNull);
    return pickup;
  }

  /** Empty if it is cancelled. */
  private static Optional<Confirmation> confirmation(Map<?, ?> pickup) {
    String id = CarrierText.name(pickup.get("id"));
    if (id == null || "cancelled".equals(pickup.get("status"))) {
      return Optional.empty();
    }
    Map<?, ?> charge = pickup.get("pickup_charge") instanceof Map<?, ?> it ? it : Map.of();
    Money cost = Amounts.money(charge.get("amount"), charge.get("currency")).orElse(null);
    return Optional.of(new Confirmation(id, CarrierText.name(pickup.get("confirmation_number")), cost));
  }

  /** The pickup with our reference. @throws RetryLater if Karrio does not say which there are */
  private Optional<Map<?, ?>> listed(String reference) {
    Answer answer = api
        .get(PICKUPS + "?metadata_value=" + URLEncoder.encode(reference, StandardCharsets.UTF_8));
    if (!answer.ok()) {
      throw new RetryLater("Karrio does not show its pickups: status " + answer.status());
    }
    return CarrierApi.objects(answer.body().get("results")).stream()
        .filter(it -> it.get("metadata") instanceof Map<?, ?> metadata && reference.equals(metadata.get(REFERENCE)))
        .findFirst();
  }

  @Override
  public Finding find(Visit visit, String draft, Instant begun) {
    Optional<Map<?, ?>> pickup = listed(visit.reference());
    if (pickup.isEmpty()) {
      if (clock.instant().isBefore(begun.plus(KarrioCarrier.LONGEST_PURCHASE))) {
        throw new RetryLater("Karrio may still be booking the pickup");
      }
      return new NotBooked();
    }
    return confirmation(pickup.get()).<Finding>map(Booked::new).orElseGet(Withdrawn::new);
  }

  /** A pickup that a person has found out about is known by our reference only. */
  @Override
  public Outcome<Boolean> cancel(Confirmation booked) {
    Outcome<Boolean> answer = cancel(booked.id());
    return answer instanceof Outcome.Declined<Boolean>
        ? listed(booked.id()).map(it -> CarrierText.name(it.get("id"))).map(this::cancel).orElse(answer)
        : answer;
  }

  private Outcome<Boolean> cancel(String id) {
    Answer answer = api.post(PICKUPS + "/" + id + "/cancel", Map.of());
    if (answer.ok()) {
      return Outcome.of(true);
    }
    Answer now = api.get(PICKUPS + "/" + id);
    return now.ok() && "cancelled".equals(now.body().get("status"))
        ? Outcome.of(false)
        : KarrioCarrier.refused(answer, NOBODY).outcome();
  }
}
