package waybill.local.functions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** How a call of a function to AWS goes wrong. */
public enum FaultKind {
  /** The request does not go out; the function gets an exception. */
  FAIL_BEFORE,
  /** The request has its effect, the answer is lost; the function gets an exception. */
  FAIL_AFTER,
  /** The service answers that this is too much, at each attempt of the SDK anew. */
  THROTTLE,
  /** DynamoDB answers a write that another transaction is at the same item. Other calls are not struck. */
  CONFLICT,
  /** The request has its effect, and no answer comes in time. */
  TIMEOUT,
  /** The function dies before the request goes out. */
  KILL_BEFORE,
  /** The function dies when the request has had its effect. */
  KILL_AFTER;

  private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems");

  /** @throws IllegalArgumentException where there is no such kind */
  public static FaultKind of(String name) {
    return Arrays.stream(values()).filter(it -> it.text().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "kind is one of " + Arrays.stream(values()).map(FaultKind::text).toList()));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean kills() {
    return this == KILL_BEFORE || this == KILL_AFTER;
  }

  boolean strikesAfter() {
    return this == FAIL_AFTER || this == TIMEOUT || this == KILL_AFTER;
  }

  boolean fits(String operation) {
    return this != CONFLICT || WRITES.contains(operation);
  }
}
