package waybill.local.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The faults that are set, and how often each has struck. */
public final class Faults {
  private static final int MOST_TIMES = 1_000;
  private static final int MOST_CALLS = 10_000;
  private static final int MOST_FAULTS = 1_000;

  /**
   * Which call is meant: by its number within the invocation, from 1, by its operation, or where both are given by its number among the calls
   * of that operation, so that a secret or a page that is read more or less before it makes no other call of it.
   *
   * @param about a text that the invocation's event must have in it; empty for any invocation
   */
  public record Call(OptionalInt number, Optional<String> operation, String about) {
    public Call(OptionalInt number, Optional<String> operation) {
      this(number, operation, "");
    }

    boolean is(Made made) {
      int counted = operation.isPresent() ? made.numberOfOperation : made.number;
      return number.orElse(counted) == counted && operation.orElse(made.operation).equals(made.operation)
          && made.event.contains(about);
    }
  }

  /**
   * A call that an invocation makes.
   *
   * @param number            among all calls of the invocation, from 1
   * @param numberOfOperation among its calls of this operation, from 1
   * @param event             what the invocation is about
   */
  record Made(String function, int number, int numberOfOperation, String operation, String event) {}

  private static final class Fault {
    private final String function;
    private final Call call;
    private final FaultKind kind;
    private final int times;
    private int struck;

    Fault(String function, Call call, FaultKind kind, int times) {
      this.function = function;
      this.call = call;
      this.kind = kind;
      this.times = times;
    }

    boolean meets(Made made, boolean after) {
      return struck < times && function.equals(made.function) && kind.strikesAfter() == after
          && kind.fits(made.operation) && call.is(made);
    }

    public Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("function", function);
      json.put("call", call.number().isPresent() ? (Object) call.number().getAsInt() : call.operation().orElseThrow());
      json.put("kind", kind.text());
      json.put("times", times);
      json.put("struck", struck);
      return json;
    }
  }

  private final Set<String> functions;
  private final List<Fault> faults = new ArrayList<>();

  /** @param functions those that there are */
  public Faults(Set<String> functions) {
    this.functions = functions;
  }

  /** @throws IllegalArgumentException where a fault like this can never strike; the text names the field */
  public synchronized void add(String function, Call call, FaultKind kind, int times) {
    require(functions.contains(function), "function is one of " + functions);
    int number = call.number().orElse(1);
    String operation = call.operation().orElse("PutItem");
    require(number >= 1 && number <= MOST_CALLS && operation.matches("[A-Z][A-Za-z0-9]{1,99}"),
        "call is a number from 1 to " + MOST_CALLS + ", or an operation's name as PutItem");
    require(kind.fits(operation), "kind conflict needs a call that writes to DynamoDB, not " + operation);
    require(times >= 1 && times <= MOST_TIMES, "times is a number from 1 to " + MOST_TIMES);
    require(faults.size() < MOST_FAULTS, "no more than " + MOST_FAULTS + " faults at once: clear them first");
    faults.add(new Fault(function, call, kind, times));
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  public synchronized void clear() {
    faults.clear();
  }

  public synchronized List<Map<String, Object>> json() {
    return faults.stream().map(Fault::json).toList();
  }

  /** What happens to this call now, and counts it: the fault set first comes first. */
  synchronized Optional<FaultKind> strike(Made made, boolean after) {
    Optional<Fault> met = faults.stream().filter(it -> it.meets(made, after)).findFirst();
    met.ifPresent(it -> it.struck++);
    return met.map(it -> it.kind);
  }
}
