package waybill.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import waybill.local.machine.Logs;
import waybill.local.sdk.CallWatch;
import waybill.template.FunctionDeclaration;

/**
 * One function, ready to be invoked. As on AWS an instance serves one invocation at a time; another that comes meanwhile
 * gets an instance of its own, and instances are used again.
 */
public final class DeployedFunction {
  private final String id;
  private final String handler;
  private final Duration timeout;
  private final Map<String, String> environment;
  private final ClassLoader loader;
  private final InstantSource clock;
  private final Logs logs;
  private final Calls calls;
  private final ConcurrentLinkedDeque<RequestStreamHandler> idle = new ConcurrentLinkedDeque<>();
  private Object ports;

  DeployedFunction(FunctionDeclaration declared, Duration timeout, Map<String, String> environment,
      ClassLoader loader, InstantSource clock, Logs logs, Calls calls) {
    this.id = declared.id();
    this.handler = declared.handler().replaceFirst("::handleRequest$", "");
    this.timeout = timeout;
    this.environment = environment;
    this.loader = loader;
    this.clock = clock;
    this.logs = logs;
    this.calls = calls;
  }

  byte[] invoke(byte[] event) throws FunctionFailed, InterruptedException {
    Invocation invocation = new Invocation(id, timeout);
    FutureTask<byte[]> task = new FutureTask<>(() -> run(event, invocation));
    Thread thread = Thread.ofVirtual().name(id).unstarted(task);
    thread.setContextClassLoader(loader);
    thread.start();
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Killed killed) {
        throw new FunctionFailed(id + ": " + killed.getMessage(), killed); // the strike is in the log
      }
      throw failed(invocation, describe(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true); // and with it goes the instance, as on AWS
      throw failed(invocation, "Task timed out after " + timeout.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }

  private byte[] run(byte[] event, Context context) throws Exception {
    Calls.Watch watch = calls.watch(id, event);
    CallWatch.set(watch);
    RequestStreamHandler instance = idle.pollFirst();
    if (instance == null) {
      instance = create();
    }
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      instance.handleRequest(new ByteArrayInputStream(event), answer, context);
      return answer.toByteArray();
    } finally {
      if (!Thread.currentThread().isInterrupted() && !watch.dead()) {
        idle.addFirst(instance);
      }
    }
  }

  private RequestStreamHandler create() throws Exception {
    Class<?> type = Class.forName(handler, true, loader);
    if (!RequestStreamHandler.class.isAssignableFrom(type)) {
      throw new IllegalStateException(handler + " is not a RequestStreamHandler");
    }
    type.getConstructor(); // AWS makes it with this one, so it has to be there
    try {
      return create(type, ports(type));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** All instances of a function share their clients. */
  private synchronized Object ports(Class<?> type) throws ReflectiveOperationException {
    if (ports == null) {
      ports = ports(type, environment, clock);
    }
    return ports;
  }

  /** What a handler is given, of its own loader's class: nothing but the JDK's types crosses. */
  public static Object ports(Class<?> type, Map<String, String> environment, InstantSource clock)
      throws ReflectiveOperationException {
    return taking(type).getParameterTypes()[0].getConstructor(Map.class, InstantSource.class).newInstance(environment,
        clock);
  }

  public static RequestStreamHandler create(Class<?> type, Object ports) throws ReflectiveOperationException {
    return (RequestStreamHandler) taking(type).newInstance(ports);
  }

  private static Constructor<?> taking(Class<?> type) throws NoSuchMethodException {
    return Arrays.stream(type.getConstructors())
        .filter(it -> it.getParameterCount() == 1 && isMadeOfEnvironmentAndClock(it.getParameterTypes()[0])).findAny()
        .orElseThrow(
            () -> new NoSuchMethodException(type.getName() + " has no public constructor that takes its ports"));
  }

  private static boolean isMadeOfEnvironmentAndClock(Class<?> type) {
    return Arrays.stream(type.getConstructors())
        .anyMatch(it -> List.of(it.getParameterTypes()).equals(List.of(Map.class, InstantSource.class)));
  }

  private FunctionFailed failed(Context invocation, String message, Throwable cause) {
    StringWriter stack = new StringWriter();
    cause.printStackTrace(new PrintWriter(stack, true));
    logs.add(Map.of("level", "ERROR", "fn", id, "message", message, "error", cause.getClass().getName(), "request_id",
        invocation.getAwsRequestId(), "stack", stack.toString()));
    return new FunctionFailed(id + ": " + message, cause);
  }

  private static String describe(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
