package waybill.simulation.cloud;

import com.stripe.net.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.events.Outbound;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.shipping.Carriers;
import waybill.simulation.cloud.Blueprint.Deployed;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Invocation;
import waybill.simulation.faults.Journal;
import waybill.simulation.faults.Surroundings;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.QueueDeclaration;

/** The template, deployed: its functions, fed by its queues, routes and schedules. */
public final class Cloud {
  private final Map<String, Lambda> functions = new LinkedHashMap<>();
  private final Map<String, Queue> queues = new LinkedHashMap<>();
  private final List<Route> routes;
  private final List<BiConsumer<String, String>> readers = new ArrayList<>();
  private final List<BiConsumer<Request, Answer>> answers = new ArrayList<>();
  private final Journal journal;
  private final Map<String, Integer> asked = new LinkedHashMap<>();

  /** A route, and the function that answers on it. */
  private record Route(String method, Pattern path, List<String> names, Lambda function) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");

    static Route of(RouteEvent event, Lambda function) {
      List<String> names = NAME.matcher(event.path()).results().map(it -> it.group(1)).toList();
      return new Route(event.method(), Pattern.compile(NAME.matcher(event.path()).replaceAll("([^/]+)")), names,
          function);
    }
  }

  /** What a client asks. @param scopes of its token, with blanks between */
  public record Request(String method, String path, Map<String, String> query, String subject, String scopes,
      Map<String, String> headers, String body) {}

  /** What it is answered. */
  public record Answer(int status, String body) {
    public Map<String, Object> json() {
      return Json.readObject(body);
    }
  }

  /** What the functions are connected to. */
  public record Services(DynamoDbClient dynamo, SesClient ses, SsmClient ssm, SimulatedS3 s3, HttpClient stripe,
      Carriers carriers,
      Outbound outbound) {}

  public Cloud(Blueprint blueprint, Surroundings here, Dice dice, Services services, Function<Cloud, SqsClient> sqs) {
    this.journal = here.journal();
    SqsClient sender = sqs.apply(this);
    for (Deployed function : blueprint.functions()) {
      functions.put(function.name(), new Lambda(function, here, dice, ports(function, services, sender)));
    }
    for (QueueDeclaration declaration : blueprint.queues()) {
      var queue = new Queue(declaration, here, dice);
      blueprint.consumer(declaration).ifPresent(it -> queue.feed(functions.get(it.getKey().name()), it.getValue()));
      queues.put(declaration.name(), queue);
    }
    blueprint.queues().forEach(it -> it.redrive()
        .ifPresent(redrive -> queues.get(it.name()).giveUpTo(queues.get(redrive.deadLetterQueue()))));
    this.routes = blueprint.routes().entrySet().stream()
        .map(it -> Route.of(it.getKey(), functions.get(it.getValue().name()))).toList();
  }

  private static Ports ports(Deployed function, Services services, SqsClient sqs) {
    return new Ports(function.declaration().environment(), () -> Invocation.current().clock())
        .with(DynamoDbClient.class, services.dynamo).with(SqsClient.class, sqs).with(SesClient.class, services.ses)
        .with(SsmClient.class, services.ssm).with(S3Client.class, services.s3).with(HttpClient.class, services.stripe)
        .with(Carriers.class, services.carriers).with(Outbound.class, services.outbound);
  }

  public Map<String, Lambda> functions() {
    return functions;
  }

  public Map<String, Queue> queues() {
    return queues;
  }

  /** Asks over HTTP, in the running process. @return empty where no answer came, whether it was done or not */
  public Optional<Answer> ask(Request request) {
    for (Route route : routes) {
      Matcher path = route.path.matcher(request.path);
      if (route.method.equals(request.method) && path.matches()) {
        String name = request.method + " " + request.path;
        int time = asked.merge(name, 1, Integer::sum);
        Optional<Answer> answer = route.function.invoke(name + "/" + time, event(request, route, path), false)
            .map(Cloud::answer);
        journal.add(() -> "%s -> %s".formatted(name, answer.map(it -> it.status + " " + it.body).orElse("no answer")));
        Optional<Answer> heard = answer.filter(it -> it.status < 500);
        heard.ifPresent(it -> answers.forEach(reader -> reader.accept(request, it)));
        return heard;
      }
    }
    throw new IllegalArgumentException("there is no route for " + request.method + " " + request.path);
  }

  private static Answer answer(String event) {
    Map<String, Object> answer = Json.readObject(event);
    return new Answer(((Number) answer.get("statusCode")).intValue(), (String) answer.get("body"));
  }

  private static String event(Request request, Route route, Matcher path) {
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < route.names.size(); i++) {
      parameters.put(route.names.get(i), path.group(i + 1));
    }
    var headers = new LinkedHashMap<String, String>();
    request.headers.forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
    return Json.write(Map.of("version", "2.0", "rawPath", request.path, "rawQueryString", "", "headers", headers,
        "queryStringParameters", request.query, "pathParameters", parameters, "body", request.body, "isBase64Encoded",
        false, "requestContext", Map.of("http", Map.of("method", request.method, "path", request.path), "authorizer",
            Map.of("jwt", Map.of("claims", Map.of("sub", request.subject, "scope", request.scopes))))));
  }

  /** Fires a schedule, in the running process. */
  public void fire(String function) {
    int time = asked.merge(function, 1, Integer::sum);
    boolean done = functions.get(function).invoke("firing/" + time, "{}", true).isPresent();
    journal.add(() -> "%s fires%s".formatted(function, done ? "" : " and fails"));
  }

  /** A function sends a message. */
  public void send(String queue, String body) {
    readers.forEach(it -> it.accept(queue, body));
    queues.get(queue).send(body, Invocation.runs() && Invocation.current().isRoutine());
  }

  /** What a service of AWS reports comes to the queue that it is to go to. */
  public void arrive(String queue, String body) {
    queues.get(queue).send(body);
  }

  /** Somebody reads all that functions send to each other, by the queue's name. */
  public void onMessage(BiConsumer<String, String> reader) {
    readers.add(reader);
  }

  /** Somebody hears every answer to a request, but for those that only say that it failed. */
  public void onAnswer(BiConsumer<Request, Answer> reader) {
    answers.add(reader);
  }

  /** How many batches of messages functions have got, but for those to which a schedule alone has led. */
  public long heard() {
    return queues.values().stream().mapToLong(Queue::heard).sum();
  }

  /** Whether no message waits that anybody would get, and nothing runs. */
  public boolean rests() {
    return functions.values().stream().allMatch(it -> it.running() == 0)
        && queues.values().stream().noneMatch(it -> it.isFed() && !it.messages().isEmpty());
  }
}
