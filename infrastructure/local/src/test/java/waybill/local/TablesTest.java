package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import waybill.local.machine.Listeners;

class TablesTest extends OnTheCloud {
  @Test
  void aTableIsMadeAsDeclared() {
    TableDescription table = cloud.dynamoDb().describeTable(it -> it.tableName(cloud.name("Things"))).table();

    assertThat(table.keySchema()).extracting(key -> key.attributeName() + " " + key.keyType())
        .containsExactly("pk HASH");
    assertThat(table.globalSecondaryIndexes()).singleElement().satisfies(index -> {
      assertThat(index.indexName()).isEqualTo("by_kind");
      assertThat(index.projection().nonKeyAttributes()).containsExactly("name");
    });
    assertThat(
        cloud.dynamoDb().describeTimeToLive(it -> it.tableName("things")).timeToLiveDescription().attributeName())
        .isEqualTo("expires_at");
  }

  @Test
  void aClientThatNobodyToldAnythingFindsTheTables() {
    try (DynamoDbClient client = DynamoDbClient.builder().httpClient(Listeners.client()).build()) {
      Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS("a"), "kind", AttributeValue.fromS("k"));
      client.putItem(it -> it.tableName("things").item(item));

      assertThat(
          cloud.dynamoDb().getItem(it -> it.tableName("things").key(Map.of("pk", AttributeValue.fromS("a")))).item())
          .isEqualTo(item);
    }
  }
}
