package waybill.store;

import java.util.List;
import java.util.Set;
import waybill.store.Operand.Path;

/** What a request's expression says. It names placeholders and does not know what they stand for. */
sealed interface Expression permits ConditionExpression, UpdateExpression {
  Set<String> placeholders();

  /** Those of its paths that lead into an attribute. */
  List<Path> nestedPaths();
}
