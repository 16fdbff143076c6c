package waybill.local.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import waybill.template.Stack;

/** AWS Systems Manager's parameters, as far as secrets need them: read one, write one. */
public final class Parameters {
  /** An answer to the SDK. */
  public record Answer(int status, Map<String, Object> json) {}

  private record Stored(String type, String value, long version) {}

  private final InstantSource clock;
  private final Map<String, Stored> byName = new ConcurrentHashMap<>();

  public Parameters(InstantSource clock) {
    this.clock = clock;
  }

  public void put(String name, String value) {
    put(name, "SecureString", value);
  }

  private long put(String name, String type, String value) {
    return byName.merge(name, new Stored(type, value, 1),
        (old, fresh) -> new Stored(type, value, old.version() + 1)).version();
  }

  public Answer answer(String action, JsonNode request) {
    return switch (action) {
      case "GetParameter" -> get(request.path("Name").asText(), request.path("WithDecryption").asBoolean());
      case "PutParameter" -> put(request);
      default -> refuse("UnknownOperationException", "The embedded cloud does not know the action " + action);
    };
  }

  private Answer get(String name, boolean decrypt) {
    Stored stored = byName.get(name);
    if (stored == null) {
      return refuse("ParameterNotFound", "There is no parameter " + name);
    }
    boolean hidden = stored.type().equals("SecureString") && !decrypt;
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("Name", name);
    parameter.put("Type", stored.type());
    parameter.put("Value", hidden ? "encrypted: ask WithDecryption" : stored.value());
    parameter.put("Version", stored.version());
    parameter.put("ARN", Stack.arn("ssm", "parameter" + (name.startsWith("/") ? name : "/" + name)));
    parameter.put("DataType", "text");
    parameter.put("LastModifiedDate", clock.instant().getEpochSecond());
    return new Answer(200, Map.of("Parameter", parameter));
  }

  private Answer put(JsonNode request) {
    String name = request.path("Name").asText();
    if (byName.containsKey(name) && !request.path("Overwrite").asBoolean()) {
      return refuse("ParameterAlreadyExists", "The parameter already exists: " + name);
    }
    long version = put(name, request.path("Type").asText("SecureString"), request.path("Value").asText());
    return new Answer(200, Map.of("Version", version, "Tier", "Standard"));
  }

  private static Answer refuse(String type, String message) {
    return new Answer(400, Map.of("__type", type, "message", message));
  }
}
