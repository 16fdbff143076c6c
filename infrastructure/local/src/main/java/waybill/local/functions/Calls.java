package waybill.local.functions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import waybill.local.machine.Logs;
import waybill.local.sdk.CallWatch;

/** Records which calls to AWS each invocation makes, and lets the faults strike them. */
public final class Calls {
  /** Of each function: more than the longest test makes, and a few MB. */
  private static final int KEPT = 20_000;

  private final Faults faults;
  private final Logs logs;
  private final int timeFactor;
  private final Map<String, Deque<List<String>>> byFunction = new ConcurrentHashMap<>();
  /** Functions of which not all invocations are kept. */
  private final Set<String> cut = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<String>> permissions = new ConcurrentHashMap<>();

  /** @param timeFactor how many times its limits each call has */
  public Calls(Faults faults, Logs logs, int timeFactor) {
    this.faults = faults;
    this.logs = logs;
    this.timeFactor = timeFactor;
  }

  /** Watches over a new invocation. @param event what it is about */
  Watch watch(String function, byte[] event) {
    List<String> operations = Collections.synchronizedList(new ArrayList<>());
    Deque<List<String>> invocations = byFunction.computeIfAbsent(function, _ -> new ArrayDeque<>());
    synchronized (invocations) {
      invocations.addLast(operations);
      if (invocations.size() > KEPT) {
        invocations.removeFirst();
        cut.add(function);
      }
    }
    return new Watch(function, new String(event, StandardCharsets.UTF_8), operations);
  }

  /**
   * The operations that each invocation of a function called, the oldest invocation first.
   *
   * @throws IllegalStateException where there were more than are kept: who counts them would miss some
   */
  public List<List<String>> of(String function) {
    if (cut.contains(function)) {
      throw new IllegalStateException("%s was invoked more than %d times".formatted(function, KEPT));
    }
    Deque<List<String>> invocations = byFunction.getOrDefault(function, new ArrayDeque<>());
    synchronized (invocations) {
      return invocations.stream().map(operations -> {
        synchronized (operations) {
          return List.copyOf(operations);
        }
      }).toList();
    }
  }

  /** What each function's calls so far needed on AWS, each an action, a blank and a resource. */
  public Map<String, Set<String>> permissions() {
    return permissions;
  }

  /** One invocation. Once killed it is dead: no call of it goes out any more. */
  final class Watch extends CallWatch {
    private final String function;
    private final String event;
    private final List<String> operations;
    private volatile Killed killed;

    private Watch(String function, String event, List<String> operations) {
      this.function = function;
      this.event = event;
      this.operations = operations;
    }

    @Override
    public int timeFactor() {
      return timeFactor;
    }

    @Override
    public int begins(String operation, Set<String> needed) {
      requireAlive();
      permissions.computeIfAbsent(function, _ -> ConcurrentHashMap.newKeySet()).addAll(needed);
      synchronized (operations) {
        operations.add(operation);
        return operations.size();
      }
    }

    @Override
    public String before(int call, String operation) {
      return strike(call, operation, false);
    }

    @Override
    public String after(int call, String operation) {
      return strike(call, operation, true);
    }

    private String strike(int call, String operation, boolean after) {
      requireAlive();
      var made = new Faults.Made(function, call, numberOfOperation(call, operation), operation, event);
      Optional<FaultKind> kind = faults.strike(made, after);
      if (kind.isEmpty()) {
        return "";
      }
      logs.add(Map.of("level", "WARN", "fn", function, "message", "Fault struck", "call", call, "operation", operation,
          "kind", kind.get().text()));
      if (kind.get().kills()) {
        killed = new Killed("killed %s call %d (%s)".formatted(after ? "after" : "before", call, operation));
        throw killed;
      }
      return kind.get().text();
    }

    private int numberOfOperation(int call, String operation) {
      synchronized (operations) {
        return Collections.frequency(operations.subList(0, call), operation);
      }
    }

    private void requireAlive() {
      if (killed != null) {
        throw killed;
      }
    }

    boolean dead() {
      return killed != null;
    }
  }
}
