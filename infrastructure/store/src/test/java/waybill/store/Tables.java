package waybill.store;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** Tables as the template declares them. */
final class Tables {
  static final String PLAIN = "inventory";
  static final String INDEXED = "orders";
  static final List<String> INDEXES = List.of("by_customer", "by_hold", "by_due");
  private static final Projection KEYS_ONLY = Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
  /** Whose key and whose index's key are one attribute each. */
  static final String KEYED = "things";
  static final List<CreateTableRequest> ALL = List.of(table(PLAIN, List.of()),
      table(INDEXED, INDEXES.stream().map(it -> index(it, KEYS_ONLY)).toList()), keyed());

  private Tables() {}

  static CreateTableRequest table(String name, List<GlobalSecondaryIndex> indexes) {
    var keys = Stream.concat(Stream.of("pk", "sk"), indexes.stream().flatMap(it -> it.keySchema().stream())
        .map(KeySchemaElement::attributeName));
    var request = CreateTableRequest.builder().tableName(name).keySchema(keys("pk", "sk")).attributeDefinitions(
        keys.map(it -> AttributeDefinition.builder().attributeName(it).attributeType("S").build()).toList());
    return (indexes.isEmpty() ? request : request.globalSecondaryIndexes(indexes)).build();
  }

  private static CreateTableRequest keyed() {
    var index = GlobalSecondaryIndex.builder().indexName("by_kind").keySchema(keys("kind").getFirst())
        .projection(it -> it.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("name")).build();
    return CreateTableRequest.builder().tableName(KEYED).keySchema(keys("pk").getFirst()).attributeDefinitions(
        Stream.of("pk", "kind").map(it -> AttributeDefinition.builder().attributeName(it).attributeType("S").build())
            .toList())
        .globalSecondaryIndexes(index).build();
  }

  static GlobalSecondaryIndex index(String name, Projection projection) {
    return GlobalSecondaryIndex.builder().indexName(name).keySchema(keys(name, name + "_range")).projection(projection)
        .build();
  }

  private static List<KeySchemaElement> keys(String partition, String sort) {
    return List.of(keys(partition).getFirst(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  private static List<KeySchemaElement> keys(String partition) {
    return List.of(KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build());
  }
}
