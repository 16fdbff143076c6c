package waybill.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What the placeholders of a request's expressions stand for: names behind {@code #}, normal values behind {@code :}. */
record Parameters(Map<String, String> names, Map<String, AttributeValue> values) {
  /**
   * The parameters of a request, each of which its expressions use.
   *
   * @param names as the request has them; likewise the values
   * @param expressions those that the request has
   * @throws DynamoDbException where something is used and not defined, or defined and not used, or DynamoDB does not know it
   */
  static Parameters of(Map<String, String> names, Map<String, AttributeValue> values,
      List<? extends Expression> expressions) {
    requireUsed("ExpressionAttributeNames", names, expressions);
    requireUsed("ExpressionAttributeValues", values, expressions);
    var normal = new HashMap<String, AttributeValue>();
    values.forEach((placeholder, value) -> normal.put(placeholder, Values.normal(value)));
    if (names.containsValue("")) {
      throw Refusals.invalid("ExpressionAttributeNames contains invalid value: Empty attribute name");
    }
    var parameters = new Parameters(names, normal);
    expressions.forEach(it -> it.placeholders().forEach(parameters::requireDefined));
    return parameters;
  }

  private static void requireUsed(String what, Map<String, ?> given, List<? extends Expression> expressions) {
    if (given instanceof SdkAutoConstructMap) {
      return;
    }
    if (expressions.isEmpty()) {
      throw Refusals.invalid(what + " can only be specified when using expressions");
    }
    if (given.isEmpty()) {
      throw Refusals.invalid(what + " must not be empty");
    }
    for (String placeholder : given.keySet()) {
      if (expressions.stream().noneMatch(it -> it.placeholders().contains(placeholder))) {
        throw Refusals.invalid("Value provided in " + what + " unused in expressions: keys: {" + placeholder + "}");
      }
    }
  }

  private void requireDefined(String placeholder) {
    Set<String> defined = placeholder.startsWith("#") ? names.keySet() : values.keySet();
    if (!defined.contains(placeholder)) {
      throw Refusals.invalid("A placeholder used in the expression is not defined: " + placeholder);
    }
  }

  /** @param text an attribute's name, or the placeholder of one */
  String name(String text) {
    return text.startsWith("#") ? names.get(text) : text;
  }

  AttributeValue value(String placeholder) {
    return values.get(placeholder);
  }
}
