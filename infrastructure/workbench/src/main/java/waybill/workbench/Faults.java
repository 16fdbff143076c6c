package waybill.workbench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** An SDK client in whose calls a fault strikes: at the n-th call, before or after its effect; or in whose way a transaction is. */
public final class Faults {
  /** Stands for each write. */
  public static final int EACH = -1;
  private static final Set<String> WRITES = Set.of("putItem", "updateItem", "deleteItem", "transactWriteItems");

  private final AtomicInteger writes = new AtomicInteger();
  private volatile int conflictAt;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int strikeAt;
  private volatile boolean afterEffect;
  private volatile Supplier<? extends RuntimeException> fault = () -> new IllegalStateException("died");

  /**
   * The next calls are counted from one; the one numbered so fails.
   *
   * @param with what happens meanwhile, and how it fails; null where it does not
   */
  public void strike(int call, boolean afterItsEffect, Supplier<? extends RuntimeException> with) {
    calls.set(0);
    strikeAt = call;
    afterEffect = afterItsEffect;
    fault = with;
  }

  public void stop() {
    strikeAt = 0;
    calls.set(0);
  }

  /** How many calls there were since the last strike was set. */
  public int calls() {
    return calls.get();
  }

  /**
   * From now on, the write numbered so meets another transaction at its items: it writes nothing, and neither does that one.
   *
   * @param write counted from one; {@link #EACH}, or 0 for none
   */
  public void conflictAt(int write) {
    writes.set(0);
    conflictAt = write;
  }

  /** Whether a write has met another transaction since that was set. */
  public boolean conflicted() {
    return conflictAt == EACH || conflictAt > 0 && writes.get() >= conflictAt;
  }

  private void conflict(Object request) {
    int number = writes.incrementAndGet();
    if (conflictAt != EACH && number != conflictAt) {
      return;
    }
    if (request instanceof TransactWriteItemsRequest transaction) {
      throw TransactionCanceledException.builder().message("in the way")
          .cancellationReasons(Collections.nCopies(transaction.transactItems().size(),
              CancellationReason.builder().code("TransactionConflict").build()))
          .build();
    }
    throw TransactionConflictException.builder().message("in the way").build();
  }

  private void strike() {
    RuntimeException struck = fault.get();
    if (struck != null) {
      throw struck;
    }
  }

  /** The client, with faults. */
  public <C> C in(Class<C> type, C client) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, arguments) -> {
      if (method.isDefault() && arguments != null && arguments.length == 1
          && arguments[0] instanceof java.util.function.Consumer) {
        // The form that takes a builder calls the form that takes a request, on this proxy: it is struck there.
        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      if (WRITES.contains(method.getName())) {
        conflict(arguments[0]);
      }
      boolean struck = calls.incrementAndGet() == strikeAt;
      if (struck && !afterEffect) {
        strike();
      }
      try {
        Object answer = method.invoke(client, arguments);
        if (struck && afterEffect) {
          strike();
        }
        return answer;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }));
  }
}
