package waybill.template;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table as declared, and the attribute that its items expire by. */
public record TableDeclaration(CreateTableRequest request, Optional<String> expiresBy) {

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

  /** @throws RefusedTemplate when the table that the data holds has other keys or indexes than declared */
  public void requireSame(TableDescription kept) {
    if (!Set.copyOf(kept.attributeDefinitions()).equals(Set.copyOf(request.attributeDefinitions()))
        || !kept.keySchema().equals(request.keySchema())) {
      throw changed(request.tableName(), "has other keys");
    }
    Set<String> declared = request.globalSecondaryIndexes().stream()
        .map(it -> shape(it.indexName(), it.keySchema(), it.projection())).collect(Collectors.toSet());
    Set<String> there = kept.globalSecondaryIndexes().stream()
        .map(it -> shape(it.indexName(), it.keySchema(), it.projection())).collect(Collectors.toSet());
    if (!declared.equals(there)) {
      throw changed(request.tableName(), "has other indexes");
    }
  }

  private static String shape(String index, List<KeySchemaElement> keys, Projection projection) {
    return index + keys + projection.projectionType() + new TreeSet<>(projection.nonKeyAttributes());
  }

  public static RefusedTemplate changed(String table, String how) {
    return new RefusedTemplate("template.yaml: the table " + table + " that the data holds " + how
        + " than declared: choose another -Ddata, or delete that folder");
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
