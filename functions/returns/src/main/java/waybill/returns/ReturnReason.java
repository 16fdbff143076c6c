package waybill.returns;

/** Why a customer sends a unit back. */
enum ReturnReason {
  UNKNOWN, SIZE_TOO_SMALL, SIZE_TOO_LARGE, UNWANTED, NOT_AS_DESCRIBED, WRONG_ITEM, DEFECTIVE, STYLE, COLOR, UNDELIVERED, OTHER
}
