package waybill.search;

/** What orders may be chosen by. */
enum Criterion {
  CHANNEL, STATUS, AWAITING, HOLD, UPDATED_AFTER, TRACKING_NUMBER,
  /** Those that follow are known only from what was ordered. */
  CUSTOMER_ID, NUMBER, REFERENCE, EMAIL, PHONE, NAME, SKU, TAG, PLACED_AFTER;

  boolean isOfContent() {
    return compareTo(CUSTOMER_ID) >= 0;
  }

  /** As the API spells it. */
  String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
