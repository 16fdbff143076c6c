package waybill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.local.machine.Json;

/**
 * A mail that was sent. {@code text} and {@code html} are null when the sender left that part out.
 *
 * @param from as the header has it, for example with an encoded name
 */
public record Mail(String id, String from, List<String> replyTo, List<String> to, String subject, String text,
    String html,
    Instant sentAt) {
  /** RFC 2047, as this project's mails use it. */
  private static final Pattern ENCODED_WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]+)\\?=(?: (?==\\?))?");

  /** The sender as mail programs show it. */
  String sender() {
    return ENCODED_WORD.matcher(from).replaceAll(word -> Matcher
        .quoteReplacement(new String(Base64.getDecoder().decode(word.group(1)), StandardCharsets.UTF_8)));
  }

  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("from", from);
    json.put("reply_to", replyTo);
    json.put("to", to);
    json.put("subject", subject);
    json.put("text", text);
    json.put("html", html);
    json.put("sent_at", Json.time(sentAt));
    return json;
  }

  /** The mail that {@link #json} describes. */
  static Mail of(JsonNode json) {
    return new Mail(json.path("id").asText(), json.path("from").asText(),
        texts(json.path("reply_to")), texts(json.path("to")), json.path("subject").asText(),
        json.path("text").asText(null), json.path("html").asText(null), Instant.parse(json.path("sent_at").asText()));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(it -> texts.add(it.asText()));
    return texts;
  }
}
