package waybill.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import waybill.catalog.ProductCustoms.NationalCode;
import waybill.catalog.ProductCustoms.Value;
import waybill.platform.Fields;
import waybill.platform.Violation;

/** What goes on customs declarations, as products and channels name it. */
final class CustomsForm {
  private static final int MAX_DESCRIPTION = 100;
  private static final int MAX_COUNTRIES = 50;
  private static final long MAX_AMOUNT = 1_000_000_000_000L;
  private static final Pattern NATIONAL_CODE = Pattern.compile("[0-9]{6,13}");
  private static final Pattern IOSS = Pattern.compile("IM[0-9]{10}");
  private static final Pattern EORI = Pattern.compile("[A-Z]{2}[A-Z0-9]{1,15}");

  private CustomsForm() {}

  /** To be verified by the caller. */
  static ProductCustoms product(Fields fields) {
    if (fields == null) {
      return ProductCustoms.NONE;
    }
    List<NationalCode> codes = fields.listOrEmpty("hs_codes", MAX_COUNTRIES,
        it -> new NationalCode(it.parsed("country", Country::checked, Country.RULE),
            it.matching("code", NATIONAL_CODE, "is a tariff number of 6 to 13 digits")));
    var seen = new HashSet<String>();
    for (int i = 0; i < codes.size(); i++) {
      if (codes.get(i).country() != null && !seen.add(codes.get(i).country())) {
        fields.refuse(
            new Violation(fields.pointer() + "/hs_codes/%d/country".formatted(i), "repeated", "is named twice"));
      }
    }
    return new ProductCustoms(fields.textOrNull("description", MAX_DESCRIPTION), codes,
        value(fields.objectOrNull("value")));
  }

  private static Value value(Fields fields) {
    return fields == null
        ? null
        : new Value(fields.whole("amount", 1, MAX_AMOUNT),
            fields.parsed("currency", CurrencyCode::checked, "is a currency by ISO 4217"));
  }

  /** To be verified by the caller. */
  static CustomsTerms channel(Fields fields) {
    return fields == null
        ? CustomsTerms.NONE
        : new CustomsTerms(fields.textOrNull("signer", MAX_DESCRIPTION),
            fields.choiceOr("incoterm", CustomsTerms.Incoterm.DAP),
            fields.has("ioss") ? fields.matching("ioss", IOSS, "is IM and ten digits") : null,
            fields.has("eori") ? fields.matching("eori", EORI, "is a country and up to 15 letters and digits") : null);
  }
}
