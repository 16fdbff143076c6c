package waybill.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** The operations of an SDK client, by the names that they have on the wire. */
final class Operations {
  private final Map<String, Operation> byName = new HashMap<>();

  /** @param newRequest an empty builder of its request */
  private record Operation(Supplier<SdkPojo> newRequest, MethodHandle call) {}

  /** @param client implements the SDK's interface of a service */
  <C> Operations(Class<C> service, C client) {
    for (Method method : service.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1 && SdkRequest.class.isAssignableFrom(parameters[0])
          && SdkPojo.class.isAssignableFrom(method.getReturnType())) {
        byName.put(parameters[0].getSimpleName().replaceFirst("Request$", ""), operation(method, client));
      }
    }
  }

  private static Operation operation(Method method, Object client) {
    try {
      var builder = MethodHandles.publicLookup().unreflect(method.getParameterTypes()[0].getMethod("builder"));
      var call = MethodHandles.publicLookup().unreflect(method).bindTo(client);
      return new Operation(() -> (SdkPojo) invoked(builder), call);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not a method of an SDK client: " + method, e);
    }
  }

  private static Object invoked(MethodHandle builder) {
    try {
      return builder.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a request without a builder", e);
    }
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  SdkPojo newRequest(String name) {
    return byName.get(name).newRequest().get();
  }

  /** Calls the client. What it throws is thrown as it is. */
  SdkPojo call(String name, SdkPojo request) {
    try {
      return (SdkPojo) byName.get(name).call().invoke(((Buildable) request).build());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
