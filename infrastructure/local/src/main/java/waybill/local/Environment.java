package waybill.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.local.machine.AwsApi;
import waybill.local.machine.Listeners;
import waybill.template.Stack;

/**
 * What the SDK inside the functions reads from the JVM to find the services. System properties are the only such place
 * that one JVM can set for itself; closing puts back what was there.
 */
final class Environment implements AutoCloseable {
  private final Map<String, String> before = new LinkedHashMap<>();

  Environment(Map<AwsApi, URI> endpoints) {
    set("aws.region", Stack.REGION);
    set("aws.accessKeyId", Listeners.ACCESS_KEY);
    set("aws.secretAccessKey", Listeners.SECRET_KEY);
    endpoints.forEach((service, endpoint) -> set(service.property(), endpoint.toString()));
    set("slf4j.internal.verbosity", "ERROR"); // the functions' SLF4J has no backend, on AWS neither
  }

  private void set(String name, String value) {
    before.put(name, System.setProperty(name, value));
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }
}
