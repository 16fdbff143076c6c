package waybill.events;

import java.util.List;
import java.util.Optional;
import waybill.messages.EndpointId;
import waybill.messages.OrderEventType;
import waybill.platform.Outcome;

/**
 * Where events are delivered to.
 *
 * @param types what it wants to hear of, as the API spells it; empty for all
 * @param switchedOff why Waybill itself has switched it off; null unless it has
 */
record WebhookEndpoint(EndpointId id, String url, List<String> types, String description, boolean active,
    Reason switchedOff) {

  enum Reason {
    /** It answered 410. */
    GONE,
    /** Every try of an event failed, for three days. */
    FAILING
  }

  boolean wants(OrderEventType type) {
    return types.isEmpty() || types.contains(type.text());
  }

  /** This as what replaces another. A PUT switches it on again whatever had switched it off. */
  Outcome<WebhookEndpoint> replacing(Optional<WebhookEndpoint> before) {
    boolean same = before.isPresent() && before.get().switchedOff != null
        && equals(new WebhookEndpoint(id, before.get().url, before.get().types, before.get().description, false, null));
    return Outcome.of(same ? before.get() : this);
  }

  WebhookEndpoint off(Reason reason) {
    return active ? new WebhookEndpoint(id, url, types, description, false, reason) : this;
  }
}
