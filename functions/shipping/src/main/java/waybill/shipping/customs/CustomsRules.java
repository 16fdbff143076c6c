package waybill.shipping.customs;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What customs ask for, and from which day to which. */
final class CustomsRules {
  /** The tariff numbers of all countries agree so far. */
  static final int HS_DIGITS = 6;
  /** The Harmonized Tariff Schedule's, for each item, since the exemption of low values ended. */
  static final int US_DIGITS = 10;
  private static final LocalDate US_TEN_DIGITS = LocalDate.of(2026, 7, 24);
  /** ICS2: a description that is one of the stop words alone is rejected. */
  private static final LocalDate EU_STOP_WORDS = LocalDate.of(2026, 2, 2);
  /** Merchant's, manufacturer's and standardised product identifiers. */
  private static final LocalDate EU_IDENTIFIERS = LocalDate.of(2026, 11, 1);
  /** Regulations (EU) 2026/382, 2026/1022 and 2026/1200. */
  private static final LocalDate EU_FLAT_DUTY = LocalDate.of(2026, 7, 1);
  private static final LocalDate EU_FLAT_DUTY_ENDS = LocalDate.of(2028, 7, 1);
  static final String EU_CURRENCY = "EUR";
  static final long EU_FLAT_DUTY_CENTS = 300;
  static final long EU_LOW_VALUE_CENTS = 15_000;
  /** 15 CFR 30.37(a): above it, each tariff number of an export of the United States is filed. */
  static final long US_EXPORT_FILING_CENTS = 250_000;

  /** Typed from the European Commission's guidance on acceptable descriptions of goods for ICS2. */
  private static final Set<String> STOP_WORDS = Set.of("accessories", "apparel", "appliances", "articles", "as ordered",
      "bags",
      "boxes", "cargo", "clothes", "clothing", "commodity", "components", "consolidated", "consolidated cargo",
      "cosmetics",
      "decorations", "documents", "electronics", "equipment", "food", "foodstuff", "footwear", "freight all kinds",
      "furniture",
      "general cargo", "gift", "gifts", "goods", "hardware", "household goods", "item", "items", "leather", "machinery",
      "machines", "material", "materials", "merchandise", "misc", "miscellaneous", "n a", "na", "none", "order",
      "other",
      "others", "package", "parcel", "parts", "personal effects", "plastic", "plastics", "present", "product",
      "products",
      "promotional", "promotional item", "promotional items", "sample", "samples", "shipment", "shoes", "spare parts",
      "stuff", "supplies", "tbc", "test", "textiles", "things", "tools", "toys", "unknown", "various", "various goods");

  /** The normal rate of value added tax, in percent: as the Commission lists them, as of 2026-11-30. */
  private static final Map<String, BigDecimal> VAT = vat(
      """
          AT 20 BE 21 BG 20 CY 19 CZ 21 DE 19 DK 25 EE 24 ES 21 FI 25.5 FR 20 GR 24 HR 25 HU 27 IE 23 IT 22 LT 21 LU 17 LV 21
          MC 20 MT 18 NL 21 PL 23 PT 23 RO 21 SE 25 SI 22 SK 23""");

  private CustomsRules() {}

  private static Map<String, BigDecimal> vat(String table) {
    var rates = new java.util.TreeMap<String, BigDecimal>();
    String[] words = table.strip().split("\\s+");
    for (int i = 0; i < words.length; i += 2) {
      rates.put(words[i], new BigDecimal(words[i + 1]));
    }
    return rates;
  }

  static boolean wantsTenDigits(LocalDate day) {
    return !day.isBefore(US_TEN_DIGITS);
  }

  static boolean refusesIdentifiersMissing(LocalDate day) {
    return !day.isBefore(EU_IDENTIFIERS);
  }

  static boolean takesFlatDuty(LocalDate day) {
    return !day.isBefore(EU_FLAT_DUTY) && day.isBefore(EU_FLAT_DUTY_ENDS);
  }

  /** The stop word that a description is, if that is all that it says. */
  static Optional<String> stopWord(String description, LocalDate day) {
    String plain = description.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    return day.isBefore(EU_STOP_WORDS) || !STOP_WORDS.contains(plain) && !plain.isEmpty()
        ? Optional.empty()
        : Optional.of(plain.isEmpty() ? description : plain);
  }

  static BigDecimal vatRate(String country) {
    return VAT.get(country);
  }
}
