package waybill.simulation.store;

import java.util.Set;

/** A condition expression or a key condition expression. */
record ConditionExpression(Condition condition, Set<String> placeholders) implements Expression {}
