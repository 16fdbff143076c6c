package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.local.control.Control;
import waybill.local.functions.FaultKind;
import waybill.local.functions.Faults;
import waybill.local.functions.FunctionFailed;
import waybill.local.gateway.Answered;
import waybill.local.gateway.Gateway;
import waybill.local.gateway.Issuer;
import waybill.local.machine.Activity;
import waybill.local.machine.Data;
import waybill.local.machine.Http;
import waybill.local.machine.Listeners;
import waybill.local.machine.Logs;
import waybill.local.machine.MovableClock;
import waybill.local.mail.Mail;
import waybill.local.providers.stripe.StripeReports;
import waybill.local.triggers.Poller;
import waybill.local.triggers.Rest;
import waybill.template.FunctionDeclaration;
import waybill.template.Template;

/**
 * AWS in one JVM, as far as {@code template.yaml} needs it. Starting reads the template, refuses what it cannot run, and
 * leaves everything listening on loopback; closing leaves nothing running. One at a time in a JVM, as functions find the
 * emulators through system properties.
 */
public final class EmbeddedCloud implements AutoCloseable {
  private static final AtomicReference<EmbeddedCloud> RUNNING = new AtomicReference<>();
  private static final Duration LAST_INVOCATIONS = Duration.ofSeconds(3);
  private static final Duration TOKEN_LIFE = Duration.ofDays(1);

  private final Activity activity = new Activity();
  private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
  private Optional<Data> data = Optional.empty();
  private MovableClock clock;
  private Logs logs;
  private HttpServer server;
  private Deployment deployment;
  private Rest rest;
  private volatile Control control;
  private volatile Gateway gateway;

  private EmbeddedCloud() {}

  /**
   * Starts everything that the template declares.
   *
   * @throws RefusedTemplate        when the template asks for what cannot be run here
   * @throws java.net.BindException when the port is taken
   * @throws IllegalStateException  when the functions' zips are missing or stale, or a cloud runs in this JVM already, or on the
   *                                same data
   */
  public static EmbeddedCloud start(Settings settings) throws IOException {
    LoggerFactory.getILoggerFactory(); // before several threads ask for it at once, about which SLF4J would print lines
    Template template = Template.read(settings.template());
    Deployment.check(template, settings);
    EmbeddedCloud cloud = new EmbeddedCloud();
    if (!RUNNING.compareAndSet(null, cloud)) {
      throw new IllegalStateException("An embedded cloud runs in this JVM already: close it first.");
    }
    try {
      cloud.open(template, settings);
      return cloud;
    } catch (Exception e) {
      cloud.closeAfter(e);
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      if (cause instanceof IOException it) {
        throw it;
      }
      if (cause instanceof RuntimeException it) {
        throw it;
      }
      throw new IllegalStateException("The embedded cloud could not start: " + cause, cause);
    }
  }

  private void open(Template template, Settings settings) throws Exception {
    server = Listeners.start(settings.port(), this::handle); // first, as a taken port should say so at once
    if (settings.data().isPresent()) {
      data = Optional.of(Data.open(settings.data().get()));
    }
    clock = MovableClock.on(data);
    logs = new Logs(clock);
    deployment = new Deployment(template, settings, data, url(), clock, activity, logs, parts);
    rest = new Rest(activity, deployment.queues, deployment.pollers, deployment.schedules);
    control = new Control(new Control.Parts(url(), clock, logs, rest, deployment.queues, deployment.pollers,
        deployment.schedules, deployment.mails, deployment.stripe, deployment.easyPost, deployment.karrio,
        deployment.faults,
        deployment.issuer,
        deployment.audience, deployment.routes), settings.template().resolveSibling("infrastructure/openapi.yaml"));
    var api = new Gateway(deployment.routes, deployment.functions, clock);
    api.onAnswer(new StripeReports(deployment.stripe));
    gateway = api;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (gateway == null) {
        Http.json(exchange, 503, Map.of("message", "The embedded cloud is starting"));
      } else if (Control.owns(exchange.getRequestURI().getPath())) {
        control.handle(exchange);
      } else {
        gateway.handle(exchange);
      }
    } catch (RuntimeException e) {
      logs.console().println("The embedded cloud failed at " + exchange.getRequestURI());
      e.printStackTrace(logs.console());
      throw e;
    }
  }

  /** Where the HTTP API and the pages under {@code /local} are. */
  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** The time that handlers, the gateway and schedules see. */
  public MovableClock clock() {
    return clock;
  }

  /** A token of the local issuer, good for a day of this cloud's clock. */
  public String token(String subject, String... scopes) {
    return token(subject, List.of(scopes), TOKEN_LIFE);
  }

  /** A token of a channel's customer. */
  public String customerToken(String channel, String customer) {
    return deployment.issuer.token(customer, channel, deployment.audience, List.of("orders:own"), TOKEN_LIFE);
  }

  String token(String subject, List<String> scopes, Duration life) {
    return deployment.issuer.token(subject, deployment.audience, scopes, life);
  }

  Issuer issuer() {
    return deployment.issuer;
  }

  /** Every scope that a route asks for. */
  public SortedSet<String> scopes() {
    return deployment.routes.scopes();
  }

  /** All mail that was sent, the oldest first. */
  public List<Mail> mails() {
    return deployment.mails.mails();
  }

  /** What functions logged, the oldest first. */
  public List<Map<String, Object>> logs() {
    return logs.lines();
  }

  /** Calls back on each line that a function logs, in that function's thread. */
  public void onLog(Consumer<Map<String, Object>> listener) {
    logs.onLog(listener);
  }

  /** Calls back with the queue and the body of each message that a function gets, and so of each that may become a dead letter. */
  public void onMessage(BiConsumer<String, String> listener) {
    deployment.queues.onMessage(listener);
  }

  /** Calls back with the function and the event of each invocation, before it begins. */
  public void onEvent(BiConsumer<String, byte[]> listener) {
    deployment.functions.onEvent(listener);
  }

  /** Calls back on each answer of the HTTP API before it is sent, in the caller's thread. */
  public void onAnswer(Consumer<Answered> listener) {
    gateway.onAnswer(listener);
  }

  /** The real standard output, past the functions' logs. */
  public PrintStream console() {
    return logs.console();
  }

  /** Whether all has come to rest but dead letters and failed messages that wait for their next receive. */
  public boolean idle() {
    return rest.reached();
  }

  /** Waits for {@link #idle()}. */
  public void awaitIdle(Duration atMost) throws InterruptedException, TimeoutException {
    rest.await(atMost);
  }

  /** Makes the queue's failed messages visible at once, instead of after its visibility timeout; says how many. */
  public int retry(String queueName) {
    Poller poller = deployment.pollers.get(queueName);
    if (poller == null) {
      throw new IllegalArgumentException("no function reads a queue " + queueName);
    }
    return poller.retry();
  }

  /** Bodies of the messages that wait in a queue; for dead letter queues, as it makes a reader wait. */
  public List<String> messages(String queueName) {
    return deployment.queues.peek(queueName).stream().map(message -> message.body()).toList();
  }

  /** Invokes a function with an event and returns its answer. */
  public byte[] invoke(String function, byte[] event) throws FunctionFailed, InterruptedException {
    return deployment.functions.invoke(function, event);
  }

  /**
   * Makes calls of a function to AWS fail, or the function die at them.
   *
   * @param call  the number of the call within an invocation, from 1
   * @param times how many calls it strikes
   * @throws IllegalArgumentException where there is no such function or call; the text names the field
   */
  public void fault(String function, int call, FaultKind kind, int times) {
    fault(function, new Faults.Call(OptionalInt.of(call), Optional.empty()), kind, times);
  }

  /** As {@link #fault(String, int, FaultKind, int)}, for every call of an operation, as {@code PutItem}. */
  public void fault(String function, String operation, FaultKind kind, int times) {
    fault(function, new Faults.Call(OptionalInt.empty(), Optional.of(operation)), kind, times);
  }

  /**
   * As {@link #fault(String, int, FaultKind, int)}, for one of the calls of an operation.
   *
   * @param call  the number of the call among those of the operation within an invocation, from 1
   * @param about a text that the event of the invocation must have in it; empty for any invocation
   */
  public void fault(String function, int call, String operation, String about, FaultKind kind, int times) {
    fault(function, new Faults.Call(OptionalInt.of(call), Optional.of(operation), about), kind, times);
  }

  /**
   * As {@link #fault(String, int, FaultKind, int)}, in invocations that are about something only.
   *
   * @param about a text that the event of the invocation must have in it
   */
  public void fault(String function, int call, String about, FaultKind kind, int times) {
    fault(function, new Faults.Call(OptionalInt.of(call), Optional.empty(), about), kind, times);
  }

  private void fault(String function, Faults.Call call, FaultKind kind, int times) {
    deployment.faults.add(function, call, kind, times);
  }

  /** Every call goes its way again. */
  public void clearFaults() {
    deployment.faults.clear();
  }

  /** The operations that each invocation of a function called at AWS, in order; the oldest invocation first. */
  public List<List<String>> calls(String function) {
    return deployment.calls.of(function);
  }

  /** What the calls of each function needed on AWS: an action, a blank, and the resource without what its ARN begins with. */
  public Map<String, Set<String>> permissions() {
    return deployment.calls.permissions();
  }

  /** The names of all functions. */
  public Set<String> functions() {
    return deployment.functions.ids();
  }

  /** The functions as the template declares them, with everything filled in that their environment names. */
  public List<FunctionDeclaration> declarations() {
    return deployment.stack.functions();
  }

  /** Fires a function's schedule; empty when it has none. */
  public Optional<JsonNode> fire(String function) throws FunctionFailed, InterruptedException, IOException {
    return deployment.schedules.fire(function);
  }

  /** The name that a table, queue or topic of the template has here, by its logical id. */
  public String name(String logicalId) {
    return deployment.stack.physicalName(logicalId);
  }

  /** A parameter of the template. */
  public Optional<String> parameter(String name) {
    return deployment.stack.parameter(name);
  }

  /** Writes a secret by its name in SSM. */
  public void putSecret(String name, String value) {
    deployment.secrets.accept(name, value);
  }

  public DynamoDbClient dynamoDb() {
    return deployment.tables.client();
  }

  public SqsClient sqs() {
    return deployment.queues.client();
  }

  /** The URL of a queue by its name. */
  public String queueUrl(String queueName) {
    return deployment.queues.url(queueName);
  }

  @Override
  public void close() throws IOException {
    if (!RUNNING.compareAndSet(this, null)) {
      return;
    }
    List<Exception> failures = closeParts();
    if (!failures.isEmpty()) {
      IOException failure = new IOException("the embedded cloud did not stop cleanly", failures.getFirst());
      failures.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private void closeAfter(Exception reason) {
    closeParts().forEach(reason::addSuppressed);
    RUNNING.compareAndSet(this, null);
  }

  /** Callers first, then what they call, each after those that use it. */
  private List<Exception> closeParts() {
    if (deployment != null) {
      parts.push(() -> activity.awaitRest(LAST_INVOCATIONS));
      deployment.pollers.values().forEach(Poller::stop);
    }
    if (server != null) {
      parts.push(() -> Listeners.stop(server));
    }
    if (logs != null) {
      parts.addLast(logs);
    }
    data.ifPresent(parts::addLast);
    List<Exception> failures = new ArrayList<>();
    for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    return failures;
  }
}
