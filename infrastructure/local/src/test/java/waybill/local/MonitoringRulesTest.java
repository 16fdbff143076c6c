package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.template.QueueDeclaration;
import waybill.template.Stack;
import waybill.template.Template;
import waybill.template.Yaml;

/** Nothing that {@code template.yaml} declares fails unheard: what {@code infrastructure/monitoring.yaml} must have for it. */
class MonitoringRulesTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PAGE = PROJECT.resolve("infrastructure/monitoring.yaml");
  /** One loop over names, as {@code AWS::LanguageExtensions} writes it out. */
  private static final String LOOP = "Fn::ForEach::";
  /** By their logical ids, their properties as texts, loops written out. */
  private static final Map<String, Map<String, Object>> ALARMS = alarms();
  private static final String DASHBOARD = map(
      map(map(map(AsText.of(Yaml.read(PAGE))).get("Resources")).get("Dashboard"))
          .get("Properties"))
      .get("DashboardBody").toString();
  private static final Stack STACK = new Stack(Template.read(PROJECT.resolve("template.yaml")),
      Map.of("JwtIssuer", "https://issuer.example", "PublicUrl", "https://shop.example"), name -> name);

  @Test
  void itIsGivenExactlyWhatItAsksForAndGivesWhatIsAskedOfIt() throws IOException {
    Map<String, Object> page = map(AsText.of(Yaml.read(PAGE)));
    assertThat(STACK.resolved("Monitoring").child("Parameters").values().keySet())
        .isEqualTo(map(page.get("Parameters")).keySet());
    String template = Files.readString(PROJECT.resolve("template.yaml"));
    assertThat(Pattern.compile("Monitoring\\.Outputs\\.(\\w+)").matcher(template).results().map(it -> it.group(1)))
        .isNotEmpty().allSatisfy(it -> assertThat(map(page.get("Outputs"))).containsKey(it));
  }

  @Test
  void everyAlarmTellsSomebody() {
    assertThat(ALARMS).isNotEmpty()
        .allSatisfy((name, alarm) -> assertThat(alarm.get("AlarmActions")).isEqualTo(List.of("!Ref Alerts")));
  }

  @Test
  void everyDeadLetterQueueHasAnAlarmOnTheMetricThatMoves() {
    assertThat(dimensions("ApproximateNumberOfMessagesVisible")).isEqualTo(names(STACK.queues().stream()
        .flatMap(it -> it.redrive().stream()).map(QueueDeclaration.Redrive::deadLetterQueue)));
    assertThat(ALARMS.values()).noneMatch(it -> "NumberOfMessagesSent".equals(it.get("MetricName")));
  }

  @Test
  void everyQueueThatIsReadHasAnAlarmOnTheAgeOfItsOldestMessage() {
    assertThat(dimensions("ApproximateAgeOfOldestMessage")).isEqualTo(
        names(STACK.queues().stream().filter(it -> it.redrive().isPresent()).map(QueueDeclaration::name)));
  }

  @Test
  void everyFunctionHasAlarmsOnErrorsAndThrottles() {
    Set<String> functions = names(STACK.functions().stream().map(it -> "waybill-" + it.id()));
    assertThat(dimensions("Errors")).isEqualTo(functions);
    assertThat(dimensions("Throttles")).isEqualTo(functions);
  }

  @Test
  void everyTableHasItsThrottledWritesWatched() {
    String alarms = ALARMS.values().toString();
    assertThat(STACK.tables()).isNotEmpty()
        .allSatisfy(it -> assertThat(alarms).contains("!Ref " + it.request().tableName()));
  }

  @Test
  void everythingThatAFunctionReportsHasAnAlarmAndNothingElseIsWaitedFor() throws IOException {
    assertThat(names(ALARMS.values().stream().filter(it -> "!Sub Waybill/${Waybill}".equals(it.get("Namespace")))
        .map(it -> it.get("MetricName").toString().replace("!Ref ", ""))))
        .isEqualTo(inFunctions("\\.report\\(\"(\\w+)\""));
  }

  @Test
  void everythingThatAFunctionMeasuresIsOnTheDashboardAndNothingElseIsLookedFor() throws IOException {
    Set<String> shown = Pattern
        .compile(
            "\"Waybill/\\$\\{Waybill\\}\",\\s+\"(\\w+)\"|,currency\\} MetricName=\\\\\"(\\w+)|ispresent\\(([A-Z]\\w+)\\)")
        .matcher(DASHBOARD).results()
        .map(it -> it.group(1) != null ? it.group(1) : it.group(2) != null ? it.group(2) : it.group(3))
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> measured = inFunctions("Metric\\.\\w+\\(\"(\\w+)\"");
    assertThat(measured).isNotEmpty().isSubsetOf(shown);
    shown.removeAll(measured);
    assertThat(inFunctions("\\.report\\(\"(\\w+)\"")).containsAll(shown);
  }

  @Test
  void metricsOfOurOwnAreInTheNamespaceOfTheirStackAlone() {
    assertThat(STACK.functions()).allSatisfy(
        it -> assertThat(it.environment()).containsEntry("METRICS_NAMESPACE", "Waybill/" + Stack.NAME));
    assertThat(STACK.resolved("Monitoring").child("Parameters").text("Waybill")).isEqualTo(Stack.NAME);
    String elsewhere = DASHBOARD.replace("Waybill/${Waybill}", "").replace("${Waybill}", "");
    assertThat(elsewhere).doesNotContain("Waybill");
  }

  /** Whole values alone are quoted: the stack's name never is one. */
  @Test
  void whatTheDashboardSearchesForByPartOfANameIsNotQuoted() {
    List<String> searches = Pattern.compile("SEARCH\\('\\{[^}]*(?:\\$\\{Waybill\\}[^}]*)?\\} (.*?)'").matcher(DASHBOARD)
        .results().map(it -> it.group(1)).toList();
    assertThat(searches).hasSize(6).allMatch(it -> it.matches("MetricName=\\\\\"\\w+\\\\\"[^\"]*"));
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
    for (Map<String, Object> alarm : ALARMS.values()) {
      String name = alarm.get("AlarmName").toString().replace("!Sub ${Waybill}-", "");
      List<String> found = entries.keySet().stream().filter(it -> name.equals(it)
          || name.startsWith(it + "-") && entries.get(it).contains('`' + name.substring(it.length() + 1) + '`'))
          .toList();
      assertThat(found).as(name).hasSize(1);
      used.addAll(found);
    }
    assertThat(used).isEqualTo(entries.keySet());
  }

  /** The values that alarms on a metric watch, in a stack named waybill. */
  private static Set<String> dimensions(String metric) {
    return names(ALARMS.values().stream().filter(it -> metric.equals(it.get("MetricName")))
        .map(it -> map(((List<?>) it.get("Dimensions")).getFirst()).get("Value").toString()
            .replace("!Sub ${Waybill}", "waybill")));
  }

  private static Set<String> names(Stream<String> names) {
    return names.collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Map<String, Object>> alarms() {
    var alarms = new LinkedHashMap<String, Map<String, Object>>();
    map(map(AsText.of(Yaml.read(PAGE))).get("Resources")).forEach((name, body) -> {
      if (name.startsWith(LOOP)) {
        alarms.putAll(writtenOut((List<?>) body));
      } else if (map(body).get("Type").equals("AWS::CloudWatch::Alarm")) {
        alarms.put(name, map(map(body).get("Properties")));
      }
    });
    return alarms;
  }

  /** A loop is the name of its variable, the values, and what is repeated. */
  private static Map<String, Map<String, Object>> writtenOut(List<?> loop) {
    var alarms = new LinkedHashMap<String, Map<String, Object>>();
    for (Object value : (List<?>) loop.get(1)) {
      Map<String, Object> repeated = map(with(loop.getFirst().toString(), value.toString(), loop.get(2)));
      repeated.forEach((name, body) -> alarms.put(name, map(map(body).get("Properties"))));
    }
    return alarms;
  }

  private static Object with(String variable, String value, Object tree) {
    return switch (tree) {
      case String text -> text.equals("!Ref " + variable)
          ? value
          : text.replace("${" + variable + "}", value).replace("&{" + variable + "}", value.replaceAll("\\W|_", ""));
      case List<?> list -> list.stream().map(it -> with(variable, value, it)).toList();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((name, child) -> copy.put((String) with(variable, value, name), with(variable, value, child)));
        yield copy;
      }
      default -> tree;
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }
}
