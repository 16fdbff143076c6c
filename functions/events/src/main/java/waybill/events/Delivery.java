package waybill.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.messages.EndpointId;
import waybill.platform.TimeText;

/**
 * One try to deliver an event, for the endpoint's log.
 *
 * @param attempt 1 for the first try
 * @param status of the answer; null if there was none
 * @param problem why there was no answer; null if there was one
 * @param answer the beginning of its body
 * @param nextAt when it is tried again; null if it is not
 */
record Delivery(EndpointId endpoint, FeedEvent event, int attempt, Instant at, Integer status, String problem,
    int millis, String answer, Instant nextAt) {
  /** An item of a KB, whose write is one unit. */
  private static final int MOST_ANSWER = 400;

  static Delivery of(EndpointId endpoint, FeedEvent event, int attempt, Instant at, Answered answered,
      Instant nextAt) {
    String body = answered.body();
    String printable = body == null ? null : body.replaceAll("[^\\x20-\\x7e]+", " ");
    return new Delivery(endpoint, event, attempt, at, answered.status(), answered.problem(), answered.millis(),
        printable == null ? null : printable.substring(0, Math.min(MOST_ANSWER, printable.length())), nextAt);
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("event_id", event.id().value());
    tree.put("type", event.type().text());
    tree.putAll(event.about());
    tree.put("attempt", attempt);
    tree.put("succeeded", problem == null && Answered.isSuccess(status));
    tree.put("status", status);
    tree.put("problem", problem);
    tree.put("answer", answer);
    tree.put("milliseconds", millis);
    tree.put("created_at", TimeText.of(at));
    tree.put("next_attempt_at", nextAt == null ? null : TimeText.of(nextAt));
    return tree;
  }
}
