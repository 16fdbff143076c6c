package waybill.inventory;

/** A counter as its item holds it; what a place does not count stands at 0. */
record Balance(String pk, String sk, int available, int reserved, int onHand, int allocated, int damaged,
    int quarantined) {

  Levels levels() {
    return new Levels(available, reserved, onHand, allocated, damaged, quarantined);
  }
}
