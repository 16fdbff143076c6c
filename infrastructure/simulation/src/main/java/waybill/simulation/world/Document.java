package waybill.simulation.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import waybill.store.Store;

/**
 * An item of a table, or a map within one. What is left out is read as functions read it: as empty, or as zero.
 *
 * @param attributes none where there is no item
 */
public record Document(Map<String, AttributeValue> attributes) {
  private static final Document NONE = new Document(Map.of());

  /** As it stands in its table. */
  public static Document of(Store store, String table, String pk, String sk) {
    Map<String, AttributeValue> key = Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    return new Document(store.getItem(GetItemRequest.builder().tableName(table).key(key).build()).item());
  }

  public boolean exists() {
    return !attributes.isEmpty();
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** The same without these. */
  public Document without(Set<String> names) {
    var left = new HashMap<>(attributes);
    left.keySet().removeAll(names);
    return new Document(left);
  }

  public String text(String name) {
    return has(name) ? attributes.get(name).s() : "";
  }

  public long number(String name) {
    return has(name) ? Long.parseLong(attributes.get(name).n()) : 0;
  }

  public boolean flag(String name) {
    return has(name) && attributes.get(name).bool();
  }

  public Document child(String name) {
    return has(name) ? new Document(attributes.get(name).m()) : NONE;
  }

  public List<Document> children(String name) {
    return has(name) ? attributes.get(name).l().stream().map(it -> new Document(it.m())).toList() : List.of();
  }
}
