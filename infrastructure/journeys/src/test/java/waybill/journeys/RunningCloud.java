package waybill.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.local.machine.AwsApi;
import waybill.local.EmbeddedCloud;
import waybill.local.Settings;

/**
 * The real template on the embedded cloud. The journeys of a JVM share one, as each start takes seconds; each has a shop, a stock
 * pool and customers of its own; a class's faults and dead letters end with it. A class fails if its journeys left personal data in the open, or had
 * answers that are not described. With {@code -Dlocalstack=docker|host} queues, mails and parameters are on LocalStack; with
 * {@code -Dendpoint=URL} tables and queues are there; with {@code -Dtables=dynamodb-local} tables are on DynamoDB Local.
 */
public final class RunningCloud implements BeforeAllCallback, AfterAllCallback {
  /** Tests run in their module's folder. */
  public static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  /** A machine that stalls for seconds must not look like a function that fails, nor may what failed be received again until a test asks for it. */
  private static final int TIME_FACTOR = 10;

  /** Time for some messages to meet in a batch; the seconds that the template waits for them only make tests slow. */
  private static final Duration WINDOW = Duration.ofMillis(50);

  /** The one that is shared, until a class needs a cloud of its own: a JVM runs one at a time. */
  private static Watched shared;

  private final boolean isOwn;
  private final boolean windowsAsDeclared;
  private Watched watched;

  /** A cloud, and what is looked for in all that it does. */
  private record Watched(EmbeddedCloud cloud, PersonalData personal, Described described) {
    static Watched start(Settings settings) throws Exception {
      EmbeddedCloud cloud = EmbeddedCloud.start(settings);
      return new Watched(cloud, new PersonalData(cloud), new Described(cloud));
    }
  }

  /** The cloud that the journeys of this JVM share. */
  public RunningCloud() {
    this(false, false);
  }

  private RunningCloud(boolean isOwn, boolean windowsAsDeclared) {
    this.isOwn = isOwn;
    this.windowsAsDeclared = windowsAsDeclared;
  }

  /** A cloud for one class, which says why it cannot share one. */
  public static RunningCloud ofItsOwn() {
    return new RunningCloud(true, false);
  }

  /** One for a class where batches are gathered as long as on AWS: that keeps a crowd that wants the same stock from waiting for itself. */
  public static RunningCloud withDeclaredWindows() {
    return new RunningCloud(true, true);
  }

  public EmbeddedCloud get() {
    return watched.cloud;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (isShared()) {
      watched = shared(settings(context));
    } else {
      closeShared();
      watched = Watched.start(settings(context));
    }
  }

  /** What is elsewhere ends with the last class, and so before the JVM. */
  private boolean isShared() {
    return !isOwn && Stream.of("endpoint", "tables", "localstack").allMatch(it -> given(it).isEmpty());
  }

  private static synchronized Watched shared(Settings settings) throws Exception {
    if (shared == null) {
      shared = Watched.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(RunningCloud::closeShared));
    }
    return shared;
  }

  private static synchronized void closeShared() {
    if (shared != null) {
      try {
        shared.cloud.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        shared = null;
      }
    }
  }

  /** For the test that comes after all journeys, whichever JVM they ran in. */
  private void writeDown(String journey) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "permissions"));
    List<String> lines = watched.cloud.permissions().entrySet().stream()
        .flatMap(it -> it.getValue().stream().map(permission -> it.getKey() + " " + permission)).sorted().toList();
    Files.write(folder.resolve(journey), lines);
  }

  private Settings settings(ExtensionContext context) {
    Settings declared = Settings.of(PROJECT.resolve("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS)
        .withTimeFactor(TIME_FACTOR);
    Settings settings = windowsAsDeclared ? declared : declared.withLongestWindow(WINDOW);
    Optional<String> endpoint = given("endpoint");
    if (endpoint.isPresent()) {
      return settings.withElsewhere(URI.create(endpoint.get()), AwsApi.TABLES, AwsApi.QUEUES);
    }
    Optional<String> tables = given("tables");
    if (tables.isPresent()) {
      return settings.withElsewhere(dynamoDbLocal(context, tables.get()).endpoint(), AwsApi.TABLES);
    }
    return given("localstack").map(way -> localStack(context, way).endpoint())
        .map(it -> settings.withElsewhere(it, AwsApi.QUEUES, AwsApi.MAILS, AwsApi.PARAMETERS)).orElse(settings);
  }

  private static Optional<String> given(String property) {
    return Optional.ofNullable(System.getProperty(property)).filter(it -> !it.isEmpty());
  }

  private static DynamoDbLocal dynamoDbLocal(ExtensionContext context, String tables) {
    if (!tables.equals("dynamodb-local")) {
      throw new IllegalArgumentException("-Dtables is dynamodb-local or nothing, not " + tables);
    }
    return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent("dynamodb-local", _ -> {
      try {
        return new DynamoDbLocal();
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local did not start", e);
      }
    }, DynamoDbLocal.class);
  }

  /** One for all classes, as it takes its time to start. */
  private static LocalStack localStack(ExtensionContext context, String way) {
    return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent("localstack",
        _ -> LocalStack.start(way), LocalStack.class);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    try {
      watched.personal.assertNowhere();
      writeDown(context.getRequiredTestClass().getSimpleName());
      watched.described.assertAll();
    } finally {
      if (isShared()) {
        leaveNothing();
      } else {
        watched.cloud.close();
      }
    }
  }

  private void leaveNothing() {
    watched.cloud.clearFaults();
    SqsClient sqs = watched.cloud.sqs();
    sqs.listQueuesPaginator().queueUrls().stream().filter(it -> it.endsWith("-dead-letters"))
        .forEach(url -> sqs.purgeQueue(it -> it.queueUrl(url)));
  }
}
