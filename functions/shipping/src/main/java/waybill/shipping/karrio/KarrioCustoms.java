package waybill.shipping.karrio;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import waybill.catalog.CustomsTerms.Incoterm;
import waybill.shipping.customs.Declaration;
import waybill.shipping.customs.Declaration.Item;

/** A declaration as Karrio takes it. Its commodities have no field for the product identifiers of the EU. */
final class KarrioCustoms {
  private static final int GRAM = 3;
  private static final int WEIGHT_DIGITS = 6;

  private KarrioCustoms() {}

  static Map<String, Object> of(Declaration declared) {
    var customs = new LinkedHashMap<String, Object>();
    customs.put("content_type", "merchandise");
    customs.put("content_description", declared.gift() ? "gift" : "");
    customs.put("certify", true);
    customs.put("signer", declared.terms().signer());
    customs.put("incoterm", declared.terms().incoterm().name());
    customs.put("commercial_invoice", true);
    customs.put("duty", Map.of("paid_by", declared.terms().incoterm() == Incoterm.DDP ? "sender" : "recipient",
        "currency", declared.currency(), "declared_value", decimal(declared.goods(), declared.currency())));
    customs.put("options", numbers(declared));
    customs.put("commodities",
        declared.items().stream().flatMap(it -> commodities(it, declared.currency())).toList());
    return customs;
  }

  private static Map<String, Object> numbers(Declaration declared) {
    var numbers = new LinkedHashMap<String, Object>();
    numbers.put("ioss", declared.terms().ioss());
    numbers.put("eori_number", declared.terms().eori());
    numbers.put("eel_pfc", declared.exemption());
    numbers.values().removeIf(Objects::isNull);
    return numbers;
  }

  /** Karrio multiplies a unit's value by the quantity: 10.00 for three is two of 3.33 and one of 3.34. */
  private static Stream<Map<String, Object>> commodities(Item item, String currency) {
    long unit = item.value() / item.quantity();
    int dearer = (int) (item.value() % item.quantity());
    return Stream.of(commodity(item, item.quantity() - dearer, unit, currency),
        commodity(item, dearer, unit + 1, currency)).filter(it -> !it.get("quantity").equals(0));
  }

  private static Map<String, Object> commodity(Item item, int quantity, long unit, String currency) {
    var all = new LinkedHashMap<String, Object>();
    all.put("title", item.description());
    all.put("description", item.description());
    all.put("quantity", quantity);
    all.put("value_amount", decimal(unit, currency));
    all.put("value_currency", currency);
    all.put("weight", BigDecimal.valueOf(item.weightGrams(), GRAM).divide(BigDecimal.valueOf(item.quantity()),
        WEIGHT_DIGITS, RoundingMode.HALF_UP));
    all.put("weight_unit", "KG");
    all.put("hs_code", item.hsCode());
    all.put("origin_country", item.origin());
    all.put("sku", item.sku().value());
    all.values().removeIf(Objects::isNull);
    return all;
  }

  private static BigDecimal decimal(long minorUnits, String currency) {
    return new BigDecimal(minorUnits).movePointLeft(Currency.getInstance(currency).getDefaultFractionDigits());
  }
}
