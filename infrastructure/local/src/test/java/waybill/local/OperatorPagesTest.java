package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.Props;
import waybill.template.QueueDeclaration;
import waybill.template.Stack;

/**
 * Every step of the runbooks and of the guide for deploying exists: what they ask the log for is logged, what they call is a route, what they
 * name is in the templates. Their commands are run by {@code infrastructure/tools/check-pages} and by a journey.
 */
class OperatorPagesTest {
  private static final Path PROJECT = TemplateRulesTest.PROJECT;
  private static final Stack STACK = TemplateRulesTest.STACK;
  private static final String RUNBOOKS = text("infrastructure/runbooks.md");
  private static final String DEPLOYING = text("infrastructure/deploying.md");
  private static final List<String> SOURCES = sources();

  /** In every line, and what Lambda and CloudWatch add: "Lambda JSON log format" and "Supported logs and discovered fields". */
  private static final Set<String> EVERYWHERE = Set.of("level", "fn", "message", "message_id", "request_id", "reason",
      "where", "cold_start", "type", "record.status", "@timestamp");
  private static final Set<String> WORDS = Set.of("fields", "filter", "stats", "sort", "limit", "count", "max", "min",
      "pct", "latest", "by", "and", "or", "not", "ispresent", "like", "desc", "asc");
  private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern CONDITION = Pattern.compile("(fn|level|message|type) (?:!?=) \"([^\"]*)\"");

  @TestFactory
  Stream<DynamicTest> everyQueryAsksForWhatIsLogged() {
    List<String> queries = code(RUNBOOKS).filter(it -> it.matches("(?s)(fields|filter|stats) .*")).distinct().toList();
    assertThat(queries).hasSizeGreaterThan(20);
    return queries.stream().map(it -> DynamicTest.dynamicTest(it, () -> check(it)));
  }

  private static void check(String query) {
    Map<String, List<String>> conditions = CONDITION.matcher(query).results().collect(
        Collectors.groupingBy(it -> it.group(1), Collectors.mapping(it -> it.group(2), Collectors.toList())));
    List<String> lines = conditions.containsKey("message")
        ? conditions.get("message").stream().flatMap(OperatorPagesTest::loggedWith).toList()
        : SOURCES;
    conditions.getOrDefault("fn", List.of())
        .forEach(it -> assertThat(STACK.functions()).anyMatch(function -> function.id().equals(it)));
    assertThat(conditions.getOrDefault("level", List.of())).isSubsetOf("INFO", "WARN", "ERROR");
    assertThat(conditions.getOrDefault("type", List.of())).isSubsetOf("platform.report", "platform.restoreReport");
    Set<String> known = new TreeSet<>(EVERYWHERE);
    lines.forEach(source -> STRING.matcher(source).results().forEach(it -> known.add(it.group(1))));
    if (!conditions.containsKey("message")) {
      known.addAll(accessLog());
    }
    known.addAll(STRING.matcher(query.replaceAll("as (\\w+)", "\"$1\"")).results().map(it -> it.group(1)).toList());
    assertThat(asked(query)).isNotEmpty().isSubsetOf(known);
  }

  /** The files that log this message. */
  private static Stream<String> loggedWith(String message) {
    List<String> found = SOURCES.stream().filter(it -> it.contains('"' + message + '"')).toList();
    assertThat(found).as("who logs " + message).isNotEmpty();
    return found.stream();
  }

  private static Set<String> asked(String query) {
    String bare = query.replaceAll("\"[^\"]*\"|/[^/]+/", " ");
    return Pattern.compile("[@A-Za-z_][\\w.]*").matcher(bare).results().map(it -> it.group())
        .filter(it -> !WORDS.contains(it) && !it.equals("as")).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> accessLog() {
    Props api = STACK.resources("AWS::Serverless::HttpApi").get("Api");
    return Pattern.compile("\"(\\w+)\":").matcher(api.child("AccessLogSettings").text("Format")).results()
        .map(it -> it.group(1)).collect(Collectors.toSet());
  }

  @Test
  void everyCallIsARouteThatTakesIt() {
    List<String> calls = Stream.of(RUNBOOKS, DEPLOYING).flatMap(OperatorPagesTest::code)
        .filter(it -> it.matches("(GET|POST|PUT) /.*")).distinct().toList();
    assertThat(calls).hasSizeGreaterThan(5);
    Set<String> routes = STACK.functions().stream().flatMap(it -> it.events(RouteEvent.class).stream())
        .map(it -> it.method() + " " + it.path()).collect(Collectors.toSet());
    assertThat(calls).allSatisfy(call -> {
      assertThat(routes).contains(call.replaceAll("\\?.*", ""));
      Matcher query = Pattern.compile("\\?(\\w+)=(\\w+)").matcher(call);
      if (query.find()) {
        assertThat(text("infrastructure/openapi.yaml")).contains("name: " + query.group(1));
        assertThat(SOURCES).as(call).anyMatch(it -> it.contains('"' + query.group(1) + '"'))
            .anyMatch(it -> it.contains(" " + query.group(2).toUpperCase(Locale.ROOT)));
      }
    });
  }

  @Test
  void theGuideForDeployingSaysWhichPathsTheApiOfPeopleAtWorkHas() {
    String list = DEPLOYING.substring(DEPLOYING.indexOf("The first word of a path says"));
    list = list.substring(0, list.indexOf(" are operations"));
    assertThat(Pattern.compile("`/([a-z-]+)`").matcher(list).results().map(it -> it.group(1)))
        .containsExactlyElementsOf(STACK.nested("Operations").functions().stream()
            .flatMap(it -> it.events(RouteEvent.class).stream()).map(it -> it.path().split("/")[1])
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyFunctionQueueAndIndexThatTheRunbooksNameIsThere() {
    Set<String> functions = STACK.functions().stream().map(it -> it.id()).collect(Collectors.toSet());
    assertThat(named("[A-Z][a-z]+(?:[A-Z][a-z]+)+", RUNBOOKS)).filteredOn(it -> it.matches(".*(Order|Payment|Stock|"
        + "Fulfillment|Label|Shipment|Customer|Packed|Unclaimed|Unlabelled|Orders|Tracking)"))
        .isNotEmpty().isSubsetOf(functions);
    Set<String> queues = STACK.queues().stream().map(QueueDeclaration::name).map(it -> it.replace("waybill-", ""))
        .collect(Collectors.toSet());
    assertThat(named("[a-z]+-(?:order|payment|stock|fulfillment|label|shipment|customer)", RUNBOOKS)).isNotEmpty()
        .isSubsetOf(queues);
    Set<String> indexes = STACK.tables().stream().flatMap(it -> it.request().globalSecondaryIndexes().stream())
        .map(it -> it.indexName()).collect(Collectors.toSet());
    assertThat(named("by_[a-z]+", RUNBOOKS)).isNotEmpty().isSubsetOf(indexes);
    STACK.resources("AWS::Logs::LogGroup").values()
        .forEach(it -> assertThat(RUNBOOKS).contains(it.text("LogGroupName").replace("waybill/access", "STACK/access")
            .replace("/waybill/waybill", "/waybill/STACK")));
  }

  private static Set<String> named(String pattern, String page) {
    return code(page).filter(it -> it.matches(pattern)).collect(Collectors.toCollection(TreeSet::new));
  }

  /** In the table and in samconfig.toml's override. */
  @Test
  void everyParameterThatTheGuideSetsIsOneOfTheTemplate() {
    String table = DEPLOYING.substring(DEPLOYING.indexOf("| Parameter |"), DEPLOYING.indexOf("```bash account\nmvn"));
    Set<String> set = Pattern.compile("`([A-Z]\\w+)=?`").matcher(table).results().map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    set.addAll(Pattern.compile("\"([A-Z]\\w+)=").matcher(DEPLOYING + text("samconfig.toml")).results()
        .map(it -> it.group(1)).toList());
    assertThat(set).contains("MailDomain", "ShiftBy").allSatisfy(it -> assertThat(STACK.parameter(it)).isPresent());
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() {
    for (String page : List.of("runbooks.md", "deploying.md", "design-risks.md")) {
      Pattern.compile("\\]\\(([^)#]*)(?:#([^)]+))?\\)").matcher(text("infrastructure/" + page)).results()
          .filter(it -> !it.group(1).startsWith("http")).forEach(it -> {
            Path file = it.group(1).isEmpty()
                ? PROJECT.resolve("infrastructure/" + page)
                : PROJECT.resolve("infrastructure").resolve(it.group(1)).normalize();
            assertThat(file).as(page + ": " + it.group()).exists();
            if (it.group(2) != null) {
              assertThat(anchors(file)).as(page + ": " + it.group()).contains(it.group(2));
            }
          });
    }
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path file) {
    return text(PROJECT.relativize(file).toString()).lines().filter(it -> it.startsWith("#"))
        .map(it -> it.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  /** What stands in a block or between back-quotes. */
  private static Stream<String> code(String page) {
    Stream<String> blocks = Pattern.compile("(?sm)^ *```\\w*\\n(.*?)^ *```$").matcher(page).results()
        .map(it -> it.group(1).strip());
    String prose = page.replaceAll("(?sm)^ *```.*?^ *```$", "");
    return Stream.concat(blocks, Pattern.compile("`([^`]+)`").matcher(prose).results()
        .map(it -> it.group(1).replaceAll("\\s+", " ")));
  }

  private static List<String> sources() {
    try (Stream<Path> files = Files.walk(PROJECT.resolve("functions"))) {
      return files.filter(it -> it.toString().matches(".*/src/main/.*\\.java")).map(PROJECT::relativize)
          .map(it -> text(it.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String file) {
    try {
      return Files.readString(PROJECT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
