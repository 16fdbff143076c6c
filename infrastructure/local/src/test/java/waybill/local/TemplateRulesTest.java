package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** What must be true of the project's own {@code template.yaml}, whatever is added to it. */
class TemplateRulesTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final int FOURTEEN_DAYS_SECONDS = 14 * 86_400;
  private static final Map<String, Object> TEMPLATE = map(plain(Yaml.read(PROJECT.resolve("template.yaml"))));

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
  void everyQueueHasDeadLettersThatAreKeptLongerAndAlarmSomebody() {
    queueEvents().forEach((function, event) -> {
      Map<String, Object> queue = properties(resource(function + "Queue"));
      Map<String, Object> deadLetters = properties(resource(function + "DeadLetters"));
      assertThat(event.get("Queue")).isEqualTo("!GetAtt " + function + "Queue.Arn");
      assertThat(map(queue.get("RedrivePolicy")).get("deadLetterTargetArn"))
          .isEqualTo("!GetAtt " + function + "DeadLetters.Arn");
      assertThat((int) map(queue.get("RedrivePolicy")).get("maxReceiveCount")).isGreaterThanOrEqualTo(5);
      assertThat((int) deadLetters.get("MessageRetentionPeriod")).isEqualTo(FOURTEEN_DAYS_SECONDS)
          .isGreaterThan((int) queue.get("MessageRetentionPeriod"));
      Map<String, Object> alarm = properties(resource(function + "DeadLettersAlarm"));
      assertThat(alarm.get("MetricName")).as("the metric that moves").isEqualTo("ApproximateNumberOfMessagesVisible");
      assertThat(alarm.get("Dimensions").toString()).contains(function + "DeadLetters.QueueName");
      assertThat((List<?>) alarm.get("AlarmActions")).isNotEmpty();
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
  void noPermissionIsAWildcardOrACannedPolicy() {
    functions().forEach((name, function) -> statements(function).forEach(statement -> {
      assertThat(statement.get("Action").toString()).as(name).doesNotContain("*");
      assertThat(statement.get("Resource").toString()).as(name).doesNotContain("*");
    }));
  }

  @Test
  void noCapabilityWritesAnothersTable() {
    var writing = Pattern.compile("dynamodb:(Put|Update|Delete|BatchWrite)");
    functions().forEach((name, function) -> {
      String capability = properties(function).get("CodeUri").toString().split("/")[1];
      statements(function).stream().filter(it -> writing.matcher(it.get("Action").toString()).find())
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
      statements(function).stream().filter(it -> it.get("Action").toString().contains("sqs:"))
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
    var events = new LinkedHashMap<String, Map<String, Object>>();
    functions().forEach(
        (name, function) -> map(properties(function).get("Events")).values().stream().map(TemplateRulesTest::map)
            .filter(event -> event.get("Type").equals("SQS")).forEach(event -> events.put(name, properties(event))));
    return events;
  }

  private static List<Map<String, Object>> statements(Map<String, Object> function) {
    var statements = new ArrayList<Map<String, Object>>();
    // A canned policy would be a text, and no map.
    ((List<?>) properties(function).getOrDefault("Policies", List.of()))
        .forEach(policy -> ((List<?>) map(policy).get("Statement")).forEach(it -> statements.add(map(it))));
    return statements;
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

  /** {@code !Ref X} and the like become texts, longs become ints. */
  private static Object plain(Object tree) {
    return switch (tree) {
      case null -> null;
      case Yaml.Intrinsic call -> "!" + call.name().replace("Fn::", "") + " " + call.argument();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> copy.put(name.toString(), plain(value)));
        yield copy;
      }
      case List<?> list -> list.stream().map(TemplateRulesTest::plain).toList();
      case Long number -> Math.toIntExact(number);
      default -> tree;
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }
}
