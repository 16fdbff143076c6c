package waybill.shipping.easypost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.shipping.customs.Declaration;
import waybill.shipping.customs.Declaration.Item;

/** A declaration as EasyPost takes it (docs.easypost.com: customs infos, tax identifiers, EU regulatory updates). */
final class EasyPostCustoms {

  private EasyPostCustoms() {}

  /** What of a shipment tells customs about it. @param from the exporting country */
  static Map<String, Object> of(Declaration declared, String from) {
    var info = new LinkedHashMap<String, Object>();
    info.put("contents_type", "merchandise");
    info.put("contents_explanation", declared.gift() ? "gift" : "");
    info.put("customs_certify", true);
    info.put("customs_signer", declared.terms().signer());
    info.put("restriction_type", "none");
    info.put("non_delivery_option", "return");
    if (declared.exemption() != null) {
      info.put("eel_pfc", declared.exemption());
    }
    info.put("customs_items", declared.items().stream().map(it -> item(it, declared.currency())).toList());
    var shipment = new LinkedHashMap<String, Object>();
    shipment.put("customs_info", info);
    shipment.put("options", Map.of("incoterm", declared.terms().incoterm().name(), "commerce_type", "B2C"));
    List<Map<String, Object>> numbers = taxNumbers(declared, from);
    if (!numbers.isEmpty()) {
      shipment.put("tax_identifiers", numbers);
    }
    return shipment;
  }

  private static Map<String, Object> item(Item item, String currency) {
    var all = new LinkedHashMap<String, Object>();
    all.put("description", item.description());
    all.put("quantity", item.quantity());
    all.put("value", decimal(item.value(), currency));
    all.put("currency", currency);
    all.put("weight", EasyPostUnits.ounces(item.weightGrams()));
    all.put("hs_tariff_number", item.hsCode());
    all.put("origin_country", item.origin());
    all.put("code", item.sku().value());
    all.put("manufacturer_product_id", item.manufacturerNumber());
    all.put("standardized_product_id", item.gtin());
    all.values().removeIf(Objects::isNull);
    return all;
  }

  private static BigDecimal decimal(long minorUnits, String currency) {
    return new BigDecimal(minorUnits)
        .movePointLeft(java.util.Currency.getInstance(currency).getDefaultFractionDigits());
  }

  private static List<Map<String, Object>> taxNumbers(Declaration declared, String from) {
    var numbers = new ArrayList<Map<String, Object>>();
    if (declared.terms().ioss() != null) {
      numbers.add(Map.of("entity", "SENDER", "tax_id_type", "IOSS", "tax_id", declared.terms().ioss(),
          "issuing_country", from));
    }
    if (declared.terms().eori() != null) {
      numbers
          .add(Map.of("entity", "SENDER", "tax_id_type", "EORI", "tax_id", declared.terms().eori(), "issuing_country",
              declared.terms().eori().substring(0, 2)));
    }
    return numbers;
  }
}
