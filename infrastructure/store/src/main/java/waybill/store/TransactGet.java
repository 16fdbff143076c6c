package waybill.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;

/** Reads of several items at one moment. */
final class TransactGet {
  private static final int MOST_READS = 100;
  private static final Understood UNDERSTOOD = Understood.members(TransactGetItemsRequest.builder().build(),
      "TransactItems");
  private static final Understood READ = Understood.members(Get.builder().build(), "TableName", "Key");

  private record Target(StoredTable table, Key key) {}

  private TransactGet() {}

  /**
   * @throws DynamoDbException if it is refused
   * @throws InvalidItem if a key is no string or too long
   */
  static TransactGetItemsResponse answer(TransactGetItemsRequest request, Function<String, StoredTable> tables) {
    UNDERSTOOD.require(request);
    List<TransactGetItem> asked = request.transactItems();
    if (asked.isEmpty() || asked.size() > MOST_READS || asked.stream().anyMatch(it -> it.get() == null)) {
      throw Refusals.invalid("A transaction has at least 1 action and at most 100");
    }
    List<Target> targets = asked.stream().map(TransactGetItem::get).map(it -> target(it, tables)).toList();
    if (new HashSet<>(targets).size() < targets.size()) {
      throw Refusals.invalid("Transaction request cannot include multiple operations on one item");
    }
    return TransactGetItemsResponse.builder().responses(targets.stream().map(TransactGet::read).toList()).build();
  }

  private static Target target(Get get, Function<String, StoredTable> tables) {
    READ.require(get);
    StoredTable table = tables.apply(get.tableName());
    return new Target(table, table.keyNamed(get.key()));
  }

  private static ItemResponse read(Target target) {
    Optional<Item> item = target.table.find(target.key);
    return ItemResponse.builder().item(item.isPresent() ? item.get().attributes() : null).build();
  }
}
