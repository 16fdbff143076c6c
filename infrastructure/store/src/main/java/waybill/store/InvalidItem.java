package waybill.store;

/**
 * An item cannot be changed as asked because of what it holds or would hold: a call of its own is refused with a
 * ValidationException, a transaction is cancelled with this as the item's reason, ValidationError.
 */
final class InvalidItem extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidItem(String message) {
    super(message, null, false, false);
  }
}
