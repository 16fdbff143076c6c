package waybill.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A batch of writes without conditions. None is done if one is refused; otherwise all are, each for itself. */
final class BatchWrite {
  private static final int MOST_WRITES = 25;
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final Understood UNDERSTOOD = Understood.members(BatchWriteItemRequest.builder().build(),
      "RequestItems");

  private record Target(StoredTable table, Key key) {}

  private BatchWrite() {}

  /**
   * @throws DynamoDbException if it is refused
   * @throws InvalidItem if a key is no string or too long
   */
  static List<Write> of(BatchWriteItemRequest request, Function<String, StoredTable> tables) {
    UNDERSTOOD.require(request);
    Map<String, List<WriteRequest>> asked = request.requestItems();
    int count = asked.values().stream().mapToInt(List::size).sum();
    if (asked.isEmpty() || asked.values().stream().anyMatch(List::isEmpty)) {
      throw Refusals.invalid("The batch write request list for a table cannot be null or empty");
    }
    if (count > MOST_WRITES) {
      throw Refusals.invalid("Too many items requested for the BatchWriteItem call");
    }
    var writes = new ArrayList<Write>();
    asked.forEach((name, requests) -> requests.forEach(it -> writes.add(write(tables.apply(name), it))));
    requireSound(writes);
    return writes;
  }

  private static Write write(StoredTable table, WriteRequest request) {
    if ((request.putRequest() == null) == (request.deleteRequest() == null)) {
      throw Refusals.invalid("Supplied AttributeValue has more than one datatypes set, "
          + "must contain exactly one of the supported datatypes");
    }
    return request.putRequest() == null
        ? Write.delete(table, request.deleteRequest().key(), Clauses.NONE)
        : Write.put(table, Item.requested(request.putRequest().item()), Clauses.NONE);
  }

  private static void requireSound(List<Write> writes) {
    var targets = new HashSet<Target>();
    int bytes = 0;
    for (Write write : writes) {
      bytes += write.payload();
      if (!targets.add(new Target(write.table(), write.key()))) {
        throw Refusals.invalid("Provided list of item keys contains duplicates");
      }
    }
    if (bytes > MOST_BYTES) {
      throw Refusals.invalid("Batch write request size cannot exceed 16MB");
    }
  }
}
