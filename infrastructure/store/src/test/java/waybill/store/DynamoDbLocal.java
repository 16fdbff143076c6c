package waybill.store;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** AWS's own DynamoDB for one machine, in this process, to which the store is compared. */
final class DynamoDbLocal implements AutoCloseable {
  private final AmazonDynamoDBLocal server = DynamoDBEmbedded.create();

  DynamoDbLocal(Collection<CreateTableRequest> tables) {
    tables.forEach(it -> client().createTable(it.toBuilder().billingMode(BillingMode.PAY_PER_REQUEST).build()));
  }

  DynamoDbClient client() {
    return server.dynamoDbClient();
  }

  List<Map<String, AttributeValue>> items(String table) {
    return client().scanPaginator(request -> request.tableName(table)).items().stream().toList();
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
