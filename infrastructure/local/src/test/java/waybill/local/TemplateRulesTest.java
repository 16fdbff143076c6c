package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import waybill.template.FunctionDeclaration;
import waybill.template.Stack;
import waybill.template.Template;
import waybill.template.Yaml;

/** What must be true of the project's own {@code template.yaml}, whatever is added to it. */
class TemplateRulesTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final int FOURTEEN_DAYS_SECONDS = 14 * 86_400;
  private static final Map<String, Object> TEMPLATE = map(AsText.of(Yaml.read(PROJECT.resolve("template.yaml"))));

  @Test
  void everyFunctionIsNamedAsItsHandlerWhichIsInItsZip() throws IOException {
    for (var function : functions().entrySet()) {
      Map<String, Object> properties = properties(function.getValue());
      String handler = properties.get("Handler").toString();
      assertThat(handler).endsWith("." + function.getKey() + "Handler");
      try (var zip = new ZipFile(PROJECT.resolve(properties.get("CodeUri").toString()).toFile())) {
        assertThat(zip.getEntry(handler.replace('.', '/') + ".class")).as(handler).isNotNull();
      }
    }
  }

  @Test
  void everyQueueEventFailsMessageByMessage() {
    assertThat(queueEvents()).isNotEmpty()
        .allSatisfy((function, event) -> assertThat(event.get("FunctionResponseTypes"))
            .isEqualTo(List.of("ReportBatchItemFailures")));
  }

  @Test
  void everyQueueHidesAMessageSixTimesAsLongAsItsFunctionMayTake() {
    int usual = (int) map(map(TEMPLATE.get("Globals")).get("Function")).get("Timeout");
    queueEvents().forEach((function, event) -> {
      int timeout = (int) properties(resource(function)).getOrDefault("Timeout", usual);
      int window = (int) event.getOrDefault("MaximumBatchingWindowInSeconds", 0);
      assertThat((int) properties(resource(function + "Queue")).get("VisibilityTimeout")).as(function)
          .isGreaterThanOrEqualTo(6 * timeout + window);
    });
  }

  @Test
  void everyQueueHasDeadLettersThatAreKeptLonger() {
    queueEvents().forEach((function, event) -> {
      Map<String, Object> queue = properties(resource(function + "Queue"));
      Map<String, Object> deadLetters = properties(resource(function + "DeadLetters"));
      assertThat(event.get("Queue")).isEqualTo("!GetAtt " + function + "Queue.Arn");
      assertThat(map(queue.get("RedrivePolicy")).get("deadLetterTargetArn"))
          .isEqualTo("!GetAtt " + function + "DeadLetters.Arn");
      assertThat((int) map(queue.get("RedrivePolicy")).get("maxReceiveCount")).isGreaterThanOrEqualTo(5);
      assertThat((int) deadLetters.get("MessageRetentionPeriod")).isEqualTo(FOURTEEN_DAYS_SECONDS)
          .isGreaterThan((int) queue.get("MessageRetentionPeriod"));
    });
  }

  @Test
  void everyQueueIsEncryptedAndReadByTheFunctionItIsNamedAfter() {
    ofType("AWS::SQS::Queue").forEach((name, queue) -> {
      assertThat(properties(queue).get("SqsManagedSseEnabled")).as(name).isEqualTo(true);
      assertThat(queueEvents()).containsKey(name.replaceFirst("(Queue|DeadLetters)$", ""));
    });
  }

  @Test
  void noEventMakesALogicalIdThatIsTaken() {
    Set<String> taken = map(TEMPLATE.get("Resources")).keySet();
    functions().forEach((name, function) -> map(properties(function).get("Events")).keySet()
        .forEach(event -> assertThat(taken).as(name + "'s event " + event) // what SAM makes of one
            .doesNotContain(name + event, name + event + "Permission", name + event + "Role")));
  }

  @Test
  void everyScheduleIsNamedAfterItsStackAndFunction() {
    assertThat(events("ScheduleV2")).isNotEmpty() // SAM would name it without the stack: an account could have one
        .allSatisfy((function, event) -> assertThat(event).containsEntry("Name",
            "!Sub ${AWS::StackName}-" + function));
  }

  @Test
  void everyFunctionHasARoleOfItsOwn() {
    functions().forEach((name, function) -> {
      assertThat(properties(function)).containsEntry("Role", "!GetAtt " + name + "Role.Arn")
          .doesNotContainKeys("Policies"); // SAM would make a role, and add permissions on everything
      assertThat(properties(resource(name + "Role"))).containsEntry("ManagedPolicyArns", List.of("!Ref Telemetry"));
      assertThat(map(properties(resource(name + "Role")).get("AssumeRolePolicyDocument")).toString())
          .contains("lambda.amazonaws.com", "sts:AssumeRole");
    });
    assertThat(ofType("AWS::IAM::Role")).hasSameSizeAs(functions());
  }

  @Test
  void noPermissionIsAWildcardButWhatXRayNeeds() {
    functions().forEach((name, function) -> statements(name).forEach(statement -> {
      assertThat(statement.get("Action").toString()).as(name).doesNotContain("*");
      assertThat(statement.get("Resource").toString()).as(name).doesNotContain("*");
    }));
    List<Map<String, Object>> shared = list(
        map(properties(resource("Telemetry")).get("PolicyDocument")).get("Statement"));
    assertThat(shared).filteredOn(it -> it.toString().contains("*"))
        .containsExactly(Map.of("Effect", "Allow", "Action", List.of("xray:PutTraceSegments",
            "xray:PutTelemetryRecords"), "Resource", "*"));
  }

  @Test
  void everyFunctionMayReadItsOwnQueueAndNoOther() {
    functions().forEach((name, function) -> {
      List<Object> read = statements(name).stream().filter(it -> it.get("Action").toString().contains("sqs:Receive"))
          .map(it -> it.get("Resource")).toList();
      assertThat(read).as(name)
          .isEqualTo(queueEvents().containsKey(name) ? List.of("!GetAtt " + name + "Queue.Arn") : List.of());
    });
  }

  @Test
  void everyVerbOfTheChoreographyHasItsQueueAndNoQueueIsWithoutOne() throws Exception {
    URL zip = PROJECT.resolve("functions/orders/target/function.zip").toUri().toURL();
    try (var loader = new URLClassLoader(new URL[]{zip})) {
      Class<?> routing = loader.loadClass("waybill.messages.Routing");
      assertThat(queueEvents().keySet()).isEqualTo(routing.getMethod("receivers").invoke(null));
    }
  }

  @Test
  void everyTableKeepsItsFactsWhateverHappensToTheStack() {
    ofType("AWS::DynamoDB::Table").forEach((name, table) -> {
      assertThat(table).as(name).containsEntry("DeletionPolicy", "Retain").containsEntry("UpdateReplacePolicy",
          "Retain");
      assertThat(properties(table)).as(name).containsEntry("DeletionProtectionEnabled", true)
          .containsEntry("PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true))
          .containsEntry("SSESpecification", Map.of("SSEEnabled", true))
          .containsEntry("BillingMode", "PAY_PER_REQUEST");
    });
  }

  @Test
  void theUserPoolStaysAsNoStackMayDeleteIt() {
    assertThat(resource("Pool")).containsEntry("DeletionPolicy", "Retain").containsEntry("UpdateReplacePolicy",
        "Retain");
    assertThat(properties(resource("Pool"))).containsEntry("DeletionProtection", "ACTIVE");
  }

  @Test
  void everyFunctionBehindTheApiStartsFromASnapshotOfItsNewestVersion() {
    functions().forEach((name, function) -> {
      boolean behindTheApi = map(properties(function).get("Events")).values().stream()
          .anyMatch(event -> map(event).get("Type").equals("HttpApi"));
      assertThat(properties(function).get("SnapStart")).as(name)
          .isEqualTo(behindTheApi ? Map.of("ApplyOn", "PublishedVersions") : null);
      assertThat(properties(function).containsKey("AutoPublishAlias")).as(name).isEqualTo(behindTheApi);
      assertThat(properties(function).containsKey("AutoPublishAliasAllProperties")).as(name).isEqualTo(behindTheApi);
    });
  }

  @Test
  void everyConsumerHasAMaximumConcurrencyAndNoneReservesAny() {
    queueEvents().forEach((function, event) -> {
      assertThat(map(event.get("ScalingConfig"))).as(function).containsOnlyKeys("MaximumConcurrency");
      assertThat(concurrency(function)).as(function).isBetween(2, 1_000);
      // What is reserved is refused above, and a refused poll counts as a receive: messages would die of load.
      assertThat(properties(resource(function))).as(function).doesNotContainKey("ReservedConcurrentExecutions");
    });
  }

  @Test
  void everyFunctionIsTracedAndLogsJsonWhereLogsEnd() {
    Map<String, Object> globals = map(map(TEMPLATE.get("Globals")).get("Function"));
    assertThat(globals).containsEntry("Tracing", "Active").containsEntry("LoggingConfig",
        Map.of("LogFormat", "JSON", "LogGroup", "!Ref Logs"));
    functions().forEach((name, function) -> assertThat(properties(function)).as(name)
        .doesNotContainKeys("Tracing", "LoggingConfig")
        .containsEntry("FunctionName", "!Sub ${AWS::StackName}-" + name));
    assertThat(ofType("AWS::Logs::LogGroup")).isNotEmpty().allSatisfy((name, group) -> assertThat(properties(group))
        .containsEntry("RetentionInDays", "!Ref LogRetentionDays"));
  }

  @Test
  void noCapabilityWritesAnothersTable() {
    var writing = Pattern.compile("dynamodb:(Put|Update|Delete|BatchWrite)");
    functions().forEach((name, function) -> {
      String capability = properties(function).get("CodeUri").toString().split("/")[1];
      statements(name).stream().filter(it -> writing.matcher(it.get("Action").toString()).find())
          .forEach(it -> assertThat(it.get("Resource").toString().toLowerCase(Locale.ROOT)).as(name)
              .contains(" " + capability + "table."));
    });
  }

  @Test
  void aFunctionMaySendToExactlyTheQueuesItIsToldOf() {
    functions().forEach((name, function) -> {
      Set<String> told = new TreeSet<>();
      environment(function).forEach((variable, value) -> {
        if (variable.endsWith("_QUEUE")) {
          told.add(value.toString().replace("!Ref ", ""));
        }
      });
      Set<String> may = new TreeSet<>();
      statements(name).stream().filter(it -> it.get("Action").toString().contains("sqs:SendMessage"))
          .flatMap(it -> ((List<?>) it.get("Resource")).stream())
          .forEach(arn -> may.add(arn.toString().replace("!GetAtt ", "").replace(".Arn", "")));
      assertThat(may).as(name).isEqualTo(told);
    });
  }

  @Test
  void everyEnvironmentNameThatIsSetIsReadByItsCapabilityOrWhatItReads() throws IOException {
    List<String> sources = sources();
    functions().forEach((function, declared) -> environment(declared).keySet().forEach(name -> {
      // A queue's name is made from its verb, by the sender.
      Predicate<String> reads = name.endsWith("_QUEUE")
          ? it -> it.contains("queueVariable()")
          : it -> it.contains('"' + name + '"');
      assertThat(sources.stream().anyMatch(reads)).as(function + " is told " + name).isTrue();
    }));
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT.resolve("functions"))) {
      return files.filter(it -> it.toString().contains("/src/main/") && it.toString().endsWith(".java"))
          .map(TemplateRulesTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Map<String, Object>> queueEvents() {
    return events("SQS");
  }

  private static Map<String, Map<String, Object>> events(String type) {
    var events = new LinkedHashMap<String, Map<String, Object>>();
    functions().forEach(
        (name, function) -> map(properties(function).get("Events")).values().stream().map(TemplateRulesTest::map)
            .filter(event -> event.get("Type").equals(type)).forEach(event -> events.put(name, properties(event))));
    return events;
  }

  private static List<Map<String, Object>> statements(String function) {
    List<Map<String, Object>> policies = list(
        properties(resource(function + "Role")).getOrDefault("Policies", List.of()));
    return policies.stream().map(it -> TemplateRulesTest.<Map<String, Object>>list(
        map(it.get("PolicyDocument")).get("Statement"))).flatMap(List::stream).toList();
  }

  private static Map<String, Object> environment(Map<String, Object> function) {
    return map(map(properties(function).getOrDefault("Environment", Map.of("Variables", Map.of()))).get("Variables"));
  }

  private static Map<String, Map<String, Object>> functions() {
    return ofType("AWS::Serverless::Function");
  }

  private static Map<String, Map<String, Object>> ofType(String type) {
    var found = new LinkedHashMap<String, Map<String, Object>>();
    map(TEMPLATE.get("Resources")).forEach((name, resource) -> {
      if (map(resource).get("Type").equals(type)) {
        found.put(name, map(resource));
      }
    });
    return found;
  }

  private static Map<String, Object> resource(String name) {
    return map(map(TEMPLATE.get("Resources")).get(name));
  }

  private static Map<String, Object> properties(Map<String, Object> resource) {
    return map(resource.getOrDefault("Properties", Map.of()));
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> list(Object tree) {
    return (List<T>) tree;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  /** As it is deployed with the parameters' defaults. */
  private static int concurrency(String function) {
    return new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of(), queue -> queue).functions().stream()
        .filter(it -> it.id().equals(function)).flatMap(it -> it.events(FunctionDeclaration.QueueEvent.class).stream())
        .findFirst().orElseThrow().concurrency();
  }
}
