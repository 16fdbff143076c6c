package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import waybill.local.gateway.Answered;
import waybill.local.machine.Json;
import waybill.template.Yaml;

/**
 * {@code infrastructure/openapi.yaml} as a judge of what went over the wire. It is stricter than the document asks of clients:
 * an answer may only have fields and values that the document knows.
 */
public final class OpenApi {
  static final Path FILE = Path.of("../..").toAbsolutePath().normalize().resolve("infrastructure/openapi.yaml");
  private static final String SCHEMAS = "#/components/schemas/";
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getDraft202012(),
      it -> it.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode document;
  private final Map<JsonNode, Schema> forms = new ConcurrentHashMap<>();
  private final Map<JsonNode, Schema> answers = new ConcurrentHashMap<>();

  @SuppressWarnings("unchecked")
  public OpenApi() {
    document = Json.tree((Map<String, Object>) Yaml.read(FILE));
  }

  JsonNode document() {
    return document;
  }

  /** A route with an address that its examples lead to, and the scopes that open it, any one of them; none where it needs no token. */
  public record Route(String method, String path, Set<String> scopes) {}

  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
        .filter(it -> it.getValue().has("operationId")).forEach(it -> {
          var scopes = new TreeSet<String>();
          it.getValue().path("security")
              .forEach(one -> one.path("Tokens").forEach(scope -> scopes.add(scope.asText())));
          routes.add(new Route(it.getKey().toUpperCase(Locale.ROOT), example(path.getKey(), path.getValue()), scopes));
        }));
    return routes;
  }

  private String example(String path, JsonNode item) {
    String example = path;
    for (JsonNode parameter : item.path("parameters")) {
      JsonNode resolved = resolved(parameter);
      example = example.replace("{" + resolved.path("name").asText() + "}", resolved.path("example").asText());
    }
    return example;
  }

  /** The names of all fields that a request of ours may have. */
  public Set<String> formFields() {
    var names = new TreeSet<String>();
    document.at("/components/schemas").properties().stream().filter(it -> it.getKey().matches(".*Forms?"))
        .flatMap(it -> it.getValue().findValues("properties").stream())
        .forEach(it -> it.fieldNames().forEachRemaining(names::add));
    return names;
  }

  /** What of a call is not as the document says: of its answer and, where that is a success, of its request's body. */
  public List<String> misfits(Answered call) {
    if (call.ofGateway()) {
      return answerMisfits(document.path("x-gateway"), call);
    }
    String[] route = call.route().orElseThrow().split(" ");
    JsonNode operation = document.path("paths").path(route[1]).path(route[0].toLowerCase(Locale.ROOT));
    List<String> misfits = answerMisfits(operation.path("responses"), call);
    JsonNode form = resolved(operation.path("requestBody")).at("/content/application~1json/schema");
    if (call.status() < 300 && !form.isMissingNode()) {
      formMisfits(form, json(call.request())).forEach(it -> misfits.add("it took a request that is none: " + it));
    }
    return misfits;
  }

  private List<String> answerMisfits(JsonNode responses, Answered call) {
    var misfits = new ArrayList<String>();
    JsonNode response = resolved(responses.path(String.valueOf(call.status())));
    String type = header(call, "Content-Type").replaceFirst(";.*", "");
    if (response.isMissingNode()) {
      misfits.add("the status is not described");
    } else if (!response.path("content").has(type)) {
      misfits.add(type + " is not described");
    } else if (type.endsWith("json")) {
      misfits.addAll(answerMisfits(response.path("content").path(type).path("schema"), json(call.body())));
    }
    response.path("headers").properties().forEach(it -> {
      JsonNode header = resolved(it.getValue());
      String value = header(call, it.getKey());
      if (!value.isEmpty()) {
        answerMisfits(header.path("schema"), headerValue(header, value))
            .forEach(misfit -> misfits.add(it.getKey() + misfit));
      } else if (header.path("required").asBoolean()) {
        misfits.add(it.getKey() + " is missing");
      }
    });
    return misfits;
  }

  private static String header(Answered call, String name) {
    return call.headers().entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase(name))
        .map(it -> String.join(",", it.getValue())).findFirst().orElse("");
  }

  private static JsonNode headerValue(JsonNode header, String value) {
    return header.at("/schema/type").asText().equals("integer") && value.matches("-?[0-9]+")
        ? BigIntegerNode.valueOf(new BigInteger(value))
        : JsonNodeFactory.instance.textNode(value);
  }

  /** What of a request's body does not fit its schema. */
  List<String> formMisfits(JsonNode schema, JsonNode value) {
    return misfits(forms.computeIfAbsent(schema, it -> compiled(it, false)), value);
  }

  /** What of an answer's body does not fit its schema, or is not known to it. */
  List<String> answerMisfits(JsonNode schema, JsonNode value) {
    return misfits(answers.computeIfAbsent(schema, it -> compiled(it, true)), value);
  }

  private static List<String> misfits(Schema schema, JsonNode value) {
    return schema.validate(value).stream().map(it -> it.getInstanceLocation() + " " + it.getMessage()).toList();
  }

  /** The object itself, or the one that it refers to. */
  JsonNode resolved(JsonNode object) {
    if (!object.has("$ref")) {
      return object;
    }
    JsonNode place = document.at(object.path("$ref").asText().substring(1));
    if (place.isMissingNode()) {
      throw new IllegalStateException("openapi.yaml: nothing is at " + object.path("$ref").asText());
    }
    return resolved(place);
  }

  private static JsonNode json(byte[] text) {
    try {
      return Json.read(text);
    } catch (IOException _) {
      return JsonNodeFactory.instance.textNode("not JSON: " + new String(text, StandardCharsets.UTF_8));
    }
  }

  private Schema compiled(JsonNode schema, boolean closed) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.putArray("allOf").add(rewritten(schema, closed, true));
    ObjectNode others = whole.putObject("$defs");
    document.at("/components/schemas").properties()
        .forEach(it -> others.set(it.getKey(), rewritten(it.getValue(), closed, false)));
    return REGISTRY.getSchema(whole);
  }

  /**
   * The schema as one for itself.
   *
   * @param closed whether it knows no fields and values but those that it names
   * @param whole  whether it tells all of a value, and is not a part that another schema joins with others
   */
  private static JsonNode rewritten(JsonNode schema, boolean closed, boolean whole) {
    if (!schema.isObject()) {
      return schema; // a flag
    }
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    schema.properties().forEach(it -> {
      JsonNode value = it.getValue();
      switch (it.getKey()) {
        case "$ref" -> written.put("$ref", "#/$defs/" + value.asText().substring(SCHEMAS.length()));
        case "items", "additionalProperties" -> written.set(it.getKey(), rewritten(value, closed, true));
        case "properties" -> {
          ObjectNode fields = written.putObject("properties");
          value.properties().forEach(field -> fields.set(field.getKey(), rewritten(field.getValue(), closed, true)));
        }
        case "allOf", "anyOf", "oneOf" -> {
          ArrayNode parts = written.putArray(it.getKey());
          value.forEach(part -> parts.add(rewritten(part, closed, false)));
        }
        case "x-extensible-enum" -> {
          if (closed) {
            ArrayNode values = written.putArray("enum").addAll((ArrayNode) value);
            if (schema.path("type").toString().contains("null")) {
              values.addNull();
            }
          }
        }
        default -> written.set(it.getKey(), value);
      }
    });
    if (closed && whole && !written.has("additionalProperties")) {
      written.put("unevaluatedProperties", false);
    }
    return written;
  }
}
