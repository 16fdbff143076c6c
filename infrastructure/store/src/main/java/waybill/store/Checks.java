package waybill.store;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What DynamoDB refuses in an expression before it looks at an item. */
final class Checks {

  private Checks() {}

  /** @throws DynamoDbException where the operand's type is known before any item and is none of these */
  static void requireType(String operator, Operand operand, List<String> types, Parameters parameters) {
    operand.type(parameters).filter(it -> !types.contains(it)).ifPresent(type -> {
      throw Refusals
          .invalid("Incorrect operand type for operator or function; operator or function: %s, operand type: %s"
              .formatted(operator, type));
    });
  }

  /** @throws DynamoDbException where the first operand is a path and another is the same path */
  static void requireDistinct(String operator, Operand first, List<Operand> others, Parameters parameters) {
    if (first instanceof Operand.Path path && others.stream().anyMatch(it -> path.isSame(it, parameters))) {
      throw Refusals.invalid(
          "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              + operator);
    }
  }
}
