package waybill.messages;

/** Where a parcel is, in the field's common terms; every carrier's own codes are mapped onto these. */
public enum ShipmentStatus {
  /** The carrier has said something that no table of ours knows. It moves nothing. */
  UNKNOWN(-1),
  /** The label exists; the carrier has not seen the parcel. */
  PRE_TRANSIT(0), IN_TRANSIT(1),
  /** The carrier keeps it until something is settled: customs, an address, damage. */
  ON_HOLD(1), DELIVERY_FAILED(1), READY_FOR_PICKUP(1), OUT_FOR_DELIVERY(1), DELIVERED(1),
  /** It is being returned to the sender, finally: its delivery is one to the sender. */
  RETURNED(2);

  private final int stage;

  ShipmentStatus(int stage) {
    this.stage = stage;
  }

  /** Within a stage a parcel may move back and forth; it never moves to an earlier stage. */
  int stage() {
    return stage;
  }
}
