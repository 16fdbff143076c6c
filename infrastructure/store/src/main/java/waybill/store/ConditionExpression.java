package waybill.store;

import java.util.List;
import java.util.Set;
import waybill.store.Operand.Path;

/** A condition expression or a key condition expression. */
record ConditionExpression(Condition condition, Set<String> placeholders,
    List<Path> nestedPaths) implements Expression {}
