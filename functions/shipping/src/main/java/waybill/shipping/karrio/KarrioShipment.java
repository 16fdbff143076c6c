package waybill.shipping.karrio;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.messages.Parcel;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.LabelFormat;

/** A shipment as Karrio shows it. */
record KarrioShipment(Map<String, Object> tree) {
  /** Where our mark is in the shipment's metadata, which Karrio keeps as they are. */
  private static final String BOUGHT_AT = "waybill_bought_at";
  /** Where it is marked that the carrier's answer to a purchase was lost. */
  private static final String DOUBTED_AT = "waybill_doubted_at";
  private static final int GRAM = 3;
  private static final int MILLIMETRE = 1;

  /** What Karrio is asked for it. Karrio reads grams as kilograms with three digits, millimetres as centimetres with one. */
  static Map<String, Object> request(Consignment consignment, LabelFormat format) {
    Parcel parcel = consignment.parcel();
    var shipment = new LinkedHashMap<String, Object>();
    Map<String, Object> location = address(consignment.from().address());
    Map<String, Object> customer = address(consignment.to());
    // Whoever hands it over is the shipper, also of what comes back.
    shipment.put("shipper", consignment.back() ? customer : location);
    shipment.put("recipient", consignment.back() ? location : customer);
    if (consignment.back()) {
      shipment.put("options", Map.of("is_return", true));
    }
    shipment.put("parcels",
        List.of(Map.of("weight", BigDecimal.valueOf(parcel.weightGrams(), GRAM), "weight_unit", "KG", "length",
            centimetres(parcel.lengthMm()), "width", centimetres(parcel.widthMm()), "height",
            centimetres(parcel.heightMm()), "dimension_unit", "CM")));
    shipment.put("label_type", format.name());
    if (consignment.customs() != null) {
      shipment.put("customs", KarrioCustoms.of(consignment.customs()));
    }
    if (consignment.reference() != null) {
      shipment.put("reference", consignment.reference());
    }
    return shipment;
  }

  private static BigDecimal centimetres(int millimetres) {
    return BigDecimal.valueOf(millimetres, MILLIMETRE);
  }

  static Map<String, Object> address(Address address) {
    var all = new LinkedHashMap<String, Object>();
    all.put("person_name", address.name());
    all.put("company_name", address.company());
    all.put("address_line1", address.line1());
    all.put("address_line2", address.line2());
    all.put("city", address.city());
    all.put("state_code", address.state());
    all.put("postal_code", address.postalCode());
    all.put("country_code", address.country());
    all.put("phone_number", address.phone());
    all.values().removeIf(Objects::isNull);
    return all;
  }

  static Map<String, Object> mark(Instant now) {
    return Map.of("metadata", Map.of(BOUGHT_AT, now.toString()));
  }

  /** Karrio merges it with the mark of the purchase. */
  static Map<String, Object> doubt(Instant now) {
    return Map.of("metadata", Map.of(DOUBTED_AT, now.toString()));
  }

  /** Whether its carrier may have booked what Karrio knows nothing of. */
  boolean isDoubtful() {
    return tree.get("metadata") instanceof Map<?, ?> metadata && metadata.get(DOUBTED_AT) != null;
  }

  /** When a purchase was begun; empty if nobody has. */
  Optional<Instant> boughtAt() {
    try {
      return tree.get("metadata") instanceof Map<?, ?> metadata && metadata.get(BOUGHT_AT) instanceof String time
          ? Optional.of(Instant.parse(time))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isCancelled() {
    return "cancelled".equals(tree.get("status"));
  }

  /**
   * Empty until it is bought. Its status does not say: it becomes {@code created}, then whatever the parcel's is.
   */
  Optional<Label> label() {
    String number = CarrierText.name(tree.get("tracking_number"));
    if (number == null || !(tree.get("selected_rate") instanceof Map<?, ?> rate)) {
      return Optional.empty();
    }
    String carrier = KarrioRates.carrier(rate);
    return Optional.of(new Label(carrier == null ? "Karrio" : carrier, CarrierText.name(rate.get("service")), number,
        Amounts.money(rate.get("total_charge"), rate.get("currency")).orElse(null)));
  }

  /** Whom Karrio knows as the customer, whose words its messages may quote. */
  Address customer() {
    boolean back = tree.get("options") instanceof Map<?, ?> options && Boolean.TRUE.equals(options.get("is_return"));
    Map<?, ?> to = tree.get(back ? "shipper" : "recipient") instanceof Map<?, ?> it ? it : Map.of();
    return new Address(text(to, "person_name"), text(to, "company_name"), text(to, "address_line1"),
        text(to, "address_line2"), text(to, "city"), null, text(to, "postal_code"), text(to, "country_code"),
        text(to, "phone_number"));
  }

  private static String text(Map<?, ?> object, String name) {
    return CarrierText.name(object.get(name));
  }
}
