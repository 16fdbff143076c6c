package waybill.messages;

/** A file of stock that was sent, derived from the key that its request may be repeated with. */
public record StockImportId(String value) {
  private static final String PREFIX = "imp_";

  public StockImportId {
    IdText.requireDigest("StockImportId", value, PREFIX);
  }

  /** @param idempotencyKey the request's Idempotency-Key */
  public static StockImportId of(String idempotencyKey) {
    return new StockImportId(PREFIX + IdText.digest(idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
