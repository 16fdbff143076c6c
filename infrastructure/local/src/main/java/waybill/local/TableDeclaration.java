package waybill.local;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** A table as declared, and the attribute that its items expire by. */
record TableDeclaration(CreateTableRequest request, Optional<String> expiresBy) {

  static TableDeclaration of(String name, Props table) {
    CreateTableRequest.Builder request = CreateTableRequest.builder().tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(keys(table)).attributeDefinitions(table.children("AttributeDefinitions").stream()
            .map(it -> it.only("AttributeName", "AttributeType")).map(it -> AttributeDefinition.builder()
                .attributeName(it.text("AttributeName")).attributeType(it.text("AttributeType")).build())
            .toList());
    if (table.has("GlobalSecondaryIndexes")) {
      request.globalSecondaryIndexes(
          table.children("GlobalSecondaryIndexes").stream().map(TableDeclaration::index).toList());
    }
    Props expiry = table.child("TimeToLiveSpecification").only("AttributeName", "Enabled");
    return new TableDeclaration(request.build(),
        expiry.flag("Enabled", false) ? Optional.of(expiry.text("AttributeName")) : Optional.empty());
  }

  private static List<KeySchemaElement> keys(Props owner) {
    return owner.children("KeySchema").stream().map(it -> it.only("AttributeName", "KeyType"))
        .map(it -> KeySchemaElement
            .builder().attributeName(it.text("AttributeName")).keyType(it.text("KeyType")).build())
        .toList();
  }

  private static GlobalSecondaryIndex index(Props index) {
    // Throughput is accepted for the same reason as the table's: nothing here is metered.
    index.only(Set.of("IndexName", "KeySchema", "Projection"), Set.of("ProvisionedThroughput", "OnDemandThroughput"));
    Props projection = index.child("Projection").only("ProjectionType", "NonKeyAttributes");
    Projection.Builder projected = Projection.builder().projectionType(projection.text("ProjectionType"));
    if (projection.has("NonKeyAttributes")) {
      projected.nonKeyAttributes(projection.texts("NonKeyAttributes"));
    }
    return GlobalSecondaryIndex.builder().indexName(index.text("IndexName")).keySchema(keys(index))
        .projection(projected.build()).build();
  }
}
