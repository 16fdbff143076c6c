package waybill.local.sdk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The permissions that a call needs on AWS. Requests are read by the names of their fields, as a function's loader has only the
 * services that it uses.
 */
final class Permissions {
  private Permissions() {}

  /** Each an action, a blank and the resource without what all ARNs of its service begin with. */
  static Set<String> of(String service, String operation, SdkRequest request) {
    return switch (service) {
      case "DynamoDb" -> dynamo(operation, request);
      case "Sqs" ->
        Set.of("sqs:" + operation.replaceFirst("Batch$", "") + " " + lastPart(text(request, "QueueUrl"), '/'));
      case "Ssm" -> Set.of("ssm:" + operation + " parameter" + text(request, "Name"));
      case "Ses" -> ses(operation, request);
      case "S3" -> Set.of("s3:" + operation.replaceFirst("^Head", "Get") + " " + text(request, "Bucket") + "/"
          + text(request, "Key").replaceFirst("/.*", "/*"));
      default -> Set.of(service + ":" + operation);
    };
  }

  /** The identity of the sender, and the configuration set that the mail names. */
  private static Set<String> ses(String operation, SdkRequest request) {
    Set<String> permissions = new TreeSet<>();
    permissions.add("ses:" + operation + " identity/" + lastPart(text(request, "Source"), '@').replace(">", ""));
    field(request, "ConfigurationSetName")
        .ifPresent(it -> permissions.add("ses:" + operation + " configuration-set/" + it));
    return permissions;
  }

  private static Set<String> dynamo(String operation, SdkRequest request) {
    if (field(request, "TransactItems").orElse(null) instanceof List<?> items) {
      Set<String> permissions = new TreeSet<>();
      items.forEach(item -> permissions.add(part((SdkPojo) item)));
      return permissions;
    }
    if (field(request, "RequestItems").orElse(null) instanceof Map<?, ?> byTable) {
      Set<String> permissions = new TreeSet<>();
      byTable.keySet().forEach(table -> permissions.add("dynamodb:" + operation + " table/" + table));
      return permissions;
    }
    String index = field(request, "IndexName").map(it -> "/index/" + it).orElse("");
    return Set.of("dynamodb:" + operation + " table/" + text(request, "TableName") + index);
  }

  /** A transaction needs what its parts need: a Put the permission PutItem, and so on. */
  private static String part(SdkPojo item) {
    return item.sdkFields().stream().filter(it -> it.getValueOrDefault(item) instanceof SdkPojo)
        .map(it -> "dynamodb:" + it.memberName() + "Item table/"
            + text((SdkPojo) it.getValueOrDefault(item), "TableName"))
        .findFirst().orElseThrow();
  }

  private static String text(SdkPojo owner, String name) {
    return field(owner, name).map(Object::toString).orElse("");
  }

  private static Optional<Object> field(SdkPojo owner, String name) {
    Collection<SdkField<?>> fields = owner.sdkFields();
    return fields.stream().filter(it -> it.memberName().equals(name)).findFirst()
        .map(it -> it.getValueOrDefault(owner));
  }

  private static String lastPart(String text, char separator) {
    return text.substring(text.lastIndexOf(separator) + 1);
  }
}
