package waybill.messages;

/** Why a packer cannot pack units that were allocated. */
public enum ShortageReason {
  /** They are not there: they are lost. */
  NOT_IN_STOCK,
  /** They are there and broken. */
  DAMAGED,
  /** What lies there is something else, or labelled as something else: it is quarantined until somebody has looked. */
  MISMATCH
}
