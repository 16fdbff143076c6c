package waybill.simulation.cloud;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import waybill.local.Settings;
import waybill.platform.Ports;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.FunctionDeclaration;
import waybill.template.QueueDeclaration;
import waybill.template.Stack;
import waybill.template.TableDeclaration;
import waybill.template.Template;

/**
 * What the template declares, read once for all simulations: its functions with their real handlers, its queues and tables.
 *
 * @param secrets values of secret parameters, by name
 */
public record Blueprint(List<Deployed> functions, List<QueueDeclaration> queues, List<CreateTableRequest> tables,
    Map<String, String> secrets) {

  /** A function and the constructor that takes all that it needs from outside. */
  public record Deployed(FunctionDeclaration declaration, Constructor<? extends RequestStreamHandler> constructor) {
    public String name() {
      return declaration.id();
    }
  }

  public static Blueprint read(Path template) {
    // A queue's name is its URL here.
    var stack = new Stack(Template.read(template), Map.of("JwtIssuer", "https://issuer.example", "PublicUrl",
        "https://shop.example", "StripeApiBase", "https://stripe.example"), Function.identity());
    List<Deployed> functions = stack.functions().stream().map(Blueprint::deployed).toList();
    var secrets = new LinkedHashMap<String, String>();
    Settings.SAMPLE_SECRETS.forEach((parameter, value) -> secrets.put(stack.parameter(parameter).orElseThrow(), value));
    return new Blueprint(functions, stack.queues(), stack.tables().stream().map(TableDeclaration::request).toList(),
        Map.copyOf(secrets));
  }

  private static Deployed deployed(FunctionDeclaration declaration) {
    String handler = declaration.handler().replaceFirst("::.*", "");
    try {
      Class<? extends RequestStreamHandler> type = Class.forName(handler).asSubclass(RequestStreamHandler.class);
      return new Deployed(declaration, type.getConstructor(Ports.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the template names " + handler, e);
    }
  }

  public List<String> names() {
    return functions.stream().map(Deployed::name).toList();
  }

  /** The function that a queue feeds, and how. */
  public Optional<Map.Entry<Deployed, QueueEvent>> consumer(QueueDeclaration queue) {
    for (Deployed function : functions) {
      for (QueueEvent event : function.declaration().events(QueueEvent.class)) {
        if (event.queue().equals(queue.name())) {
          return Optional.of(Map.entry(function, event));
        }
      }
    }
    return Optional.empty();
  }

  /** The routes, each with its function. */
  public Map<RouteEvent, Deployed> routes() {
    return functions.stream().flatMap(
        function -> function.declaration().events(RouteEvent.class).stream().map(it -> Map.entry(it, function)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, LinkedHashMap::new));
  }
}
