package waybill.local;

import java.time.Instant;
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
}
