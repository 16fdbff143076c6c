package waybill.messages;

/** Where a parcel is, in the field's common terms; every carrier's own codes are mapped onto these. */
public enum ShipmentStatus {
  /** The label exists; the carrier has not seen the parcel. */
  PRE_TRANSIT(0), IN_TRANSIT(1), DELIVERY_FAILED(1), READY_FOR_PICKUP(1), OUT_FOR_DELIVERY(1), DELIVERED(2),
  /** It is being returned to the sender, finally. */
  RETURNED(3);

  private final int stage;

  ShipmentStatus(int stage) {
    this.stage = stage;
  }

  /** Within a stage a parcel may move back and forth; it never moves to an earlier stage. */
  int stage() {
    return stage;
  }
}
