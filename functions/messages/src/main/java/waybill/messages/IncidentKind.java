package waybill.messages;

/** What can go wrong with a parcel after it has its label. */
public enum IncidentKind {
  /** The label was bought, and the carrier has not seen the parcel. */
  NOT_HANDED_OVER,
  /** The carrier has said nothing for longer than it usually takes. */
  SILENT,
  /** It does not come by the day that was promised. */
  LATE,
  /** The carrier could not hand it over. */
  DELIVERY_FAILED,
  /** The carrier keeps it until something is settled. */
  ON_HOLD,
  /** Its recipient did not take it. */
  REFUSED,
  /** It lies at a pickup point, and nobody has collected it. */
  UNCOLLECTED,
  /** The carrier has lost it, or has been silent for so long that it has. */
  LOST,
  /** It came broken, or is known to be. */
  DAMAGED,
  /** It goes back to the sender. */
  RETURNED
}
