package waybill.platform;

/**
 * Not now: another attempt is under way, or was faster, or something is not there yet. Nothing is wrong; whoever asked must ask
 * again, as a queue does by itself. The message says why.
 */
public class RetryLater extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RetryLater(String message) {
    super(message);
  }
}
