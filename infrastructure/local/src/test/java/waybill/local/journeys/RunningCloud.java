package waybill.local.journeys;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import waybill.local.machine.AwsApi;
import waybill.local.EmbeddedCloud;
import waybill.local.Settings;

/**
 * The real template on the embedded cloud, for all tests of a class; it fails where these left personal data in the open, or had
 * answers that are not described. With {@code -Dlocalstack=docker|host} queues, mails and parameters are on LocalStack; with
 * {@code -Dendpoint=URL} tables and queues are there; with {@code -Dtables=dynamodb-local} tables are on DynamoDB Local.
 */
final class RunningCloud implements BeforeAllCallback, AfterAllCallback {
  /** Tests run in their module's folder. */
  static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  /** A machine that stalls for seconds must not look like a function that fails. */
  private static final int TIME_FACTOR = 10;

  /** Time for some messages to meet in a batch; the seconds that the template waits for them only make tests slow. */
  private static final Duration WINDOW = Duration.ofMillis(50);

  private final boolean windowsAsDeclared;
  private EmbeddedCloud cloud;
  private PersonalData personal;
  private Described described;

  RunningCloud() {
    this(false);
  }

  private RunningCloud(boolean windowsAsDeclared) {
    this.windowsAsDeclared = windowsAsDeclared;
  }

  /** Batches are gathered as long as on AWS: where a crowd wants the same stock, that is what keeps it from waiting for itself. */
  static RunningCloud withDeclaredWindows() {
    return new RunningCloud(true);
  }

  EmbeddedCloud get() {
    return cloud;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    cloud = EmbeddedCloud.start(settings(context));
    personal = new PersonalData(cloud);
    described = new Described(cloud);
  }

  /** For the test that comes after all journeys, whichever JVM they ran in. */
  private void writeDown(String journey) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "permissions"));
    List<String> lines = cloud.permissions().entrySet().stream()
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
      personal.assertNowhere();
      writeDown(context.getRequiredTestClass().getSimpleName());
      described.assertAll();
    } finally {
      cloud.close();
    }
  }
}
