package waybill.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;
import waybill.local.functions.FaultKind;
import waybill.local.functions.Faults;
import waybill.local.functions.FunctionFailed;
import waybill.local.gateway.HttpEventJson;
import waybill.local.gateway.Issuer;
import waybill.local.gateway.Routes;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.machine.Logs;
import waybill.local.machine.MovableClock;
import waybill.local.machine.Page;
import waybill.local.mail.Mail;
import waybill.local.mail.MailboxPage;
import waybill.local.mail.Mails;
import waybill.local.providers.easypost.EasyPost;
import waybill.local.providers.karrio.Karrio;
import waybill.local.providers.stripe.Stripe;
import waybill.local.queues.Queues;
import waybill.local.triggers.Poller;
import waybill.local.triggers.Rest;
import waybill.local.triggers.Schedules;

/** What is under {@code /local}: the switches and windows that AWS keeps in its console. */
public final class Control {
  private static final int LONGEST_LIST = 1_000;

  private final Parts parts;
  private final StripeControl stripe;
  private final EasyPostControl easyPost;
  private final KarrioControl karrio;
  private final Docs docs;
  private final SignIn signIn;

  /** The parts of a running cloud that are shown or switched. */
  public record Parts(URI url, MovableClock clock, Logs logs, Rest rest, Queues queues, Map<String, Poller> pollers,
      Schedules schedules, Mails mails, Stripe stripe, EasyPost easyPost, Karrio karrio, Faults faults, Issuer issuer,
      List<String> audience,
      Routes routes) {}

  /** @param openApi the API's document */
  public Control(Parts parts, Path openApi) {
    this.parts = parts;
    this.stripe = new StripeControl(parts.stripe);
    this.easyPost = new EasyPostControl(parts.easyPost);
    this.karrio = new KarrioControl(parts.karrio);
    this.docs = new Docs(openApi, parts.url, parts.routes);
    this.signIn = new SignIn(parts.url.toString(), parts.issuer, parts.audience);
  }

  public static boolean owns(String path) {
    return path.equals("/") || path.equals("/local") || path.startsWith("/local/");
  }

  public void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().replaceFirst("^/(local)?/?", "")
        .replaceFirst("^(mailbox|queues|logs)\\.json$", "$1").split("/");
    String what = exchange.getRequestMethod() + " " + path[0];
    try {
      switch (what) {
        case "GET " -> Http.html(exchange, IndexPage.of(parts.url, parts.routes));
        case "GET health" ->
          Http.json(exchange, 200,
              Map.of("status", "up", "idle", parts.rest.reached(), "time", Json.time(parts.clock.instant())));
        case "GET style.css" -> Http.send(exchange, 200, "text/css; charset=utf-8", Page.style());
        case "GET mailbox" -> mailbox(exchange, path);
        case "GET issuer", "POST issuer" -> issuer(exchange, path);
        case "POST tokens" -> token(exchange);
        case "GET clock" -> Http.json(exchange, 200, ClockJson.of(parts.clock.instant()));
        case "POST clock" -> clock(exchange);
        case "GET queues" -> showQueues(exchange);
        case "POST queues" -> retry(exchange, path);
        case "POST schedules" -> fire(exchange, path.length > 1 ? path[1] : "");
        case "GET logs" -> logs(exchange);
        case "POST faults" -> fault(exchange);
        case "GET faults" -> Http.json(exchange, 200, Map.of("data", parts.faults.json()));
        case "DELETE faults" -> {
          parts.faults.clear();
          Http.json(exchange, 200, Map.of("data", parts.faults.json()));
        }
        case String _ when what.equals("GET docs") && docs.handle(exchange, path.length > 1 ? path[1] : "") -> {
          // It is answered.
        }
        case String _ when path[0].equals("easypost") && easyPost.handle(exchange, path) -> {
          // answered
        }
        case String _ when path[0].equals("karrio") && karrio.handle(exchange, path) -> {
          // It is answered.
        }
        case String _ when path[0].equals("stripe") && stripe.handle(exchange, path) -> {
          // It is answered.
        }
        default -> refuse(exchange, 404, "There is no " + what + " here; see /");
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      refuse(exchange, 400, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(exchange, 503, "The embedded cloud is stopping");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    if (Http.wantsPage(exchange)) {
      Http.html(exchange, status, Page.POLICY,
          Page.of(status == 404 ? "Not here" : "Not possible", "<p>" + Http.escape(String.valueOf(message)) + "</p>"));
      return;
    }
    Http.json(exchange, status, Map.of("message", String.valueOf(message)));
  }

  private void mailbox(HttpExchange exchange, String[] path) throws IOException {
    String id = path.length > 1 ? path[1] : null;
    List<Mail> mails = parts.mails.mails();
    Optional<Mail> open = id == null ? Optional.empty() : parts.mails.mail(id);
    if (id != null && open.isEmpty()) {
      refuse(exchange, 404, "There is no mail " + id);
    } else if (path.length == 3 && path[2].equals("html") && open.get().html() != null) {
      Http.html(exchange, 200, MailboxPage.MAIL_POLICY, MailboxPage.document(open.get()));
    } else if (Http.wantsPage(exchange)) {
      Http.html(exchange, MailboxPage.of(mails, open.orElse(null)));
    } else if (open.isPresent()) {
      Http.json(exchange, 200, open.get().json());
    } else {
      Http.json(exchange, 200,
          Map.of("data", mails.stream().filter(mail -> isTo(mail, exchange)).map(Mail::json).toList()));
    }
  }

  private static boolean isTo(Mail mail, HttpExchange exchange) {
    String to = HttpEventJson.query(exchange).get("to");
    return to == null || mail.to().stream().anyMatch(address -> address.equals(to) || address.endsWith("<" + to + ">"));
  }

  private void issuer(HttpExchange exchange, String[] path) throws IOException {
    switch (exchange.getRequestMethod() + " " + String.join("/", path)) {
      case "GET issuer/.well-known/openid-configuration" -> Http.json(exchange, 200, parts.issuer.configuration());
      case "GET issuer/.well-known/jwks.json" -> Http.json(exchange, 200, parts.issuer.keys());
      case "GET issuer/authorize" -> signIn.ask(exchange);
      case "POST issuer/authorize" -> signIn.answer(exchange);
      case "POST issuer/token" -> signIn.token(exchange);
      default -> refuse(exchange, 404, "The issuer has /.well-known/openid-configuration and /.well-known/jwks.json");
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    JsonNode request = body(exchange, Set.of("subject", "scopes", "channel", "locations", "expires_in"));
    if (!request.path("subject").isTextual() || !request.path("scopes").isArray()) {
      throw new IllegalArgumentException("a token needs {\"subject\": text, \"scopes\": [text]}");
    }
    List<String> scopes = new ArrayList<>();
    request.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    List<String> locations = new ArrayList<>();
    request.path("locations").forEach(it -> locations.add(it.asText()));
    Duration life = Duration.ofSeconds(request.path("expires_in").asLong(3_600));
    Http.json(exchange, 200,
        Map.of("token", parts.issuer.token(new Issuer.Bearer(request.path("subject").asText(),
            request.path("channel").asText(null), locations), parts.audience, scopes, life)));
  }

  private void fault(HttpExchange exchange) throws IOException {
    JsonNode request = body(exchange, Set.of("function", "call", "kind", "times"));
    JsonNode times = request.path("times");
    if (!times.isMissingNode() && !times.isInt()) {
      throw new IllegalArgumentException("times is a whole number");
    }
    JsonNode call = request.path("call");
    parts.faults.add(request.path("function").asText(),
        call.isInt()
            ? new Faults.Call(OptionalInt.of(call.asInt()), Optional.empty())
            : new Faults.Call(OptionalInt.empty(), Optional.of(call.asText())),
        FaultKind.of(request.path("kind").asText()), times.asInt(1));
    Http.json(exchange, 201, Map.of("data", parts.faults.json()));
  }

  private void clock(HttpExchange exchange) throws IOException {
    JsonNode request = body(exchange, Set.of("advance"));
    Duration advance = Duration.parse(request.path("advance").asText());
    Http.json(exchange, 200, ClockJson.of(parts.clock.advance(advance)));
  }

  /** The cloud's time, as the signatures of the two providers want it. */
  private record ClockJson(String time, long epoch_seconds) {
    static ClockJson of(Instant now) {
      return new ClockJson(now.truncatedTo(ChronoUnit.SECONDS).toString(), now.getEpochSecond());
    }
  }

  static JsonNode body(HttpExchange exchange, Set<String> known) throws IOException {
    JsonNode body;
    try {
      body = Json.read(exchange.getRequestBody().readAllBytes());
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
    body.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("unknown field " + name + "; known are " + known);
      }
    });
    return body;
  }

  private void showQueues(HttpExchange exchange) throws IOException {
    if (Http.wantsPage(exchange)) {
      Http.html(exchange, QueuesPage.of(queues()));
    } else {
      Http.json(exchange, 200, Map.of("data", queues()));
    }
  }

  private List<Map<String, Object>> queues() {
    Set<String> dead = parts.queues.deadLetterQueues();
    List<Map<String, Object>> data = new ArrayList<>();
    for (String name : parts.queues.names()) {
      Queues.Depth depth = parts.queues.depth(name);
      Map<String, Object> queue = new LinkedHashMap<>();
      queue.put("name", name);
      queue.put("visible", depth.visible());
      queue.put("in_flight", depth.inFlight());
      queue.put("delayed", depth.delayed());
      parts.queues.declared(name).redrive().ifPresent(it -> queue.put("dead_letter_queue", it.deadLetterQueue()));
      if (dead.contains(name)) {
        queue.put("messages", parts.queues.peek(name).stream().map(Control::message).toList());
      }
      data.add(queue);
    }
    return data;
  }

  private static Map<String, Object> message(Message message) {
    return Map.of("id", message.messageId(), "body", message.body(), "attributes", message.attributesAsStrings());
  }

  private void retry(HttpExchange exchange, String[] path) throws IOException {
    if (path.length == 2 && path[1].equals("retry")) {
      retried(exchange, parts.pollers.keySet().stream().mapToInt(it -> parts.pollers.get(it).retry()).sum());
    } else if (path.length != 3 || !path[2].equals("retry") || !parts.pollers.containsKey(path[1])) {
      refuse(exchange, 404,
          "POST /local/queues/{name}/retry, with the name of a queue that a function reads, or without for all");
    } else {
      retried(exchange, parts.pollers.get(path[1]).retry());
    }
  }

  /** A person sees the queues again. */
  private static void retried(HttpExchange exchange, int messages) throws IOException {
    if (Http.wantsPage(exchange)) {
      exchange.getResponseHeaders().set("Location", "/local/queues");
      Http.send(exchange, 303, new byte[0]);
    } else {
      Http.json(exchange, 200, Map.of("retried", messages));
    }
  }

  private void fire(HttpExchange exchange, String function) throws IOException, InterruptedException {
    try {
      Optional<JsonNode> answer = parts.schedules.fire(function);
      if (answer.isEmpty()) {
        refuse(exchange, 404, "There is no function " + function + " with a schedule");
      } else {
        Http.json(exchange, 200, Map.of("function", function, "answer", answer.get()));
      }
    } catch (FunctionFailed e) {
      refuse(exchange, 502, e.getMessage());
    }
  }

  private void logs(HttpExchange exchange) throws IOException {
    Map<String, String> query = HttpEventJson.query(exchange);
    String function = query.getOrDefault("fn", "").isEmpty() ? null : query.get("fn");
    String part = query.getOrDefault("contains", "");
    List<Map<String, Object>> found = parts.logs.lines().stream()
        .filter(line -> function == null || function.equals(line.get("fn")))
        .filter(line -> line.toString().contains(part)).toList();
    if (Http.wantsPage(exchange)) {
      Http.html(exchange, LogsPage.of(found, function, part));
    } else {
      Http.json(exchange, 200, Map.of("data", found.subList(Math.max(0, found.size() - LONGEST_LIST), found.size())));
    }
  }
}
