package waybill.orders;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened to an order. Nothing of it is personal but what operators wrote themselves.
 *
 * @param by who did it: the subject of a request's token, or a provider; null if Waybill did it itself, or nobody knows
 * @param what for example {@code hold.placed}
 * @param before what it changed, as it was; null if there was nothing
 * @param after the same, as it was then; null if nothing is left
 * @param why in the words of whoever did it; null if they gave none
 */
public record HistoryEntry(Instant at, String by, String what, Map<String, Object> before, Map<String, Object> after,
    String why) {

  /** The fields of an answer have one order. */
  public HistoryEntry {
    before = sorted(before);
    after = sorted(after);
  }

  private static Map<String, Object> sorted(Map<String, Object> fields) {
    return fields == null ? null : Collections.unmodifiableMap(new TreeMap<>(fields));
  }
}
