package waybill.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** An expression's text in pieces, read from the first to the last. */
final class Tokens {
  private static final int MOST_BYTES = 4096;
  private static final Pattern TOKEN = Pattern
      .compile("\\s*([A-Za-z][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|0|[1-9][0-9]*|<>|<=|>=|[-=<>+().,\\[\\]])");
  private static final String END = "";

  private final List<String> tokens = new ArrayList<>();
  private final Set<String> placeholders = new LinkedHashSet<>();
  private int next;

  /** @throws DynamoDbException where it is no expression of any kind */
  Tokens(String text) {
    if (text.isEmpty()) {
      throw Refusals.invalid("The expression can not be empty;");
    }
    if (Sizes.of(text) > MOST_BYTES) {
      throw Refusals.invalid("Expression size has exceeded the maximum allowed size");
    }
    Matcher matcher = TOKEN.matcher(text.stripTrailing());
    int read = 0;
    while (read < matcher.regionEnd() && matcher.find(read) && matcher.start() == read) {
      tokens.add(matcher.group(1));
      read = matcher.end();
    }
    if (read < matcher.regionEnd() || tokens.isEmpty()) {
      throw syntaxError();
    }
  }

  /** Takes an opening parenthesis that is not a function's, if it is the next; it has others just inside in no case. */
  boolean takesParenthesis() {
    if (peek().equals("(") && peekFurther().equals("(") && closing(next + 1) + 1 == closing(next)) {
      throw Refusals.invalid("The expression has redundant parentheses;");
    }
    return takes("(");
  }

  private int closing(int opening) {
    int depth = 0;
    for (int i = opening; i < tokens.size(); i++) {
      depth += switch (tokens.get(i)) {
        case "(" -> 1;
        case ")" -> -1;
        default -> 0;
      };
      if (depth == 0) {
        return i;
      }
    }
    throw syntaxError();
  }

  /** The next one, which stays the next; empty at the end. */
  String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  /** The one after the next; empty at the end. */
  String peekFurther() {
    return next + 1 < tokens.size() ? tokens.get(next + 1) : END;
  }

  String take() {
    String token = peek();
    if (token.equals(END)) {
      throw syntaxError();
    }
    if (isPlaceholder(token)) {
      placeholders.add(token);
    }
    next++;
    return token;
  }

  /** Takes the next one if it is this sign or word, in capitals or not. */
  boolean takes(String token) {
    boolean is = peek().equalsIgnoreCase(token);
    if (is) {
      next++;
    }
    return is;
  }

  void require(String token) {
    if (!takes(token)) {
      throw syntaxError();
    }
  }

  void requireEnd() {
    if (next < tokens.size()) {
      throw syntaxError();
    }
  }

  Set<String> placeholders() {
    return placeholders;
  }

  static boolean isPlaceholder(String token) {
    return token.startsWith("#") || token.startsWith(":");
  }

  DynamoDbException syntaxError() {
    return Refusals.invalid("Syntax error; token: \"" + peek() + "\"");
  }
}
