package waybill.shipping.customs;

import java.util.List;
import waybill.catalog.CustomsTerms;
import waybill.messages.Sku;

/**
 * What is declared of a parcel that crosses a customs border.
 *
 * @param currency of all its amounts, which are in minor units
 * @param freight what its carriage was sold for
 * @param gift whether somebody sends it to somebody else. What a shop sells stays merchandise all the same
 * @param exemption why an export of the United States is not filed, as its form says it; null for an export of another country
 * @param warnings what will be refused from some day on
 */
public record Declaration(String currency, List<Item> items, long freight, boolean gift, CustomsTerms terms,
    String exemption,
    List<String> warnings) {

  /**
   * Units of one line.
   *
   * @param value of all of them
   * @param weightGrams of all of them
   * @param origin where they were made, by ISO 3166-1 alpha-2
   * @param gtin their Global Trade Item Number, or null
   * @param manufacturerNumber what their manufacturer calls them, or null
   */
  public record Item(Sku sku, String description, int quantity, long value, int weightGrams, String hsCode,
      String origin,
      String gtin, String manufacturerNumber) {}

  /** What the goods are worth, without their carriage. */
  public long goods() {
    return items.stream().mapToLong(Item::value).sum();
  }

  public long total() {
    return Math.addExact(goods(), freight);
  }
}
