package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.Stack;
import waybill.template.Template;
import waybill.local.gateway.Answered;
import waybill.local.machine.Json;
import waybill.template.Yaml;

/** {@code infrastructure/openapi.yaml} describes the routes of {@code template.yaml}, all of them and no others, by examples that are true. */
class OpenApiTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Stack STACK = new Stack(Template.read(PROJECT.resolve("template.yaml")),
      Map.of("ScopePrefix", ""),
      queue -> queue);
  private static final Map<String, Object> API = map(Yaml.read(OpenApi.FILE));
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
  private static final Pattern HELD = Pattern.compile("RequestSchema\\.of\\(\"(\\w+)\"\\)");
  /** Parts of an enum, and what is read and written as texts. */
  private static final List<Set<String>> NO_ENUMS = List.of(Set.of("open", "packed", "short"),
      Set.of("held", "ordered", "released", "expired"),
      Set.of("open", "awaiting_capture", "packed", "short", "cancelled"),
      Set.of("planned", "open", "packed", "repacking", "short", "refused", "cancelled"),
      Set.of("stripe", "external", "store_credit"),
      Set.of("bounced", "complained"),
      Set.of("claimed", "sent", "suppressed", "uncertain", "soft_bounced", "rejected", "bounced", "complained"),
      Set.of("test", "production"), Set.of("en", "de", "fr"),
      Set.of("missing", "malformed", "wrong", "stale"),
      Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
      Set.of("packed", "unknown", "pre_transit", "in_transit", "on_hold", "out_for_delivery", "ready_for_pickup",
          "delivery_failed", "delivered", "returned", "cancelled"));
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final OpenApi OPEN_API = new OpenApi();
  private static final String TEA = "{\"name\":\"Assam\"}";
  private static final String TEA_MADE = """
      {"sku":"TEA","name":"Assam","weight_grams":0,"length_mm":0,"width_mm":0,"height_mm":0,"requires_shipping":true,
       "components":[],"lot_tracked":false,"expires":false,"minimum_life_days":0,"requires":[],"customs":{"hs_codes":[]},"packs":[],"quality_hold":false,"exchange_for":[],"metadata":{},"created_at":"2026-11-20T08:00:00.000Z","updated_at":"2026-11-20T08:00:00.000Z","revision":1}""";

  /** Who answers, and which scopes open it, any one of them; null where no token is asked for. */
  private record Route(String function, Set<String> scopes) {}

  @Test
  void everyRouteIsDescribedWithItsScopesAndNoOther() {
    assertThat(described()).isEqualTo(declared());
  }

  @Test
  void everyPathOfTheApiOfPeopleAtWorkSaysItsServersAndNoOther() {
    Set<String> ofOperations = STACK.nested("Operations").functions().stream()
        .flatMap(it -> it.events(RouteEvent.class).stream()).map(RouteEvent::path).collect(Collectors.toSet());
    Map<String, Object> servers = new TreeMap<>();
    at("paths").forEach((path, item) -> Optional.ofNullable(map(item).get("servers"))
        .ifPresent(it -> servers.put(path, it)));
    assertThat(servers.keySet()).isEqualTo(ofOperations);
    assertThat(Set.copyOf(servers.values())).singleElement().asString().contains("http://localhost:3000",
        "OperationsApiUrl");
  }

  @Test
  void everyScopeThatOpensARouteIsExplained() {
    String explained = map(map(at("components"), "securitySchemes"), "Tokens").get("description").toString();
    Stream<String> scopes = declared().values().stream().filter(it -> it.scopes != null)
        .flatMap(it -> it.scopes.stream());
    assertThat(scopes).allSatisfy(scope -> assertThat(explained).contains("- `" + scope + "` "));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    var references = new TreeSet<String>();
    walk(API, node -> {
      if (node.get("$ref") instanceof String reference) {
        references.add(reference);
      }
    });
    assertThat(references).isNotEmpty().allSatisfy(it -> assertThat(resolved(Map.of("$ref", it))).isNotNull());
  }

  /** Readers of YAML refuse a file of more than fifty, as one that grows without end; what is shared is a component. */
  @Test
  void theFileHasFewAliasesOfMapsAndLists() throws IOException {
    LoadSettings few = LoadSettings.builder().setMaxAliasesForCollections(35).build();
    assertThat(new Compose(few).composeString(Files.readString(OpenApi.FILE))).isPresent();
  }

  @Test
  void everyVariableOfAPathIsDescribed() {
    operations((route, operation) -> {
      Set<String> variables = VARIABLE.matcher(route).results().map(it -> it.group(1)).collect(Collectors.toSet());
      assertThat(parameters(route, operation, "path")).as(route).isEqualTo(variables);
    });
  }

  @Test
  void everyRefusalThatARouteImpliesIsDescribed() {
    operations((route, operation) -> {
      boolean open = list(operation.get("security")).isEmpty();
      boolean sends = operation.containsKey("requestBody");
      var implied = new TreeSet<>(Set.of("429", "500", "503"));
      implied.addAll(open ? Set.of() : Set.of("401", "403"));
      implied.addAll(sends ? Set.of("400", "413") : Set.of());
      implied.addAll(sends && !open ? Set.of("422") : Set.of());
      implied.addAll(parameters(route, operation, "query").isEmpty() ? Set.of() : Set.of("422"));
      implied.addAll(parameters(route, operation, "path").isEmpty() ? Set.of() : Set.of("404"));
      implied.addAll(parameters(route, operation, "header").contains("If-Match") ? Set.of("412") : Set.of());
      assertThat(map(operation, "responses").keySet()).as(route).containsAll(implied);
    });
  }

  @Test
  void everyPutTellsWhetherItMadeOrReplaced() {
    operations((route, operation) -> assertThat(map(operation, "responses").containsKey("201")).as(route)
        .isEqualTo(route.startsWith("PUT ") && !route.endsWith("/tags") // which an order always has
            && !route.endsWith("/pools/{pool}") // which is there with its location
            || route.equals("POST /orders") || route.equals("POST /transfers") || route.equals("POST /reservations")
            || route.equals("POST /manifests") || route.equals("POST /carrier-pickups")
            || route.equals("POST /assemblies") || route.equals("POST /incidents") || route.equals("POST /disruptions")
            || route.endsWith("/completions") || route.endsWith("/adjustments")
            || route.endsWith("/receipts") || route.equals("POST /bin-moves") || route.equals("POST /waves")
            || route.equals("POST /returns") || route.equals("POST /counts")
            || route.endsWith("/tallies")
            || route.equals("POST /claims")
            || route.endsWith("/photos")
            || route.endsWith("/dispositions")));
  }

  @Test
  void everyRequestButAWebhookRefusesUnknownFields() {
    operations((route, operation) -> {
      if (operation.containsKey("requestBody") && !list(operation.get("security")).isEmpty()) {
        media(operation.get("requestBody"), (type, content) -> walkSchema(content.get("schema"), schema -> {
          if (types(schema).contains("object")) {
            assertThat(schema.getOrDefault("additionalProperties", true)).as(route + " " + schema.keySet())
                .isNotEqualTo(true);
          }
        }));
      }
    });
  }

  /** A webhook's sender decides what is in it, and its reader passes over what it does not know. */
  @Test
  void everySchemaOfARequestButAWebhooksIsHeldAgainstItsReader() throws IOException {
    var held = new TreeSet<String>();
    try (Stream<Path> tests = Files.walk(PROJECT.resolve("functions"))) {
      for (Path test : tests.filter(it -> it.toString().matches(".*/src/test/.*Test\\.java")).toList()) {
        HELD.matcher(Files.readString(test)).results().forEach(it -> held.add(it.group(1)));
      }
    }
    var described = new TreeSet<String>();
    operations((route, operation) -> {
      if (operation.containsKey("requestBody") && !list(operation.get("security")).isEmpty()) {
        media(operation.get("requestBody"), (type, content) -> {
          if (type.equals("application/json")) {
            described.add(map(content.get("schema")).get("$ref").toString().replaceFirst(".*/", ""));
          }
        });
      }
    });
    assertThat(held).isEqualTo(described);
  }

  /** A constant that is added to one of them is missing in the other. */
  @Test
  void everyListOfValuesHasTheConstantsOfAnEnum() {
    Set<Set<String>> enums = ArchitectureTest.PRODUCT.stream().filter(JavaClass::isEnum)
        .flatMap(it -> Stream.of("_", ".").map(first -> it.getEnumConstants().stream()
            .map(constant -> constant.name().toLowerCase(Locale.ROOT).replaceFirst("_", first))
            .collect(Collectors.toSet())))
        .collect(Collectors.toSet());
    var lists = new ArrayList<Set<String>>();
    walk(API, node -> Stream.of("enum", "x-extensible-enum").map(node::get).filter(List.class::isInstance)
        .forEach(it -> lists.add(texts(list(it).stream().filter(Objects::nonNull).toList()))));
    assertThat(lists).hasSizeGreaterThan(20)
        .allSatisfy(it -> assertThat(enums.contains(it) || NO_ENUMS.contains(it)).as("%s", it).isTrue());
    assertThat(lists).containsAll(NO_ENUMS);
  }

  @Test
  void everyExampleOfARequestFitsItsSchema() {
    operations((route, operation) -> {
      if (operation.containsKey("requestBody")) {
        assertExamplesFit(route, operation.get("requestBody"), OPEN_API::formMisfits);
      }
    });
  }

  @Test
  void everyExampleOfAResponseFitsItsSchemaAndHasNothingElse() {
    operations((route, operation) -> map(operation, "responses").forEach(
        (status, response) -> assertExamplesFit(route + " " + status, response, OPEN_API::answerMisfits)));
    at("x-gateway").forEach((status, response) -> assertExamplesFit(status, response, OPEN_API::answerMisfits));
  }

  @Test
  void everySampleOfARequestIsAnExample() throws IOException {
    var examples = new TreeSet<Path>();
    walk(API, node -> {
      if (node.get("externalValue") instanceof String file) {
        examples.add(OpenApi.FILE.resolveSibling(file).normalize());
      }
    });
    try (Stream<Path> files = Files.list(PROJECT.resolve("events"))) {
      Stream<Path> requests = files
          .filter(it -> it.toString().matches(".*\\.(json|csv)") && !messages().contains(it.getFileName().toString()));
      assertThat(requests).containsExactlyInAnyOrderElementsOf(examples);
    }
  }

  /** The checks above, and those of the journeys, are worth what this finds. */
  @Test
  void whatIsNotAsItIsDescribedIsFound() {
    assertThat(misfits("PUT /products/{sku}", 201, TEA, TEA_MADE)).isEmpty();
    assertThat(misfits("PUT /products/{sku}", 201, TEA, TEA_MADE.replace("\"revision\"", "\"version\"")))
        .anyMatch(it -> it.contains("revision")).anyMatch(it -> it.contains("version"));
    assertThat(misfits("PUT /products/{sku}", 201, TEA, TEA_MADE.replace("T08:00:00.000Z", "")))
        .anyMatch(it -> it.startsWith("/created_at "));
    assertThat(misfits("PUT /products/{sku}", 201, TEA.replace("name", "nom"), TEA_MADE))
        .allMatch(it -> it.startsWith("it took a request that is none: ")).hasSize(2);
    assertThat(misfits("PUT /products/{sku}", 204, TEA, "")).containsExactly("the status is not described");
    assertThat(misfits("PUT /products/{sku}", 422, "", "{}")).containsExactly("application/json is not described");
    assertThat(misfits("GET /products/{sku}", 200, "", "not json")).hasSize(1);
    var without = new Answered("GET", "/", Optional.of("GET /products/{sku}"), Map.of(), new byte[0], false, 200,
        Map.of("Content-type", List.of("application/json")), TEA_MADE.getBytes(StandardCharsets.UTF_8));
    assertThat(OPEN_API.misfits(without)).containsExactly("ETag is missing");
    JsonNode schema = OPEN_API.document().at("/components/schemas/OrderProgress");
    ObjectNode progress = Json.tree(Map.of("status", "open", "awaiting", "stock", "payment_status", "paid",
        "stock_status", "pending", "fulfillment_status", "unfulfilled", "delivery_status", "pending"));
    assertThat(OPEN_API.answerMisfits(schema, progress)).isEmpty();
    assertThat(OPEN_API.answerMisfits(schema, progress.putNull("awaiting"))).isEmpty();
    assertThat(OPEN_API.answerMisfits(schema, progress.put("status", "lost"))).hasSize(1);
  }

  private static List<String> misfits(String route, int status, String request, String answer) {
    return OPEN_API
        .misfits(new Answered("", "", Optional.of(route), Map.of(), request.getBytes(StandardCharsets.UTF_8), false,
            status, Map.of("Content-type", List.of("application/json"), "Etag", List.of("\"1\"")),
            answer.getBytes(StandardCharsets.UTF_8)));
  }

  // ---- The routes -----------------------------------------------------------------------------------------------------

  private static Map<String, Route> declared() {
    var routes = new TreeMap<String, Route>();
    STACK.functions().forEach(function -> function.events(RouteEvent.class).forEach(it -> {
      Set<String> scopes = it.open() ? null : new TreeSet<>(it.scopes().orElseThrow());
      routes.put(it.method() + " " + it.path(), new Route(function.id(), scopes));
    }));
    return routes;
  }

  private static Map<String, Route> described() {
    var routes = new TreeMap<String, Route>();
    operations((route, operation) -> {
      var scopes = new TreeSet<String>();
      for (Object alternative : list(operation.get("security"))) {
        assertThat(list(map(alternative).get("Tokens"))).as(route + ": any one scope is enough").hasSize(1);
        scopes.addAll(texts(map(alternative).get("Tokens")));
      }
      routes.put(route, new Route((String) operation.get("operationId"), scopes.isEmpty() ? null : scopes));
    });
    return routes;
  }

  private static void operations(BiConsumer<String, Map<String, Object>> each) {
    at("paths").forEach((path, item) -> map(item).forEach((method, operation) -> {
      if (!method.equals("parameters") && !method.equals("servers")) {
        each.accept(method.toUpperCase(Locale.ROOT) + " " + path, map(operation));
      }
    }));
  }

  /** The names of a route's parameters that are in this place. */
  private static Set<String> parameters(String route, Map<String, Object> operation, String place) {
    Map<String, Object> item = map(at("paths"), route.substring(route.indexOf(' ') + 1));
    return Stream.of(item, operation).flatMap(it -> list(it.get("parameters")).stream()).map(OpenApiTest::resolved)
        .filter(it -> it.get("in").equals(place)).map(it -> (String) it.get("name")).collect(Collectors.toSet());
  }

  // ---- The examples ---------------------------------------------------------------------------------------------------

  private static void assertExamplesFit(String what, Object body,
      BiFunction<JsonNode, JsonNode, List<String>> misfits) {
    media(body, (type, content) -> {
      List<Object> examples = examples(content);
      assertThat(examples).as(what + " " + type).isNotEmpty();
      JsonNode schema = MAPPER.valueToTree(content.get("schema"));
      examples.forEach(example -> assertThat(misfits.apply(schema, MAPPER.valueToTree(example)))
          .as(what + " " + type).isEmpty());
    });
  }

  private static void media(Object body, BiConsumer<String, Map<String, Object>> each) {
    map(resolved(body), "content").forEach((type, content) -> each.accept(type, map(content)));
  }

  private static List<Object> examples(Map<String, Object> content) {
    var examples = new ArrayList<>();
    if (content.containsKey("example")) {
      examples.add(content.get("example"));
    }
    map(content.getOrDefault("examples", Map.of())).values().stream().map(OpenApiTest::resolved)
        .forEach(it -> examples.add(
            it.containsKey("value")
                ? it.get("value")
                : json(OpenApi.FILE.resolveSibling((String) it.get("externalValue")))));
    return examples;
  }

  /** The samples that are no requests but messages: each is named as the queue that feeds its function. */
  private static Set<String> messages() {
    var names = new TreeSet<String>();
    STACK.functions().stream().filter(it -> !it.events(QueueEvent.class).isEmpty()).forEach(
        it -> names.add(it.id().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".json"));
    return names;
  }

  /** A sample; what is no JSON is a text. */
  private static Object json(Path file) {
    try {
      return !file.toString().endsWith(".json")
          ? Files.readString(file)
          : MAPPER.readValue(file.toFile(), Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- Trees ----------------------------------------------------------------------------------------------------------

  private static Set<String> types(Map<String, Object> schema) {
    return schema.get("type") instanceof String type ? Set.of(type) : texts(schema.get("type"));
  }

  /** Every object of the tree. */
  private static void walk(Object tree, Consumer<Map<String, Object>> each) {
    if (tree instanceof Map<?, ?> object) {
      each.accept(map(object));
      object.values().forEach(it -> walk(it, each));
    } else {
      list(tree).forEach(it -> walk(it, each));
    }
  }

  /** Every schema below this one, references followed; none of the file's refers to itself. */
  private static void walkSchema(Object schema, Consumer<Map<String, Object>> each) {
    walk(schema, node -> {
      if (node.containsKey("$ref")) {
        walkSchema(resolved(node), each);
      } else {
        each.accept(node);
      }
    });
  }

  /** The object itself, or the one that it refers to. */
  private static Map<String, Object> resolved(Object object) {
    if (!(map(object).get("$ref") instanceof String reference)) {
      return map(object);
    }
    assertThat(reference).startsWith("#/");
    Map<String, Object> place = API;
    for (String step : reference.substring(2).split("/")) {
      assertThat(place).as(reference).containsKey(step);
      place = map(place, step);
    }
    return resolved(place);
  }

  private static Map<String, Object> at(String name) {
    return map(API, name);
  }

  private static Map<String, Object> map(Object tree, String name) {
    return map(map(tree).get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  /** Empty where it is no list, or is not there. */
  private static List<?> list(Object tree) {
    return tree instanceof List<?> list ? list : List.of();
  }

  private static Set<String> texts(Object list) {
    return list(list).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }
}
