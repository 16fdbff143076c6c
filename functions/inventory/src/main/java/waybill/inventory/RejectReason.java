package waybill.inventory;

/** Why units are refused at the dock: they go back with who brought them, and are never in stock. */
enum RejectReason {
  /** Broken, wet or crushed. */
  DAMAGED,
  /** Past its day. */
  EXPIRED,
  /** Good for fewer days than was agreed. */
  SHORT_LIFE,
  /** Not what the label or the order says. */
  WRONG_PRODUCT,
  /** More than anybody ordered. */
  NOT_ORDERED,
  /** Too warm or too cold on its way. */
  TEMPERATURE,
  /** A paper or a certificate is missing. */
  PAPERS_MISSING,
  /** Not as good as was agreed. */
  POOR_QUALITY
}
