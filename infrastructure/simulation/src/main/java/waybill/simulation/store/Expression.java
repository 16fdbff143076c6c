package waybill.simulation.store;

import java.util.Set;

/** What a request's expression says. It names placeholders and does not know what they stand for. */
sealed interface Expression permits ConditionExpression, UpdateExpression {
  Set<String> placeholders();
}
