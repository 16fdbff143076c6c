package waybill.messages;

/** As what units that came back lie at their location. */
public enum ReturnedTo {
  /** For sale again. */
  ON_HAND, DAMAGED, QUARANTINED
}
