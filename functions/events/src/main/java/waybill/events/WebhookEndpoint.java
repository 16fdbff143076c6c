package waybill.events;

import java.util.List;
import waybill.messages.EndpointId;
import waybill.messages.EventType;

/**
 * Where events are delivered to.
 *
 * @param types what it wants to hear of, as the API spells it; empty for all
 * @param switchedOff why Waybill itself has switched it off; null unless it has
 * @param generation null until it is stored, and in one that was made before there were generations
 */
record WebhookEndpoint(EndpointId id, String url, List<String> types, String description, boolean active,
    Reason switchedOff, String generation) {

  enum Reason {
    /** It answered 410. */
    GONE,
    /** Every try of an event failed, for three days. */
    FAILING
  }

  boolean wants(EventType type) {
    return types.isEmpty() || types.contains(type.text());
  }

  /** What progress and retries are kept under. */
  Generation life() {
    return new Generation(id, generation);
  }

  WebhookEndpoint of(String next) {
    return new WebhookEndpoint(id, url, types, description, active, switchedOff, next);
  }

  /** This as what replaces another. A PUT switches it on again whatever had switched it off. */
  WebhookEndpoint replacing(WebhookEndpoint before) {
    boolean same = before.switchedOff != null && equals(before.switched(false, null).of(null));
    return same ? before : of(before.generation);
  }

  WebhookEndpoint off(Reason reason) {
    return active ? switched(false, reason) : this;
  }

  private WebhookEndpoint switched(boolean on, Reason reason) {
    return new WebhookEndpoint(id, url, types, description, on, reason, generation);
  }
}
