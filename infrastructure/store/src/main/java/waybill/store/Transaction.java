package waybill.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Many writes of which all are done or none. */
final class Transaction {
  private static final int MOST_ACTIONS = 100;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Function<String, StoredTable> tables;

  /** Either what was asked, or why that cancels the transaction. */
  private sealed interface Attempt<T> {
    record Success<T>(T value) implements Attempt<T> {}

    record Failure<T>(CancellationReason reason) implements Attempt<T> {}
  }

  Transaction(Function<String, StoredTable> tables) {
    this.tables = tables;
  }

  /**
   * What is to be written, all of it; nothing is yet.
   *
   * @throws TransactionCanceledException where one of them does not go with what is stored
   * @throws DynamoDbException where it is refused whatever is stored
   */
  List<Written> written(List<TransactWriteItem> actions) {
    if (actions.isEmpty() || actions.size() > MOST_ACTIONS) {
      throw Refusals.invalid("A transaction has at least 1 action and at most 100");
    }
    List<Supplier<Write>> understood = actions.stream().map(this::understood).toList();
    List<Attempt<Write>> writes = understood.stream().map(Transaction::attempt).toList();
    requireTogether(writes);
    return successes(writes.stream().map(Transaction::written).toList());
  }

  /** Looks at an action's expressions and values. Tables and keys are looked at when those of all actions have been. */
  private Supplier<Write> understood(TransactWriteItem action) {
    if (Stream.of(action.put(), action.update(), action.delete(), action.conditionCheck()).filter(Objects::nonNull)
        .count() != 1) {
      throw Refusals.invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    if (action.put() != null) {
      return understood(action.put());
    }
    if (action.update() != null) {
      return understood(action.update());
    }
    return action.delete() != null ? understood(action.delete()) : understood(action.conditionCheck());
  }

  private Supplier<Write> understood(Put put) {
    var clauses = Clauses.of(null, put.conditionExpression(), put.expressionAttributeNames(),
        put.expressionAttributeValues(),
        put.returnValuesOnConditionCheckFailureAsString());
    Item item = Item.requested(put.item());
    return () -> Write.put(tables.apply(put.tableName()), item, clauses);
  }

  private Supplier<Write> understood(Update update) {
    if (update.updateExpression() == null) {
      throw Refusals.invalid("UpdateExpression is required for Update operations in TransactWriteItems");
    }
    var clauses = Clauses.of(update.updateExpression(), update.conditionExpression(), update.expressionAttributeNames(),
        update.expressionAttributeValues(), update.returnValuesOnConditionCheckFailureAsString());
    return () -> Write.update(tables.apply(update.tableName()), update.key(), clauses);
  }

  private Supplier<Write> understood(Delete delete) {
    var clauses = Clauses.of(null, delete.conditionExpression(), delete.expressionAttributeNames(),
        delete.expressionAttributeValues(), delete.returnValuesOnConditionCheckFailureAsString());
    return () -> Write.delete(tables.apply(delete.tableName()), delete.key(), clauses);
  }

  private Supplier<Write> understood(ConditionCheck check) {
    if (check.conditionExpression() == null) {
      throw Refusals.invalid("ConditionExpression is required for ConditionCheck operations in TransactWriteItems");
    }
    var clauses = Clauses.of(null, check.conditionExpression(), check.expressionAttributeNames(),
        check.expressionAttributeValues(), check.returnValuesOnConditionCheckFailureAsString());
    return () -> Write.check(tables.apply(check.tableName()), check.key(), clauses);
  }

  private static void requireTogether(List<Attempt<Write>> writes) {
    record Target(StoredTable table, Key key) {}
    var targets = new HashSet<Target>();
    int bytes = 0;
    for (Attempt<Write> attempt : writes) {
      if (attempt instanceof Attempt.Success<Write>(Write write)) {
        bytes += write.payload();
        if (!targets.add(new Target(write.table(), write.key()))) {
          throw Refusals.invalid("Transaction request cannot include multiple operations on one item");
        }
      }
    }
    if (bytes > MOST_BYTES) {
      throw Refusals.invalid("Transaction payload size cannot exceed 4MB");
    }
  }

  private static Attempt<Written> written(Attempt<Write> attempt) {
    return switch (attempt) {
      case Attempt.Failure<Write>(CancellationReason reason) -> new Attempt.Failure<>(reason);
      case Attempt.Success<Write>(Write write) -> {
        Optional<Item> before = write.table().find(write.key());
        yield write.isMetBy(before)
            ? attempt(() -> Written.of(write, before))
            : new Attempt.Failure<>(conditionFailed(write, before));
      }
    };
  }

  private static CancellationReason conditionFailed(Write write, Optional<Item> item) {
    var reason = CancellationReason.builder().code("ConditionalCheckFailed").message(Refusals.CONDITION_FAILED);
    var told = write.told(item);
    return (told.isEmpty() ? reason : reason.item(told)).build();
  }

  private static <T> Attempt<T> attempt(Supplier<T> work) {
    try {
      return new Attempt.Success<>(work.get());
    } catch (InvalidItem e) {
      return new Attempt.Failure<>(
          CancellationReason.builder().code("ValidationError").message(e.getMessage()).build());
    }
  }

  private static List<Written> successes(List<Attempt<Written>> attempts) {
    var successes = new ArrayList<Written>();
    var reasons = new ArrayList<CancellationReason>();
    for (Attempt<Written> attempt : attempts) {
      switch (attempt) {
        case Attempt.Success<Written>(Written written) -> {
          successes.add(written);
          reasons.add(CancellationReason.builder().code("None").build());
        }
        case Attempt.Failure<Written>(CancellationReason reason) -> reasons.add(reason);
      }
    }
    if (successes.size() < attempts.size()) {
      throw Refusals.canceled(reasons);
    }
    return successes;
  }
}
