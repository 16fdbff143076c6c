package waybill.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A function as declared, with everything that invokes it. */
public record FunctionDeclaration(String id, String codeUri, String handler, Duration timeout,
    Map<String, String> environment,
    List<Event> events) {

  /** What invokes a function. */
  public sealed interface Event {}

  /** An event source mapping. {@code concurrency} is zero when the template sets no maximum. */
  public record QueueEvent(String queue, int batchSize, Duration window, boolean partialFailures, int concurrency)
      implements
      Event {

    /** Of a mapping that is a resource of its own. */
    static QueueEvent ofMapping(Props mapping) {
      return of(mapping, mapping.text("EventSourceArn"));
    }

    private static QueueEvent of(Props event, String queue) {
      event.must("Enabled", "true");
      List<String> answers = event.texts("FunctionResponseTypes");
      if (!Set.of("ReportBatchItemFailures").containsAll(answers)) {
        throw event.wrong("FunctionResponseTypes", "[ReportBatchItemFailures]");
      }
      int batchSize = event.number("BatchSize", 10);
      int window = event.number("MaximumBatchingWindowInSeconds", 0);
      if (batchSize < 1 || batchSize > 10_000 || batchSize > 10 && window < 1) {
        throw event.wrong("BatchSize", "1 to 10, or up to 10000 with a batching window");
      }
      return new QueueEvent(QueueDeclaration.nameOf(queue), batchSize, Duration.ofSeconds(window), !answers.isEmpty(),
          event.child("ScalingConfig").only("MaximumConcurrency").number("MaximumConcurrency", 0));
    }
  }

  /** A route of an API, by what its stack calls that; no authorizer means that anybody may. */
  public record RouteEvent(String api, String method, String path, Optional<String> authorizer,
      Optional<List<String>> scopes, boolean open)
      implements
      Event {
    public String key() {
      return method + " " + path;
    }
  }

  /** A rate. {@code source} is what AWS writes into the event, {@code input} what the template wants sent instead. */
  public record ScheduleEvent(String name, Duration every, boolean enabled, String source, Optional<String> input)
      implements
      Event {}

  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  /**
   * @param folder of the template, from where all paths of zips are relative to
   * @param address from a value of the environment to what it is here
   */
  static FunctionDeclaration of(String id, Path folder, Props function, UnaryOperator<String> address) {
    function.must("Runtime", "java25").must("PackageType", "Zip");
    Map<String, String> environment = new LinkedHashMap<>();
    Props variables = function.child("Environment").only("Variables").child("Variables");
    variables.values().keySet().forEach(name -> environment.put(name, address.apply(variables.text(name))));
    List<Event> events = new ArrayList<>();
    Props declared = function.child("Events");
    Duration timeout = Duration.ofSeconds(function.number("Timeout", 3));
    declared.values().keySet().forEach(name -> events.add(event(name, declared.child(name))));
    return new FunctionDeclaration(id, folder.resolve(function.text("CodeUri")).normalize().toString(),
        function.text("Handler"), timeout, environment, events);
  }

  FunctionDeclaration with(Event event) {
    return new FunctionDeclaration(id, codeUri, handler, timeout, environment,
        Stream.concat(events.stream(), Stream.of(event)).toList());
  }

  public <E extends Event> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Event event(String name, Props event) {
    event.only("Type", "Properties");
    Props properties = event.child("Properties");
    return switch (event.text("Type")) {
      case "SQS" -> queue(properties);
      case "HttpApi" -> route(properties);
      case "Schedule" -> schedule(name, properties, "Schedule", "aws.events");
      case "ScheduleV2" -> schedule(name, properties, "ScheduleExpression", "aws.scheduler");
      case String type ->
        throw new RefusedTemplate(event.where() + " is of type `" + type + "`, which the embedded cloud does not run");
    };
  }

  private static Event queue(Props event) {
    // No FilterCriteria: SQS deletes what does not match, which this project does not want anywhere.
    event.only("Queue", "BatchSize", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes", "ScalingConfig",
        "Enabled");
    return QueueEvent.of(event, event.text("Queue"));
  }

  private static Event route(Props event) {
    // The wait for an answer is the function's own Timeout, and throttling has no use on one machine.
    event.only(Set.of("ApiId", "Method", "Path", "Auth", "PayloadFormatVersion"),
        Set.of("TimeoutInMillis", "RouteSettings")).must("PayloadFormatVersion", "2.0");
    Props auth = event.child("Auth").only("Authorizer", "AuthorizationScopes");
    Optional<String> authorizer = auth.optional("Authorizer");
    boolean open = authorizer.filter("NONE"::equals).isPresent();
    Optional<List<String>> scopes = auth.has("AuthorizationScopes")
        ? Optional.of(auth.texts("AuthorizationScopes"))
        : Optional.empty();
    String path = event.text("Path");
    if (path.equals("/") || path.equals("/local") || path.startsWith("/local/")) {
      throw new RefusedTemplate(
          event.where() + " has the path `" + path + "`, which the embedded cloud keeps for itself");
    }
    return new RouteEvent(event.text("ApiId"), event.text("Method").toUpperCase(), path,
        open ? Optional.empty() : authorizer, scopes, open);
  }

  private static Event schedule(String name, Props event, String expression, String source) {
    // What is accepted only says how AWS spreads it in time, or repeats a firing that failed.
    event.only(Set.of(expression, "Name", "Enabled", "State", "Input"),
        Set.of("Description", "FlexibleTimeWindow", "RetryPolicy"));
    Matcher rate = RATE.matcher(event.text(expression));
    if (!rate.matches()) {
      throw event.wrong(expression, "rate(N minutes), rate(N hours) or rate(N days)");
    }
    long count = Long.parseLong(rate.group(1));
    Duration every = switch (rate.group(2)) {
      case "minute" -> Duration.ofMinutes(count);
      case "hour" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
    boolean enabled = event.flag("Enabled", true) && event.text("State", "ENABLED").equals("ENABLED");
    return new ScheduleEvent(event.text("Name", name), every, enabled, source, event.optional("Input"));
  }
}
