package waybill.simulation.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import waybill.platform.Json;

/**
 * Takes one thing away from the functions, at their boundary, to see whether the simulation would notice: the condition of a write,
 * the write itself, a message, a look at what was done before. What is left as it is, is noted: it could be taken away.
 */
public final class Sabotage {
  /** What can be taken away. */
  public enum Kind {
    CONDITION, WRITE, MESSAGE, GUARD
  }

  /** One thing to take away, wherever a function comes by it. */
  public record Mutant(String function, Kind kind, String what) implements Comparable<Mutant> {
    /** The same, whichever function comes by it. */
    public Mutant byAnybody() {
      return new Mutant("Anybody", kind, what);
    }

    @Override
    public int compareTo(Mutant other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return "%s: %s %s".formatted(function, kind, what);
    }
  }

  private final Optional<Mutant> taken;
  private final boolean looks;
  private final Set<Mutant> seen = new TreeSet<>();
  private boolean met;

  private Sabotage(Optional<Mutant> taken, boolean looks) {
    this.taken = taken;
    this.looks = looks;
  }

  public static Sabotage none() {
    return new Sabotage(Optional.empty(), false);
  }

  /** Takes nothing away, but notes what could be. */
  public static Sabotage looking() {
    return new Sabotage(Optional.empty(), true);
  }

  public static Sabotage of(Mutant mutant) {
    return new Sabotage(Optional.of(mutant), true);
  }

  /** All that was there to be taken away. */
  public Set<Mutant> seen() {
    return seen;
  }

  /** Whether something was really taken away. */
  boolean met() {
    return met;
  }

  /** Whether this is what is taken away. */
  public boolean takes(Kind kind, String what) {
    if (!looks) {
      return false;
    }
    var mutant = new Mutant(Invocation.current().function(), kind, what);
    if (taken.isEmpty()) {
      seen.add(mutant);
      return false;
    }
    boolean takes = taken.get().equals(mutant) || taken.get().equals(mutant.byAnybody());
    met |= takes;
    return takes;
  }

  /** @return empty where the write is not done */
  public Optional<PutItemRequest> put(PutItemRequest request) {
    if (!looks) {
      return Optional.of(request);
    }
    String what = item(request.tableName(), request.item());
    if (takes(Kind.WRITE, what)) {
      return Optional.empty();
    }
    boolean free = request.conditionExpression() != null
        && takes(Kind.CONDITION, what + " " + request.conditionExpression());
    return Optional.of(free
        ? PutItemRequest.builder().tableName(request.tableName()).item(request.item()).build()
        : request);
  }

  /** @return empty where the write is not done */
  public Optional<DeleteItemRequest> delete(DeleteItemRequest request) {
    if (!looks) {
      return Optional.of(request);
    }
    String what = item(request.tableName(), request.key()) + " delete";
    if (takes(Kind.WRITE, what)) {
      return Optional.empty();
    }
    boolean free = request.conditionExpression() != null
        && takes(Kind.CONDITION, what + " " + request.conditionExpression());
    return Optional.of(free
        ? DeleteItemRequest.builder().tableName(request.tableName()).key(request.key()).build()
        : request);
  }

  /** @return empty where nothing is left to write */
  public Optional<TransactWriteItemsRequest> transact(TransactWriteItemsRequest request) {
    if (!looks) {
      return Optional.of(request);
    }
    List<TransactWriteItem> left = request.transactItems().stream().map(this::part).flatMap(Optional::stream).toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(request.toBuilder().transactItems(left).build());
  }

  private Optional<TransactWriteItem> part(TransactWriteItem part) {
    if (part.put() != null) {
      Put put = part.put();
      String what = item(put.tableName(), put.item()) + " in a transaction";
      if (takes(Kind.WRITE, what)) {
        return Optional.empty();
      }
      boolean free = put.conditionExpression() != null && takes(Kind.CONDITION, what + " " + put.conditionExpression());
      return Optional.of(free
          ? TransactWriteItem.builder().put(it -> it.tableName(put.tableName()).item(put.item())).build()
          : part);
    }
    if (part.update() != null) {
      Update update = part.update();
      String what = item(update.tableName(), update.key()) + " " + counted(update.updateExpression());
      if (takes(Kind.WRITE, what)) {
        return Optional.empty();
      }
      boolean free = update.conditionExpression() != null
          && takes(Kind.CONDITION, what + " " + update.conditionExpression());
      return Optional.of(free ? TransactWriteItem.builder().update(unconditional(update)).build() : part);
    }
    Delete delete = part.delete();
    String what = item(delete.tableName(), delete.key()) + " delete in a transaction";
    return takes(Kind.WRITE, what) ? Optional.empty() : Optional.of(part);
  }

  /** The levels that an update of a counter changes. */
  private static String counted(String expression) {
    return expression.replaceFirst("^.* add revision :one, ", "add ");
  }

  /** Without the condition and the values that only it names. */
  private static Update unconditional(Update update) {
    Predicate<String> used = name -> update.updateExpression().matches("(?s).*" + name + "\\b.*");
    var names = new HashMap<>(update.expressionAttributeNames());
    names.keySet().removeIf(used.negate());
    var values = new HashMap<>(update.expressionAttributeValues());
    values.keySet().removeIf(used.negate());
    return update.toBuilder().conditionExpression(null).expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .build();
  }

  /** @return those that are really sent */
  public List<SendMessageBatchRequestEntry> send(String queue, List<SendMessageBatchRequestEntry> entries) {
    return !looks
        ? entries
        : entries.stream()
            .filter(it -> !takes(Kind.MESSAGE, Json.readObject(it.messageBody()).get("type") + " to " + queue))
            .toList();
  }

  /** Which kind of item it is: its table and its sort key, without what differs from one to the next. */
  private static String item(String table, Map<String, AttributeValue> key) {
    if (key.get("pk").s().equals("locations")) {
      return table + " location"; // whose sort key is its id
    }
    if (key.get("pk").s().matches("(waiting|expected)#.*")) {
      return table + " " + key.get("pk").s().replaceFirst("#.*", ""); // whose sort key begins with the pool
    }
    return table + " " + key.get("sk").s().replaceFirst("#.*|(?<=^[a-z]{3})_.*", "").replaceAll("[0-9]+", "");
  }
}
