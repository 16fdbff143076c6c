package waybill.platform;

/**
 * Not now: others are at it, or were faster, or what is needed is not there yet. Nothing is wrong; whoever asked must ask
 * again, as a queue does by itself. The message tells why.
 */
public class ComeBack extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ComeBack(String message) {
    super(message);
  }
}
