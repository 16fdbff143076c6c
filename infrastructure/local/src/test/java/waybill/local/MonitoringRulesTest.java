package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.template.FunctionDeclaration.ScheduleEvent;
import waybill.template.Props;
import waybill.template.QueueDeclaration;
import waybill.template.Stack;
import waybill.template.Template;
import waybill.template.Yaml;

/** Nothing that {@code template.yaml} declares fails unheard: what {@code infrastructure/monitoring.yaml} must have for it. */
class MonitoringRulesTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PAGE = PROJECT.resolve("infrastructure/monitoring.yaml");
  private static final Stack STACK = new Stack(Template.read(PROJECT.resolve("template.yaml")),
      Map.of("JwtIssuer", "https://issuer.example", "PublicUrl", "https://shop.example"), name -> name);
  /** One entry for the alarms of a kind that each queue or function has. */
  private static final Set<String> OF_EACH = Set.of("dead-letters", "age", "errors", "silent", "waiting");
  private static final String MEASURED = "(?:Metric\\.\\w+|age)\\(\"([A-Z]\\w+)\"";
  private static final Stack MONITORING = STACK.nested("Monitoring");
  private static final Map<String, Props> ALARMS = MONITORING.resources("AWS::CloudWatch::Alarm");
  /** As it is written: its searches are told from names by what is not yet resolved. */
  private static final String DASHBOARD = map(
      map(map(map(AsText.of(Yaml.read(PAGE))).get("Resources")).get("Dashboard")).get("Properties"))
      .get("DashboardBody").toString();

  /** The reader refuses a parameter that is missing or unknown and an output that is not there. */
  @Test
  void everyTableIsWatchedAndTheTopicIsAnOutput() {
    assertThat(STACK.check()).containsEntry("AlertsTopic", Stack.arn("sns", "waybill-Monitoring-Alerts"));
  }

  /** What a table's metric counts is not what its indexes are asked for. */
  @Test
  void readsAndWritesThatAreThrottledAreHeardOfAtEveryTableAndEveryIndex() {
    assertThat(STACK.tables()).isNotEmpty();
    var tables = new TreeSet<String>();
    var indexes = new TreeSet<String>();
    STACK.tables().forEach(table -> {
      String name = table.request().tableName();
      tables.add(name);
      table.request().globalSecondaryIndexes().forEach(it -> indexes.add(name + " " + it.indexName()));
    });
    for (String kind : List.of("Read", "Write")) {
      var watched = new TreeSet<>(throttled(kind + "Throttles", kind + "ThrottleEvents"));
      watched.addAll(throttled(kind + "ThrottlesOfMore", kind + "ThrottleEvents"));
      assertThat(watched).isEqualTo(tables);
      var watchedIndexes = new TreeSet<>(throttled(kind + "ThrottlesOfIndexes", kind + "ThrottleEvents"));
      watchedIndexes.addAll(throttled(kind + "ThrottlesOfMoreIndexes", kind + "ThrottleEvents"));
      assertThat(watchedIndexes).isEqualTo(indexes);
    }
  }

  private static Set<String> throttled(String alarm, String metric) {
    List<Props> metrics = ALARMS.get(alarm).children("Metrics");
    assertThat(metrics.size()).as("CloudWatch takes ten metrics an alarm, beside what is computed of them")
        .isLessThanOrEqualTo(11);
    return names(metrics.stream().filter(it -> it.has("MetricStat")).map(it -> it.child("MetricStat").child("Metric"))
        .peek(it -> assertThat(it.text("MetricName")).isEqualTo(metric))
        .map(it -> it.children("Dimensions").stream().map(one -> one.text("Value")).collect(Collectors.joining(" "))));
  }

  @Test
  void everyAlarmTellsSomebody() {
    assertThat(ALARMS).isNotEmpty()
        .allSatisfy((_, alarm) -> assertThat(alarm.texts("AlarmActions"))
            .containsExactly(MONITORING.ref("Alerts")));
  }

  @Test
  void everyDeadLetterQueueHasAnAlarmOnTheMetricThatMoves() {
    assertThat(dimensions("ApproximateNumberOfMessagesVisible")).isEqualTo(names(STACK.queues().stream()
        .flatMap(it -> it.redrive().stream()).map(QueueDeclaration.Redrive::deadLetterQueue)));
    assertThat(ALARMS.values()).noneMatch(it -> it.text("MetricName", "").equals("NumberOfMessagesSent"));
  }

  @Test
  void everyQueueThatIsReadHasAnAlarmOnTheAgeOfItsOldestMessage() {
    assertThat(dimensions("ApproximateAgeOfOldestMessage")).isEqualTo(
        names(STACK.queues().stream().filter(it -> it.redrive().isPresent()).map(QueueDeclaration::name)));
  }

  @Test
  void everyFunctionHasAnAlarmOnItsErrorsAndAllHaveOneOnTheConcurrencyThatTheyShare() {
    assertThat(dimensions("Errors")).isEqualTo(names(STACK.functions().stream().map(it -> "waybill-" + it.id())));
    assertThat(ALARMS.values()).filteredOn(it -> it.text("MetricName", "").equals("Throttles")).singleElement()
        .satisfies(it -> assertThat(it.has("Dimensions")).isFalse());
  }

  @Test
  void everyApiHasAlarmsOnItsFailuresAndOnItsLatencyAndIsOnTheDashboard() {
    Set<String> apis = STACK.apis().keySet();
    assertThat(apis).hasSize(2);
    assertThat(dimensions("5xx")).isEqualTo(apis);
    assertThat(dimensions("Latency")).isEqualTo(apis);
    String shown = MONITORING.resolved("Dashboard").text("DashboardBody");
    assertThat(apis).allSatisfy(api -> assertThat(Stream.of("5xx", "Latency"))
        .allMatch(it -> shown.replaceAll("\\s+", "")
            .contains("\"AWS/ApiGateway\",\"%s\",\"ApiId\",\"%s\"".formatted(it, api))));
  }

  /** CloudFormation refuses a stack of more than 500 resources. */
  @Test
  void theStackOfTheAlarmsHasRoomForMore() {
    assertThat(ALARMS).hasSizeLessThan(450);
  }

  /** Nothing else does what these do, so nobody else would notice. */
  @Test
  void everyScheduleHasAnAlarmOnItsSilenceThatWaitsForSeveralMissedRuns() {
    Map<String, Duration> schedules = STACK.functions().stream()
        .flatMap(function -> function.events(ScheduleEvent.class).stream()
            .map(it -> Map.entry("waybill-" + function.id(), it.every())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(dimensions("Invocations")).isNotEmpty().isEqualTo(new TreeSet<>(schedules.keySet()));
    ALARMS.values().stream().filter(it -> it.text("MetricName", "").equals("Invocations")).forEach(it -> {
      int seconds = it.number("Period", 0) * it.number("EvaluationPeriods", 0);
      long runs = seconds / schedules.get(it.children("Dimensions").getFirst().text("Value")).toSeconds();
      assertThat(runs).as(it.text("AlarmName")).isBetween(3L, 15L);
      assertThat(it.text("TreatMissingData")).isEqualTo("breaching");
    });
  }

  @Test
  void everythingThatAFunctionReportsHasAnAlarmAndNothingElseIsWaitedFor() throws IOException {
    Set<String> watched = names(ALARMS.values().stream()
        .filter(it -> it.text("Namespace", "").equals("Waybill/waybill")).map(it -> it.text("MetricName")));
    Set<String> ages = names(inFunctions(MEASURED).stream().filter(it -> it.endsWith("Age")));
    assertThat(watched).containsAll(ages);
    watched.removeAll(ages);
    assertThat(watched).isEqualTo(inFunctions("\\.report\\(\"(\\w+)\""));
  }

  @Test
  void everythingThatAFunctionMeasuresIsOnTheDashboardAndNothingElseIsLookedFor() throws IOException {
    Set<String> shown = Pattern
        .compile(
            "\"Waybill/\\$\\{Waybill\\}\",\\s+\"(\\w+)\"|,(?:currency|waits_for|kind)\\} MetricName=\\\\\"(\\w+)|ispresent\\(([A-Z]\\w+)\\)")
        .matcher(DASHBOARD).results()
        .map(it -> it.group(1) != null ? it.group(1) : it.group(2) != null ? it.group(2) : it.group(3))
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> measured = inFunctions(MEASURED);
    assertThat(measured).isNotEmpty().isSubsetOf(shown);
    shown.removeAll(measured);
    assertThat(inFunctions("\\.report\\(\"(\\w+)\"")).containsAll(shown);
  }

  /** Of 1,000 picked units 2 were caught as wrong at packing, and a customer got 1 that was wrong. */
  @Test
  void accuracyIsOfAllUnitsThatWerePickedAndOfThoseThatCustomersGot() {
    assertThat(accuracy("Pick accuracy", Map.of("picked", 1_000.0, "caught", 2.0, "claimed", 1.0))).isEqualTo("99.7");
    assertThat(accuracy("Ship accuracy", Map.of("picked", 1_000.0, "caught", 2.0, "claimed", 1.0))).isEqualTo("99.9");
    assertThat(accuracy("Pick accuracy", Map.of("picked", 40.0))).as("on a day without errors").isEqualTo("100.0");
  }

  private static String accuracy(String label, Map<String, Double> figures) {
    String formula = Pattern.compile("\"expression\": \"([^\"]*)\", \"label\": \"" + label).matcher(DASHBOARD).results()
        .findFirst().orElseThrow().group(1);
    return "%.1f".formatted(new Formula(formula, figures).sum());
  }

  /** As much of CloudWatch's metric math as the dashboard uses. */
  private static final class Formula {
    private final String text;
    private final Map<String, Double> figures;
    private int at;

    Formula(String text, Map<String, Double> figures) {
      this.text = text;
      this.figures = figures;
    }

    private boolean takes(char sign) {
      boolean there = at < text.length() && text.charAt(at) == sign;
      at += there ? 1 : 0;
      return there;
    }

    double sum() {
      double value = product();
      while (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        value += takes('+') ? product() : takes('-') ? -product() : 0;
      }
      return value;
    }

    private double product() {
      double value = term();
      while (at < text.length() && "*/".indexOf(text.charAt(at)) >= 0) {
        value *= takes('*') ? term() : takes('/') ? 1 / term() : 1;
      }
      return value;
    }

    private double term() {
      if (takes('(')) {
        double value = sum();
        assertThat(takes(')')).isTrue();
        return value;
      }
      int from = at;
      while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      String word = text.substring(from, at);
      if (word.equals("FILL")) {
        int end = text.indexOf(",0)", at);
        double value = figures.getOrDefault(text.substring(at + 1, end), 0.0);
        at = end + 3;
        return value;
      }
      return word.matches("[0-9]+") ? Integer.parseInt(word) : figures.get(word);
    }
  }

  @Test
  void metricsOfOurOwnAreInTheNamespaceOfTheirStackAlone() {
    assertThat(STACK.functions()).allSatisfy(
        it -> assertThat(it.environment()).containsEntry("METRICS_NAMESPACE", "Waybill/" + Stack.NAME));
    assertThat(MONITORING.parameter("Waybill")).hasValue(Stack.NAME);
    String elsewhere = DASHBOARD.replace("Waybill/${Waybill}", "").replace("${Waybill}", "");
    assertThat(elsewhere).doesNotContain("Waybill");
  }

  /** Whole values alone are quoted: the stack's name never is one. */
  @Test
  void whatTheDashboardSearchesForByPartOfANameIsNotQuoted() {
    List<String> searches = Pattern.compile("SEARCH\\('\\{[^}]*(?:\\$\\{Waybill\\}[^}]*)?\\} (.*?)'").matcher(DASHBOARD)
        .results().map(it -> it.group(1)).toList();
    assertThat(searches).hasSize(8).allMatch(it -> it.matches("MetricName=\\\\\"\\w+\\\\\"[^\"]*"));
  }

  private static Set<String> inFunctions(String pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(PROJECT.resolve("functions"))) {
      for (Path file : files.filter(it -> it.toString().matches(".*/src/main/.*\\.java")).toList()) {
        Pattern.compile(pattern).matcher(Files.readString(file)).results().forEach(it -> found.add(it.group(1)));
      }
    }
    return found;
  }

  @Test
  void everyAlarmHasAnEntryInTheRunbooksThatNamesItAndNoEntryIsIdle() throws IOException {
    Map<String, String> entries = Arrays
        .stream(Files.readString(PROJECT.resolve("infrastructure/runbooks.md")).split("(?m)^## `")).skip(1)
        .collect(Collectors.toMap(it -> it.substring(0, it.indexOf('`')), it -> it));
    var used = new TreeSet<String>();
    String page = MONITORING.parameter("Runbooks").orElseThrow();
    for (Props alarm : ALARMS.values()) {
      String name = alarm.text("AlarmName").replaceFirst("waybill-", "");
      List<String> found = entries.keySet().stream()
          .filter(it -> name.equals(it) || OF_EACH.contains(it) && watched(alarm).map(one -> it + "-" + one)
              .filter(name::equals).isPresent())
          .toList();
      assertThat(found).as(name).hasSize(1);
      // The anchor that a heading has on GitHub and its likes.
      assertThat(alarm.text("AlarmDescription")).as(name).matches("[A-Z].+\\. .+")
          .endsWith(" " + page + "#" + found.getFirst().toLowerCase(Locale.ROOT));
      used.addAll(found);
    }
    assertThat(used).isEqualTo(entries.keySet());
  }

  /** The queue or function of an alarm that each of them has. */
  private static Optional<String> watched(Props alarm) {
    return alarm.children("Dimensions").stream().findFirst()
        .map(it -> it.text("Value").replaceFirst("waybill-", "").replaceFirst("-dead-letters$", ""));
  }

  /** The values that alarms on a metric watch, in a stack named waybill. */
  private static Set<String> dimensions(String metric) {
    return names(ALARMS.values().stream().filter(it -> metric.equals(it.text("MetricName", "")))
        .map(it -> it.children("Dimensions").getFirst().text("Value")));
  }

  private static Set<String> names(Stream<String> names) {
    return names.collect(Collectors.toCollection(TreeSet::new));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }
}
