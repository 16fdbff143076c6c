package waybill.local.functions;

/** An invocation that ended without an answer: the function threw, could not be made, or ran out of time. */
public final class FunctionFailed extends Exception {
  private static final long serialVersionUID = 1;

  FunctionFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
