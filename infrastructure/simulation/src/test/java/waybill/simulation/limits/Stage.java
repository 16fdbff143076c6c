package waybill.simulation.limits;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.local.providers.Providers;
import waybill.platform.Ports;
import waybill.simulation.cloud.Blueprint.Deployed;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.limits.FaultyServices.Sent;
import waybill.simulation.limits.FaultyServices.World;

/** Where functions are played: each in a world whose tables are as they were before its invocation. */
final class Stage {
  private final Blueprint blueprint;
  private final FaultyServices services;
  private final Ports clients = new Ports(Map.of(), InstantSource.system());

  /** What a function was asked, when, what tables and buckets held before, and how it ended without a fault. */
  record Invocation(Deployed function, byte[] event, int messages, Instant at,
      Map<String, List<Map<String, AttributeValue>>> tables, Map<String, byte[]> files, List<String> intents,
      Played played,
      int calls) {}

  /** How the name of a payment ends that is only held. */
  static final String HELD = "Held";

  /** How an invocation ended. @param failure what it threw; null if it answered */
  record Played(String answer, Throwable failure, Duration took, List<Sent> sent, int mails, int refunds) {
    /** What this one alone has mailed and refunded. */
    Played since(int mailsBefore, int refundsBefore) {
      return new Played(answer, failure, took, sent, mails - mailsBefore, refunds - refundsBefore);
    }
  }

  Stage(Blueprint blueprint, FaultyServices services) {
    this.blueprint = blueprint;
    this.services = services;
  }

  /** A world that nothing has happened in. */
  World open(InstantSource clock) {
    World opened = services.open(clock);
    blueprint.tables().forEach(it -> services.store()
        .create(it.toBuilder().tableName(opened.name() + "." + it.tableName()).build()));
    return opened;
  }

  /** The items of a table, by its name in the template. */
  List<Map<String, AttributeValue>> items(World in, String table) {
    String name = blueprint.tables().stream().map(it -> it.tableName()).filter(it -> it.endsWith(table)).findAny()
        .orElseThrow();
    return services.store().items(in.name() + "." + name);
  }

  Map<String, List<Map<String, AttributeValue>>> items(World in) {
    var tables = new LinkedHashMap<String, List<Map<String, AttributeValue>>>();
    blueprint.tables()
        .forEach(it -> tables.put(it.tableName(), services.store().items(in.name() + "." + it.tableName())));
    return tables;
  }

  /** Its money is there; of one that is only held, it is held. */
  static void know(World world, String intent) {
    world.stripe.know(intent, Providers.PAYMENT_ACCOUNT, 5572, "eur",
        intent.endsWith(HELD) ? "requires_capture" : "succeeded");
  }

  /** A world in which all is as it was before an invocation. */
  World restore(Invocation invocation) {
    World again = open(invocation::at);
    invocation.tables.forEach((table, items) -> items.forEach(item -> services.store()
        .putItem(PutItemRequest.builder().tableName(again.name() + "." + table).item(moved(item, again)).build())));
    again.keep(invocation.files);
    invocation.intents.forEach(it -> know(again, it));
    return again;
  }

  /** An address that is written in a table is the new world's. */
  private static Map<String, AttributeValue> moved(Map<String, AttributeValue> item, World to) {
    var moved = new LinkedHashMap<>(item);
    for (String name : List.of("url", "tracking_url")) {
      moved.computeIfPresent(name, (_, it) -> AttributeValue.fromS(it.s().replaceFirst("world[0-9]+x", to.name())));
    }
    return moved;
  }

  /** Where all that is not AWS is in a world. */
  String address(World in) {
    return services.address() + "/" + in.name();
  }

  void drop(World over) {
    blueprint.tables().forEach(it -> services.store().drop(over.name() + "." + it.tableName()));
  }

  /** The same event again. @param timeout that the function believes to have */
  Played play(World in, Invocation invocation, Instant at, Duration timeout) {
    return play(in, invocation.function, invocation.event, at, timeout);
  }

  Played play(World in, Deployed function, byte[] event, Instant at, Duration timeout) {
    Ports ports = ports(in, function, at);
    var out = new ByteArrayOutputStream();
    Throwable failure = null;
    long begun = System.nanoTime();
    try {
      RequestStreamHandler handler = function.constructor().newInstance(ports);
      begun = System.nanoTime();
      handler.handleRequest(new ByteArrayInputStream(event), out, context(timeout));
    } catch (InvocationTargetException e) {
      failure = e.getCause();
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      failure = e;
    }
    var took = Duration.ofNanos(System.nanoTime() - begun);
    return new Played(out.toString(StandardCharsets.UTF_8), failure, took, in.takeSent(), in.mails.get(),
        refunds(in));
  }

  /** How many mails may have been sent or not, and are recorded so. */
  long uncertainMails(World in) {
    return items(in, "NotificationsTable").stream().filter(it -> it.containsKey("status"))
        .filter(it -> it.get("status").s().equals("uncertain")).count();
  }

  /** How often money was moved, either way. */
  static int refunds(World in) {
    return in.stripe.overview().path("refunds").size() + in.stripe.overview().path("payment_intents").valueStream()
        .mapToInt(it -> it.path("captures").size()).sum();
  }

  Ports ports(World in, Deployed function, Instant at) {
    return new Ports(environment(in, function), () -> at).with(DynamoDbClient.class, clients.dynamo())
        .with(SqsClient.class, clients.sqs())
        .with(SsmClient.class, clients.client(SsmClient.class, it -> it.configured(SsmClient.builder())));
  }

  private Map<String, String> environment(World in, Deployed function) {
    var environment = new LinkedHashMap<String, String>();
    function.declaration().environment().forEach((name, value) -> environment.put(name, switch (name) {
      case "QUEUE_PREFIX" -> services.address() + "/" + in.name() + "/";
      case "STRIPE_API_BASE" -> address(in);
      case "WEBHOOK_LOOPBACK" -> "true";
      case "PUBLIC_URL" -> "https://" + in.name() + ".example";
      case "PAPERS_BUCKET" -> in.name() + value;
      default -> name.endsWith("_TABLE")
          ? in.name() + "." + value
          : name.endsWith("_PARAMETER") ? "/" + in.name() + value : value;
    }));
    return environment;
  }

  private static Context context(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    return (Context) Proxy.newProxyInstance(Stage.class.getClassLoader(), new Class<?>[]{Context.class},
        (_, method, _) -> {
          if (!method.getName().equals("getRemainingTimeInMillis")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return Math.toIntExact((end - System.nanoTime()) / 1_000_000);
        });
  }
}
