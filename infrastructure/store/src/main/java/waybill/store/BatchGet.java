package waybill.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** A batch of reads. Its items come in the order of their keys; the keys from the one on that is too much are handed back. */
final class BatchGet {
  private static final int MOST_KEYS = 100;
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final Understood REQUEST = Understood.members(BatchGetItemRequest.builder().build(), "RequestItems");
  private static final Understood KEYS = Understood.members(KeysAndAttributes.builder().build(), "Keys",
      "ConsistentRead");

  private final Function<String, StoredTable> tables;
  private final Map<String, List<Map<String, AttributeValue>>> found = new LinkedHashMap<>();
  private final Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
  private int bytes;

  BatchGet(Function<String, StoredTable> tables) {
    this.tables = tables;
  }

  /**
   * @throws DynamoDbException where it is refused
   * @throws InvalidItem where a key is no string or too long
   */
  BatchGetItemResponse answer(BatchGetItemRequest request) {
    REQUEST.require(request);
    requireSound(request.requestItems().values());
    request.requestItems().forEach(this::read);
    return BatchGetItemResponse.builder().responses(found).unprocessedKeys(unprocessed).build();
  }

  private static void requireSound(Collection<KeysAndAttributes> asked) {
    asked.forEach(KEYS::require);
    if (asked.isEmpty() || asked.stream().anyMatch(it -> it.keys().isEmpty())) {
      throw Refusals.invalid("The list of keys in RequestItems for BatchGetItem is required");
    }
    if (asked.stream().mapToInt(it -> it.keys().size()).sum() > MOST_KEYS) {
      throw Refusals.invalid("Too many items requested for the BatchGetItem call");
    }
    if (asked.stream().anyMatch(it -> new HashSet<>(it.keys()).size() < it.keys().size())) {
      throw Refusals.invalid("Provided list of item keys contains duplicates");
    }
  }

  private void read(String name, KeysAndAttributes asked) {
    StoredTable table = tables.apply(name);
    List<Key> keys = asked.keys().stream().map(table::keyNamed).toList();
    var items = new ArrayList<Map<String, AttributeValue>>();
    found.put(name, items);
    for (int i = 0; i < keys.size(); i++) {
      Optional<Item> item = table.find(keys.get(i));
      bytes += item.isPresent() ? item.get().bytes() : 0;
      if (bytes > MOST_BYTES) {
        unprocessed.put(name, asked.toBuilder().keys(asked.keys().subList(i, keys.size())).build());
        return;
      }
      item.ifPresent(it -> items.add(it.attributes()));
    }
  }
}
