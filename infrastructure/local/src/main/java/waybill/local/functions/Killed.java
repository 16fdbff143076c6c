package waybill.local.functions;

/** The end of an invocation as if its process had been killed. An Error, as nobody catches those. */
final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed(String message) {
    super(message, null, false, false);
  }
}
