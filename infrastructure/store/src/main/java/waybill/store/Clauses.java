package waybill.store;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * What a write says beside its table and its item or key.
 *
 * @param tellsOld whether the item is returned if the condition fails
 */
record Clauses(Optional<UpdateExpression> update, Optional<ConditionExpression> condition, Parameters parameters,
    boolean tellsOld) {
  static final Clauses NONE = new Clauses(Optional.empty(), Optional.empty(), new Parameters(Map.of(), Map.of()),
      false);

  /**
   * @param update null for none; likewise the condition
   * @param onFailure what is returned if the condition is not met; null for nothing
   * @throws DynamoDbException where it is refused whatever is stored
   */
  static Clauses of(String update, String condition, Map<String, String> names, Map<String, AttributeValue> values,
      String onFailure) {
    var parsedUpdate = Optional.ofNullable(update).map(Parser::update);
    var parsedCondition = Optional.ofNullable(condition).map(Parser::condition);
    var clauses = new Clauses(parsedUpdate, parsedCondition,
        Parameters.of(names, values, Stream.concat(parsedUpdate.stream(), parsedCondition.stream()).toList()),
        tellsOld(onFailure));
    parsedUpdate.ifPresent(it -> it.check(clauses.parameters));
    parsedCondition.ifPresent(it -> it.condition().check(clauses.parameters));
    return clauses;
  }

  private static boolean tellsOld(String onFailure) {
    return switch (onFailure) {
      case null -> false;
      case "NONE" -> false;
      case "ALL_OLD" -> true;
      default -> throw Refusals.invalid("ReturnValuesOnConditionCheckFailure set to invalid value");
    };
  }

  /** @throws DynamoDbException where a path leads into a part of a key */
  void check(Schema schema) {
    update.ifPresent(it -> schema.requireWholeKeys(it, parameters));
    condition.ifPresent(it -> schema.requireWholeKeys(it, parameters));
  }
}
