package waybill.returns;

/** Whose fault it is that a unit is not as it was. */
enum Fault {
  NOBODY, CUSTOMER, SHOP, CARRIER
}
