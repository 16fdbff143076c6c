package waybill.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.store.Condition.Relation;
import waybill.store.Operand.Given;
import waybill.store.Operand.Path;
import waybill.store.Operand.Step;
import waybill.store.UpdateExpression.Action;

/**
 * Reads expressions. Source of the grammar: "Condition and filter expressions, operators, and functions" and "Update
 * expressions" in the DynamoDB developer guide; a text that was read once is known.
 */
final class Parser {
  private static final Map<String, ConditionExpression> CONDITIONS = new ConcurrentHashMap<>();
  private static final Map<String, UpdateExpression> UPDATES = new ConcurrentHashMap<>();
  private static final int MOST_OPERATORS = 300;
  private static final int MOST_CANDIDATES = 100;

  private final Tokens tokens;
  private final List<Path> nestedPaths = new ArrayList<>();
  private int operators;

  private Parser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** @throws DynamoDbException where it is none */
  static ConditionExpression condition(String text) {
    return CONDITIONS.computeIfAbsent(text, it -> new Parser(new Tokens(it)).condition());
  }

  /**
   * @throws DynamoDbException where it is none
   * @throws UnsupportedOperationException for what DynamoDB can do and this cannot
   */
  static UpdateExpression update(String text) {
    return UPDATES.computeIfAbsent(text, it -> new Parser(new Tokens(it)).update());
  }

  private ConditionExpression condition() {
    Condition condition = requireCondition(disjunction());
    tokens.requireEnd();
    requireFewOperators();
    return new ConditionExpression(condition, tokens.placeholders(), nestedPaths);
  }

  private void requireFewOperators() {
    if (operators > MOST_OPERATORS) {
      throw Refusals.invalid("The expression contains too many operators");
    }
  }

  /** What parentheses may hold is known only when they are read: either a condition or an operand. */
  private sealed interface Part {
    record OfCondition(Condition condition) implements Part {}

    record OfOperand(Operand operand) implements Part {}
  }

  private Condition requireCondition(Part part) {
    if (part instanceof Part.OfCondition(Condition condition)) {
      return condition;
    }
    throw tokens.syntaxError();
  }

  private Operand requireOperand(Part part) {
    if (part instanceof Part.OfOperand(Operand operand)) {
      return operand;
    }
    throw tokens.syntaxError();
  }

  private Part disjunction() {
    Part left = conjunction();
    while (tokens.takes("OR")) {
      operators++;
      left = new Part.OfCondition(new Condition.Or(requireCondition(left), requireCondition(conjunction())));
    }
    return left;
  }

  private Part conjunction() {
    Part left = negation();
    while (tokens.takes("AND")) {
      operators++;
      left = new Part.OfCondition(new Condition.And(requireCondition(left), requireCondition(negation())));
    }
    return left;
  }

  private Part negation() {
    if (!tokens.takes("NOT")) {
      return comparison();
    }
    operators++;
    return new Part.OfCondition(new Condition.Not(requireCondition(negation())));
  }

  private Part comparison() {
    Part left = part();
    for (Relation relation : Relation.values()) {
      if (tokens.takes(relation.sign)) {
        operators++;
        return new Part.OfCondition(
            new Condition.Comparison(requireOperand(left), relation, requireOperand(part())));
      }
    }
    if (tokens.takes("BETWEEN")) {
      return new Part.OfCondition(between(requireOperand(left)));
    }
    return tokens.takes("IN") ? new Part.OfCondition(in(requireOperand(left))) : left;
  }

  private Condition between(Operand operand) {
    operators++;
    Operand low = requireOperand(part());
    tokens.require("AND");
    return new Condition.Between(operand, low, requireOperand(part()));
  }

  private Condition in(Operand operand) {
    operators++;
    tokens.require("(");
    List<Operand> candidates = operands();
    if (candidates.size() > MOST_CANDIDATES) {
      throw Refusals.invalid("The IN operator is provided with too many operands");
    }
    return new Condition.In(operand, candidates);
  }

  /** Up to the closing parenthesis. */
  private List<Operand> operands() {
    var operands = new ArrayList<Operand>();
    do {
      operands.add(requireOperand(part()));
    } while (tokens.takes(","));
    tokens.require(")");
    return operands;
  }

  private Part part() {
    if (tokens.takesParenthesis()) {
      Part inner = disjunction();
      tokens.require(")");
      return inner;
    }
    if (tokens.peekFurther().equals("(")) {
      return function();
    }
    return new Part.OfOperand(tokens.peek().startsWith(":") ? given() : path());
  }

  private Part function() {
    String name = tokens.take();
    tokens.require("(");
    operators++;
    List<Operand> operands = operands();
    return switch (name) {
      case "size" -> new Part.OfOperand(new Operand.Size(only(operands)));
      case "attribute_exists" -> new Part.OfCondition(new Condition.Exists(requirePath(only(operands))));
      case "attribute_not_exists" -> new Part.OfCondition(
          new Condition.Not(new Condition.Exists(requirePath(only(operands)))));
      case "attribute_type" -> new Part.OfCondition(new Condition.HasType(first(operands), second(operands)));
      case "begins_with" -> new Part.OfCondition(new Condition.BeginsWith(first(operands), second(operands)));
      case "contains" -> new Part.OfCondition(new Condition.Contains(first(operands), second(operands)));
      default -> throw Refusals.invalid("Invalid function name; function: " + name);
    };
  }

  private static Operand only(List<Operand> operands) {
    requireCount(operands, 1);
    return operands.getFirst();
  }

  private static Operand first(List<Operand> operands) {
    requireCount(operands, 2);
    return operands.getFirst();
  }

  private static Operand second(List<Operand> operands) {
    return operands.get(1);
  }

  private static void requireCount(List<Operand> operands, int count) {
    if (operands.size() != count) {
      throw Refusals.invalid("Incorrect number of operands for operator or function");
    }
  }

  private static Path requirePath(Operand operand) {
    if (operand instanceof Path path) {
      return path;
    }
    throw Refusals.invalid("Operator or function requires a document path");
  }

  private Given given() {
    if (!tokens.peek().startsWith(":")) {
      throw tokens.syntaxError();
    }
    return new Given(tokens.take());
  }

  private Path path() {
    String root = name();
    var steps = new ArrayList<Step>();
    while (true) {
      if (tokens.takes(".")) {
        steps.add(new Step.Attribute(name()));
      } else if (tokens.takes("[")) {
        steps.add(new Step.Place(place()));
        tokens.require("]");
      } else {
        return noted(new Path(root, steps));
      }
    }
  }

  private Path noted(Path path) {
    if (path.isNested()) {
      nestedPaths.add(path);
    }
    return path;
  }

  private String name() {
    String name = tokens.peek();
    if (name.isEmpty() || !name.startsWith("#") && !Character.isLetter(name.charAt(0))) {
      throw tokens.syntaxError();
    }
    if (ReservedWords.contain(name)) {
      throw Refusals.invalid("Attribute name is a reserved keyword; reserved keyword: " + name);
    }
    return tokens.take();
  }

  private int place() {
    try {
      return Integer.parseInt(tokens.take());
    } catch (NumberFormatException e) {
      throw Refusals.invalid("List index is not within the allowable range");
    }
  }

  private UpdateExpression update() {
    var actions = new ArrayList<Action>();
    var sections = new HashSet<String>();
    do {
      String section = tokens.take().toUpperCase(Locale.ROOT);
      if (!sections.add(section)) {
        throw Refusals.invalid("The \"" + section + "\" section can only be used once in an update expression;");
      }
      do {
        actions.add(action(section));
      } while (tokens.takes(","));
    } while (!tokens.peek().isEmpty());
    requireFewOperators();
    return new UpdateExpression(actions, tokens.placeholders(), nestedPaths);
  }

  private Action action(String section) {
    return switch (section) {
      case "SET" -> {
        Path target = path();
        tokens.require("=");
        yield new UpdateExpression.Assign(target, value());
      }
      case "REMOVE" -> new UpdateExpression.Remove(path());
      case "ADD" -> new UpdateExpression.Add(path(), given());
      case "DELETE" -> throw new UnsupportedOperationException("DELETE in an update expression");
      default -> throw tokens.syntaxError();
    };
  }

  private Operand value() {
    Operand left = updateOperand();
    boolean minus = tokens.peek().equals("-");
    if (!minus && !tokens.peek().equals("+") || left instanceof Operand.Arithmetic) {
      return left;
    }
    tokens.take();
    operators++;
    Operand right = updateOperand();
    if (right instanceof Operand.Arithmetic) {
      throw tokens.syntaxError();
    }
    return new Operand.Arithmetic(left, minus, right);
  }

  private Operand updateOperand() {
    if (tokens.takesParenthesis()) {
      Operand inner = value();
      tokens.require(")");
      return inner;
    }
    if (tokens.peekFurther().equals("(")) {
      return updateFunction();
    }
    return tokens.peek().startsWith(":") ? given() : path();
  }

  private Operand updateFunction() {
    String name = tokens.take();
    tokens.require("(");
    operators++;
    var operands = new ArrayList<Operand>();
    do {
      operands.add(updateOperand());
    } while (tokens.takes(","));
    tokens.require(")");
    return switch (name) {
      case "if_not_exists" -> new Operand.IfNotExists(requirePath(first(operands)), second(operands));
      case "list_append" -> new Operand.ListAppend(first(operands), second(operands));
      default -> throw Refusals.invalid("Invalid function name; function: " + name);
    };
  }
}
