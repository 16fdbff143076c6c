package waybill.local.functions;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;
import waybill.template.FunctionDeclaration;
import waybill.template.RefusedTemplate;
import waybill.template.Stack;

/** All functions of the template, each from the zip that would be uploaded. */
public final class Functions {
  private final Map<String, DeployedFunction> byId = new LinkedHashMap<>();
  private final Activity activity;
  private final List<BiConsumer<String, byte[]>> listeners = new CopyOnWriteArrayList<>();

  /** @param timeFactor how many times its timeout each has */
  public Functions(List<FunctionDeclaration> declared, Path folder, FunctionZips zips, InstantSource clock, Logs logs,
      Activity activity, Calls calls, int timeFactor) {
    this.activity = activity;
    for (FunctionDeclaration function : declared) {
      ClassLoader loader = zips.loader(function.id(), zip(function, folder));
      byId.put(function.id(), new DeployedFunction(function, function.timeout().multipliedBy(timeFactor),
          environment(function), loader, clock, logs, calls));
    }
  }

  public static Collection<Path> zips(List<FunctionDeclaration> declared, Path folder) {
    return declared.stream().map(function -> zip(function, folder)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path zip(FunctionDeclaration function, Path folder) {
    if (!function.codeUri().endsWith(".zip")) {
      throw new RefusedTemplate(
          "template.yaml: " + function.id() + " has a CodeUri that is not a zip: " + function.codeUri());
    }
    return folder.resolve(function.codeUri()).normalize();
  }

  private static Map<String, String> environment(FunctionDeclaration function) {
    Map<String, String> environment = new TreeMap<>(function.environment());
    environment.put("AWS_REGION", Stack.REGION);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.id());
    return Map.copyOf(environment);
  }

  public void onEvent(BiConsumer<String, byte[]> listener) {
    listeners.add(listener);
  }

  /** Calls back with the events of one function, before it is invoked with them. */
  public void onEvent(String function, Consumer<byte[]> listener) {
    onEvent((invoked, event) -> {
      if (invoked.equals(function)) {
        listener.accept(event);
      }
    });
  }

  public Set<String> ids() {
    return byId.keySet();
  }

  public byte[] invoke(String id, byte[] event) throws FunctionFailed, InterruptedException {
    DeployedFunction function = byId.get(id);
    if (function == null) {
      throw new IllegalArgumentException("there is no function " + id);
    }
    listeners.forEach(it -> it.accept(id, event));
    activity.begin();
    try {
      return function.invoke(event);
    } finally {
      activity.end();
    }
  }
}
