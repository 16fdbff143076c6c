package waybill.store;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** What became of a table itself. */
public sealed interface Declaration {
  record Created(CreateTableRequest table) implements Declaration {}

  record Dropped(String table) implements Declaration {}

  /** @param attribute with the second in which an item expires; empty if items do not */
  record Expiring(String table, Optional<String> attribute) implements Declaration {}
}
