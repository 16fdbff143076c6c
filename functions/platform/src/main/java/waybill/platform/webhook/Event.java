package waybill.platform.webhook;

import java.util.Locale;

/**
 * What one of a provider's events means to us.
 *
 * @param <M> the message that it becomes
 */
public sealed interface Event<M> {
  /** The provider's. */
  String id();

  String type();

  /** News, and the event that brought them. */
  record News<M>(String id, String type, M message) implements Event<M> {}

  /** Nothing that we use. */
  record Ignored<M>(String id, String type, Enum<?> reason) implements Event<M> {
    /** As the answer and the log name it. */
    public String reasonCode() {
      return reason.name().toLowerCase(Locale.ROOT);
    }
  }
}
