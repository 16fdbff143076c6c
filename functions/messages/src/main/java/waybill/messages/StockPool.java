package waybill.messages;

/** The stock that a set of channels may sell: promises are counted per SKU and pool. */
public record StockPool(String value) implements Comparable<StockPool> {

  public StockPool {
    IdText.require("StockPool", value, "[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public int compareTo(StockPool other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
