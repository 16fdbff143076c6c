package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a write costs. One unit for each started KB of the item, before or after the write, whichever is larger; twice in a
 * transaction; and for each index what the change of its entry costs. Source: "Read and write operations" and "Using global
 * secondary indexes" in the DynamoDB developer guide. DynamoDB Local's own figures are wrong for transactions.
 */
final class WriteUnits {
  private static final int UNIT_BYTES = 1024;

  private WriteUnits() {}

  /**
   * Units of the table alone.
   *
   * @param before the item as it was; null where there was none
   * @param after the item as it is; null where it is gone
   */
  static int ofTable(JsonNode before, JsonNode after, boolean transactional) {
    long larger = Math.max(before == null ? 0 : ItemSize.ofItem(before), after == null ? 0 : ItemSize.ofItem(after));
    return Math.toIntExact(Math.max(1, Math.ceilDiv(larger, UNIT_BYTES))) * (transactional ? 2 : 1);
  }

  /** Units of a consistent read of so many bytes. */
  static long ofRead(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, 4 * UNIT_BYTES));
  }

  /** Units of one index that projects keys only: an entry that comes or goes is one, one whose key changes is two. */
  static int ofIndex(String partition, String sort, JsonNode before, JsonNode after) {
    List<String> was = entry(partition, sort, before);
    List<String> is = entry(partition, sort, after);
    if (was.equals(is)) {
      return 0;
    }
    return was.isEmpty() || is.isEmpty() ? 1 : 2;
  }

  private static List<String> entry(String partition, String sort, JsonNode item) {
    if (item == null || !item.has(partition) || !item.has(sort)) {
      return List.of();
    }
    return List.of(item.path(partition).path("S").asText(), item.path(sort).path("S").asText());
  }
}
