package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mail that was sent. {@code text} and {@code html} are null when the sender left that part out. */
public record Mail(String id, String from, List<String> to, String subject, String text, String html, Instant sentAt) {

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("from", from);
    json.put("to", to);
    json.put("subject", subject);
    json.put("text", text);
    json.put("html", html);
    json.put("sent_at", sentAt.toString());
    return json;
  }

  /** The mail that {@link #json} tells of. */
  static Mail of(JsonNode json) {
    List<String> to = new ArrayList<>();
    json.path("to").forEach(address -> to.add(address.asText()));
    return new Mail(json.path("id").asText(), json.path("from").asText(), to, json.path("subject").asText(),
        json.path("text").asText(null), json.path("html").asText(null), Instant.parse(json.path("sent_at").asText()));
  }
}
