package waybill.shipping.easypost;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.messages.Parcel;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.AddressOpinion;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Manifests;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates;
import waybill.shipping.carrier.ServiceLimits;

/**
 * Sells the labels of EasyPost's carriers: the cheapest of the services that the account may buy. A draft is a shipment and one of its
 * rates, and for how much it is to be insured. EasyPost sells a shipment once, and shows whether it has, so no purchase is made blindly.
 */
final class EasyPostCarrier implements Carrier, LabelFiles, Manifests {
  private static final Pattern DRAFT = Pattern
      .compile("(shp_[A-Za-z0-9]{1,60})/(rate_[A-Za-z0-9]{1,60})(?:/([0-9]{1,12}\\.[0-9]{2}))?");
  private static final String ADDRESS = "https://api.easypost.com";
  private static final String SHIPMENTS = "/v2/shipments";
  private static final Set<String> NAMES = Set.of("USPS", "UPS", "FedEx");
  private static final Address NOBODY = new Address(null, null, null, null, null, null, null, null, null);

  private final CarrierAccount account;
  private final CarrierApi api;

  EasyPostCarrier(CarrierAccount account) {
    this.account = account;
    this.api = new CarrierApi("EasyPost", base(account), "Basic " + Base64
        .getEncoder().encodeToString((account.apiKey() + ":").getBytes(StandardCharsets.UTF_8)));
  }

  private static String base(CarrierAccount account) {
    return account.apiBase() == null ? ADDRESS : account.apiBase();
  }

  @Override
  public Outcome<Rates> rates(Consignment consignment) {
    return shipment(consignment).map(it -> within(it, consignment));
  }

  @Override
  public Outcome<Offer> create(Consignment consignment) {
    return EasyPostInsurance.objection(consignment.insured()).<Outcome<Offer>>map(Refused::outcome)
        .orElseGet(() -> shipment(consignment).then(shipment -> offer(shipment, consignment)));
  }

  private Outcome<Map<String, Object>> shipment(Consignment consignment) {
    Answer answer = api.post(SHIPMENTS, Map.of("shipment", request(consignment)));
    if (!answer.ok()) {
      return refused(answer, consignment.to()).outcome();
    }
    // A key of the other mode would buy real labels for tests, or labels that move nothing for customers.
    return "production".equals(answer.body().get("mode")) == account.livemode()
        ? Outcome.of(answer.body())
        : Refused.conflict("wrong_mode", "the account's api_key is of the other mode than its livemode").outcome();
  }

  /** Those of services that take the parcel. */
  private Rates within(Map<String, Object> answer, Consignment consignment) {
    return ServiceLimits.within(EasyPostRates.read(answer, account, consignment.to()), consignment.parcel(),
        consignment.origin());
  }

  private Outcome<Offer> offer(Map<String, Object> shipment, Consignment consignment) {
    Rates rates = within(shipment, consignment).only(consignment.service());
    String insured = consignment.insured() == null ? "" : "/" + EasyPostInsurance.text(consignment.insured());
    Optional<Offer> offer = rates.cheapest()
        .map(it -> new Offer(shipment.get("id") + "/" + it.id() + insured, it.price()));
    if (offer.isEmpty()) {
      return Refused.conflict("no_rate", "no service of this account takes the parcel%s: %s".formatted(
          consignment.service() == null ? "" : " as " + consignment.service(), rates.why())).outcome();
    }
    if (!DRAFT.matcher(offer.get().draft()).matches()) {
      throw new RetryLater("EasyPost's shipment or rate has no id");
    }
    return Outcome.of(offer.get());
  }

  @Override
  public Outcome<Label> buy(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    if (!parts.matches()) {
      return unknownDraft().outcome();
    }
    var purchase = new LinkedHashMap<String, Object>(Map.of("rate", Map.of("id", parts.group(2))));
    if (parts.group(3) != null) {
      purchase.put("insurance", parts.group(3));
    }
    Answer answer = api.pay(SHIPMENTS + "/" + parts.group(1) + "/buy", purchase);
    if (answer.ok()) {
      return Outcome.of(label(answer.body()).orElseThrow(() -> new RetryLater("EasyPost's answer shows no label")));
    }
    if (answer.status() == 404) {
      return unknownDraft().outcome();
    }
    // Whatever it says: if the label is there, it was bought, by an attempt whose answer was lost.
    Map<String, Object> shipment = shipment(draft);
    return label(shipment).map(Outcome::of).orElseGet(() -> refused(answer, parties(shipment)).outcome());
  }

  /** Those whom EasyPost knows, whose words its messages may quote: of what comes back, the customer is the sender. */
  private static Address[] parties(Map<String, Object> shipment) {
    return new Address[]{party(shipment, "to_address"), party(shipment, "from_address")};
  }

  private static Address party(Map<String, Object> shipment, String name) {
    Map<?, ?> to = shipment.get(name) instanceof Map<?, ?> it ? it : Map.of();
    return new Address(text(to, "name"), text(to, "company"), text(to, "street1"), text(to, "street2"),
        text(to, "city"), null, text(to, "zip"), text(to, "country"), text(to, "phone"));
  }

  private static String text(Map<?, ?> object, String name) {
    return CarrierText.name(object.get(name));
  }

  private static Refused unknownDraft() {
    return Refused.of(Refused.Kind.ABSENT, "unknown_draft", "EasyPost has no such shipment");
  }

  @Override
  public Finding find(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    if (!parts.matches()) {
      return new Unknown();
    }
    Answer answer = api.get(SHIPMENTS + "/" + parts.group(1));
    // It was there once: with another key it cannot be seen, and nobody knows.
    return answer.ok() ? label(answer.body()).<Finding>map(Bought::new).orElseGet(NotBought::new) : new Unknown();
  }

  @Override
  public RefundStanding refund(String draft) {
    return standing(shipment(draft));
  }

  @Override
  public Outcome<RefundStanding> requestRefund(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    if (!parts.matches()) {
      return unknownDraft().outcome();
    }
    Answer answer = api.post(SHIPMENTS + "/" + parts.group(1) + "/refund", Map.of());
    if (answer.ok()) {
      return Outcome.of(standing(answer.body()));
    }
    // It may have been requested by an attempt whose answer was lost.
    Map<String, Object> shipment = shipment(draft);
    RefundStanding standing = standing(shipment);
    return standing == RefundStanding.NONE || standing == RefundStanding.REJECTED
        ? refused(answer, parties(shipment)).outcome()
        : Outcome.of(standing);
  }

  @Override
  public Outcome<Printable> label(String draft, LabelFormat format) {
    Matcher parts = DRAFT.matcher(draft);
    return parts.matches()
        ? new EasyPostLabels(api, base(account)).label(SHIPMENTS + "/" + parts.group(1), format)
        : unknownDraft().outcome();
  }

  @Override
  public Outcome<Form> makeForm(List<Listing> labels) {
    List<Matcher> parts = labels.stream().map(it -> DRAFT.matcher(it.draft())).toList();
    return parts.stream().allMatch(Matcher::matches)
        ? new EasyPostForms(api, base(account)).form(parts.stream().map(it -> it.group(1)).toList(), numbers(labels))
        : unknownDraft().outcome();
  }

  private static List<String> numbers(List<Listing> labels) {
    return labels.stream().map(Listing::trackingNumber).toList();
  }

  @Override
  public Outcome<Form> findForm(String form, List<Listing> labels) {
    return new EasyPostForms(api, base(account)).find(form, numbers(labels));
  }

  @Override
  public Outcome<Printable> printForm(String form) {
    return new EasyPostForms(api, base(account)).paper(form);
  }

  @Override
  public Optional<Pickups> pickups() {
    return Optional.of(new EasyPostPickups(api, account.livemode()));
  }

  /** The shipment of a draft; null if it is none. */
  static String shipmentId(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    return parts.matches() ? parts.group(1) : null;
  }

  private Map<String, Object> shipment(String draft) {
    Matcher parts = DRAFT.matcher(draft);
    if (!parts.matches()) {
      return Map.of();
    }
    Answer answer = api.get(SHIPMENTS + "/" + parts.group(1));
    if (!answer.ok()) {
      throw new RetryLater("EasyPost does not show the shipment: status " + answer.status());
    }
    return answer.body();
  }

  static RefundStanding standing(Map<String, Object> shipment) {
    return switch (shipment.get("refund_status") instanceof String status ? status : "") {
      case "submitted" -> RefundStanding.SUBMITTED;
      case "refunded" -> RefundStanding.REFUNDED;
      case "rejected" -> RefundStanding.REJECTED;
      case "not_applicable" -> RefundStanding.NOT_APPLICABLE;
      default -> RefundStanding.NONE;
    };
  }

  /** EasyPost finds out the carrier of a number unless it is named by the name that EasyPost has for it. */
  @Override
  public Outcome<Boolean> track(String carrier, String trackingNumber) {
    var tracker = new LinkedHashMap<String, Object>(Map.of("tracking_code", trackingNumber));
    NAMES.stream().filter(it -> it.equalsIgnoreCase(carrier)).findFirst().ifPresent(it -> tracker.put("carrier", it));
    Answer answer = api.post("/v2/trackers", Map.of("tracker", tracker));
    return answer.ok() ? Outcome.of(true) : refused(answer, NOBODY).outcome();
  }

  /** Empty until the shipment is bought. */
  static Optional<Label> label(Map<String, Object> shipment) {
    String number = CarrierText.name(shipment.get("tracking_code"));
    if (number == null || !(shipment.get("selected_rate") instanceof Map<?, ?> rate)
        || !(shipment.get("postage_label") instanceof Map<?, ?>)) {
      return Optional.empty();
    }
    Money postage = Amounts.money(rate.get("rate"), rate.get("currency")).orElse(null);
    String carrier = CarrierText.name(rate.get("carrier"));
    return Optional.of(Label.of(carrier == null ? "EasyPost" : carrier, CarrierText.name(rate.get("service")), number,
        postage, EasyPostInsurance.read(shipment).orElse(null)));
  }

  /** Nothing was paid. An account whose key is wrong is refused too: other accounts' parcels need not wait for it. */
  static Refused refused(Answer answer, Address... parties) {
    if (answer.status() == 401 || answer.status() == 403) {
      return Refused.conflict("wrong_key", "EasyPost refuses the account's api_key");
    }
    Map<?, ?> error = answer.body().get("error") instanceof Map<?, ?> it ? it : Map.of();
    Object message = error.get("message");
    for (Address party : parties) {
      message = CarrierText.without(party, message);
    }
    return Refused.conflict(CarrierText.code(error.get("code")), "EasyPost refuses: " + message);
  }

  private Map<String, Object> request(Consignment consignment) {
    var shipment = new LinkedHashMap<String, Object>();
    shipment.put("from_address", EasyPostAddresses.written(consignment.from().address()));
    shipment.put("to_address", EasyPostAddresses.written(consignment.to()));
    shipment.put("parcel", parcel(consignment.parcel()));
    if (consignment.back()) {
      shipment.put("is_return", true); // the addresses stay as of what was sent: EasyPost swaps them
    }
    if (consignment.reference() != null) {
      shipment.put("reference", consignment.reference());
    }
    if (consignment.customs() != null) {
      shipment.putAll(EasyPostCustoms.of(consignment.customs(), consignment.from().address().country()));
    }
    return shipment;
  }

  private static Map<String, Object> parcel(Parcel parcel) {
    return Map.of("weight", EasyPostUnits.ounces(parcel.weightGrams()), "length",
        EasyPostUnits.inches(parcel.lengthMm()), "width", EasyPostUnits.inches(parcel.widthMm()), "height",
        EasyPostUnits.inches(parcel.heightMm()));
  }

  @Override
  public Outcome<Optional<AddressOpinion>> verify(Address address) {
    Answer answer = api.post("/v2/addresses", Map.of("address", EasyPostAddresses.written(address), "verify",
        List.of("delivery", "zip4")));
    return answer.ok()
        ? Outcome.of(EasyPostAddresses.opinion(answer.body(), address))
        : refused(answer, address).outcome();
  }
}
