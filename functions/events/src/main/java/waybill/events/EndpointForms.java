package waybill.events;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.EndpointId;
import waybill.messages.EventType;
import waybill.platform.Chance;
import waybill.platform.Fields;
import waybill.platform.Sha256;
import waybill.platform.Stored;

/** What operators send about endpoints, and how endpoints are shown. */
final class EndpointForms {
  private static final List<String> TYPES = Arrays.stream(EventType.values()).map(EventType::text).toList();

  private EndpointForms() {}

  /** To be verified by the caller, who knows more of the address. */
  static WebhookEndpoint endpoint(EndpointId id, Fields fields, boolean loopback) {
    return new WebhookEndpoint(id, fields.parsed("url", it -> EndpointUrl.parse(it, loopback), EndpointUrl.RULE),
        fields.parsedListOrEmpty("types", TYPES.size(), EndpointForms::type, "is one of " + String.join(", ", TYPES))
            .stream().distinct().toList(),
        fields.textOrNull("description", 200), fields.flagOr("active", true), null, null);
  }

  private static String type(String text) {
    if (!TYPES.contains(text)) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** The secret that is to sign from now on; a new one if none was sent. */
  static String secret(Fields fields) {
    String secret = fields.parsedOrNull("secret", WebhookSecret::parse,
        "is whsec_ and 24 to 64 bytes in Base64, as Standard Webhooks has it");
    fields.verify();
    return secret == null ? newSecret() : secret;
  }

  static String newSecret() {
    // 366 random bits, made into 32 bytes.
    String names = Stream.generate(Chance.here()::newName).limit(3).collect(Collectors.joining());
    return WebhookSecret.of(Sha256.hash(names));
  }

  record Range(Instant from, Instant to) {}

  static Range range(Fields fields) {
    Instant from = time(fields, "from");
    Instant to = time(fields, "to");
    if (from != null && to != null && !from.isBefore(to)) {
      fields.refuse("to", "out_of_range", "is later than from");
    }
    fields.verify();
    return new Range(from, to);
  }

  private static Instant time(Fields fields, String name) {
    Instant time = fields.timeOrNull(name);
    if (!fields.has(name)) {
      fields.refuse(name, "required", "is required");
    }
    return time;
  }

  /** @param secret shown if it was made just now; else null */
  static Map<String, Object> tree(Stored<WebhookEndpoint> stored, String secret) {
    WebhookEndpoint it = stored.value();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", it.id().value());
    tree.put("url", it.url());
    tree.put("types", it.types());
    tree.put("description", it.description());
    tree.put("active", it.active());
    tree.put("switched_off",
        it.switchedOff() == null ? null : it.switchedOff().name().toLowerCase(java.util.Locale.ROOT));
    if (secret != null) {
      tree.put("secret", secret);
    }
    return stored.timed(tree);
  }
}
