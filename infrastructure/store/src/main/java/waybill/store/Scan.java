package waybill.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import waybill.store.Schema.Index;
import waybill.store.Schema.Keys;

/** All items of a table or of one of its indexes, in the order of their keys. */
final class Scan {
  private static final Understood UNDERSTOOD = Understood.members(ScanRequest.builder().build(), "TableName",
      "IndexName", "ConsistentRead", "Limit", "ExclusiveStartKey");

  private Scan() {}

  /** @throws DynamoDbException if it is refused */
  static ScanResponse answer(StoredTable table, ScanRequest request) {
    UNDERSTOOD.require(request);
    Schema schema = table.schema();
    Optional<Index> index = schema.index(request.indexName(), request.consistentRead());
    Page.requireLimit(request.limit());
    Optional<Map<String, AttributeValue>> start = request.hasExclusiveStartKey()
        ? Optional.of(Page.start(request.exclusiveStartKey(), schema, index))
        : Optional.empty();
    Page page = Page.of(items(table, index, start).iterator(), request.limit(), schema, index);
    return ScanResponse.builder().items(page.items()).count(page.items().size()).scannedCount(page.items().size())
        .lastEvaluatedKey(page.cursor()).build();
  }

  private static Collection<Item> items(StoredTable table, Optional<Index> index,
      Optional<Map<String, AttributeValue>> start) {
    Keys own = table.schema().keys();
    if (start.isEmpty()) {
      return index.isPresent() ? table.items(index.get()).values() : table.items().values();
    }
    Key key = new Key(start.get().get(own.partition().name()).s(), own.sortOf(start.get()));
    if (index.isEmpty()) {
      return table.items().tailMap(key, false).values();
    }
    Keys keys = index.get().keys();
    var place = new Place(start.get().get(keys.partition().name()).s(), keys.sortOf(start.get()), key);
    return table.items(index.get()).tailMap(place, false).values();
  }
}
