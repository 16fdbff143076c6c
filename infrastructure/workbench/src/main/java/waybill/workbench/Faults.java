package waybill.workbench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An SDK client in whose calls a fault strikes: at the n-th call, before or after its effect. */
public final class Faults {
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
