package waybill.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables as DynamoDB describes them. */
final class Descriptions {
  private static final int MOST_NAMES = 100;

  private Descriptions() {}

  static TableDescription of(CreateTableRequest table, List<Map<String, AttributeValue>> items, TableStatus status) {
    var description = TableDescription.builder().tableName(table.tableName()).tableStatus(status)
        .tableArn("arn:aws:dynamodb:eu-central-1:000000000000:table/" + table.tableName())
        .keySchema(table.keySchema()).attributeDefinitions(table.attributeDefinitions())
        .billingModeSummary(it -> it.billingMode(BillingMode.PAY_PER_REQUEST)).itemCount((long) items.size());
    if (table.hasGlobalSecondaryIndexes()) {
      description.globalSecondaryIndexes(table.globalSecondaryIndexes().stream()
          .map(it -> GlobalSecondaryIndexDescription.builder().indexName(it.indexName()).keySchema(it.keySchema())
              .projection(it.projection()).indexStatus(IndexStatus.ACTIVE).build())
          .toList());
    }
    return description.build();
  }

  /** Their names, in order, in pages as asked. */
  static ListTablesResponse list(List<CreateTableRequest> tables, ListTablesRequest asked) {
    int most = asked.limit() == null ? MOST_NAMES : asked.limit();
    List<String> names = tables.stream().map(CreateTableRequest::tableName)
        .filter(it -> asked.exclusiveStartTableName() == null || it.compareTo(asked.exclusiveStartTableName()) > 0)
        .toList();
    var answer = ListTablesResponse.builder().tableNames(names.stream().limit(most).toList());
    return (names.size() > most ? answer.lastEvaluatedTableName(names.get(most - 1)) : answer).build();
  }

  static DescribeTimeToLiveResponse expiry(Optional<String> attribute) {
    return DescribeTimeToLiveResponse.builder()
        .timeToLiveDescription(it -> it.attributeName(attribute.orElse(null))
            .timeToLiveStatus(attribute.isPresent() ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.DISABLED))
        .build();
  }
}
