package waybill.shipping.easypost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.shipping.carrier.AddressOpinion.Objection;
import waybill.shipping.carrier.AddressOpinion;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierText;

/** Addresses as EasyPost writes them, and what it says about one. */
final class EasyPostAddresses {
  /** What labels of the United States name as a state, whatever the country of the address says. */
  private static final List<String> US_TERRITORIES = List.of("PR", "VI", "GU", "AS", "MP", "UM");

  private EasyPostAddresses() {}

  /** Every part of it that there is. */
  static Map<String, Object> written(Address address) {
    boolean territory = US_TERRITORIES.contains(address.country());
    var all = new LinkedHashMap<String, Object>();
    all.put("name", address.name());
    all.put("company", address.company());
    all.put("street1", address.line1());
    all.put("street2", address.line2());
    all.put("city", address.city());
    all.put("state", territory ? address.country() : address.state());
    all.put("zip", address.postalCode());
    all.put("country", territory ? "US" : address.country());
    all.put("phone", address.phone());
    all.values().removeIf(Objects::isNull);
    return all;
  }

  /** @param answer EasyPost's address with its verifications; empty if it has verified nothing */
  static Optional<AddressOpinion> opinion(Map<String, Object> answer, Address given) {
    if (!(answer.get("verifications") instanceof Map<?, ?> verifications)
        || !(verifications.get("delivery") instanceof Map<?, ?> delivery)) {
      return Optional.empty();
    }
    if (Boolean.TRUE.equals(delivery.get("success"))) {
      return Optional.of(new AddressOpinion(true, better(answer, given), List.of()));
    }
    return Optional.of(new AddressOpinion(false, null, CarrierApi.objects(delivery.get("errors")).stream()
        .map(it -> new Objection(field(it.get("field")), CarrierText.code(it.get("code")),
            CarrierText.without(given, it.get("message"))))
        .toList()));
  }

  private static Address better(Map<String, Object> answer, Address given) {
    var written = new Address(given.name(), given.company(), text(answer, "street1"), text(answer, "street2"),
        text(answer, "city"), text(answer, "state"), text(answer, "zip"), text(answer, "country"), given.phone());
    boolean same = Stream.<Function<Address, String>>of(Address::line1, Address::line2, Address::city,
        Address::state, Address::postalCode, Address::country)
        .allMatch(it -> it.apply(given) == null
            ? it.apply(written) == null
            : it.apply(given).equalsIgnoreCase(it.apply(written)));
    return same || written.line1() == null || written.city() == null || written.country() == null ? null : written;
  }

  private static String text(Map<?, ?> object, String name) {
    return CarrierText.name(object.get(name));
  }

  /** Null for what is about the whole address. */
  private static String field(Object name) {
    return switch (name instanceof String text ? text : "") {
      case "street1" -> "line1";
      case "street2" -> "line2";
      case "city" -> "city";
      case "state" -> "state";
      case "zip" -> "postal_code";
      case "country" -> "country";
      default -> null;
    };
  }
}
