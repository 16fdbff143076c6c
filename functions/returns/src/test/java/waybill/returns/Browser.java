package waybill.returns;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.OrderId;
import waybill.orders.Orders;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** A customer who opens their order's link, and fills in the forms of its page. */
final class Browser {
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f-]{36})\"");
  private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

  private final Counter counter;
  private final String language;

  /** @param body its text, without marks of direction */
  record Page(int status, Map<String, Object> headers, String body) {
    String form() {
      Matcher form = FORM.matcher(body);
      form.find();
      return form.group(1);
    }
  }

  /** A field of a form. @param file null for a text */
  record Field(String name, String value, byte[] file) {
    static Field of(String name, String value) {
      return new Field(name, value, null);
    }
  }

  Browser(Counter counter, String language) {
    this.counter = counter;
    this.language = language;
  }

  String token() {
    return token(Counter.ORDER);
  }

  String token(OrderId order) {
    return new Orders(counter.bench.ports()).placed(order).orElseThrow().content().trackingUrl().token();
  }

  Page opens() {
    return opens(token());
  }

  Page opens(String token) {
    return answer(new GetReturnsPageHandler(counter.ports()), "GET", "/tracking/" + token + "/returns", token, null);
  }

  Page sends(Field... fields) {
    return sends("returns", new SubmitReturnHandler(counter.ports()), fields);
  }

  Page claims(Field... fields) {
    return sends("claims", new SubmitClaimHandler(counter.ports()), fields);
  }

  private Page sends(String form, RequestStreamHandler handler, Field... fields) {
    return answer(handler, "POST", "/tracking/" + token() + "/" + form, token(), body(List.of(fields)));
  }

  /** As a browser writes it: also an empty file for each field of files in which none was chosen. */
  private static byte[] body(List<Field> fields) {
    var text = new StringBuilder();
    for (Field it : fields) {
      text.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; name=\"").append(it.name())
          .append('"');
      if (it.file() != null) {
        text.append("; filename=\"").append(it.value()).append("\"\r\nContent-Type: application/octet-stream");
      }
      text.append("\r\n\r\n").append(it.file() == null
          ? new String(it.value().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
          : new String(it.file(), StandardCharsets.ISO_8859_1)).append("\r\n");
    }
    return text.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private Page answer(RequestStreamHandler handler, String method, String path, String token, byte[] body) {
    Map<String, Object> event = new LinkedHashMap<>(Map.of("version", "2.0", "rawPath", path, "pathParameters",
        Map.of("token", token), "headers",
        Map.of("accept-language", language, "content-type", "multipart/form-data; boundary=" + BOUNDARY),
        "requestContext", Map.of("http", Map.of("method", method, "path", path), "requestId", "request")));
    if (body != null) {
      event.put("body", Base64.getEncoder().encodeToString(body));
      event.put("isBase64Encoded", true);
    }
    Map<String, Object> answer = Json.readObject(Bench.output(handler,
        new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8))));
    return new Page(((Long) answer.get("statusCode")).intValue(), Json.object(answer.get("headers")),
        ((String) answer.get("body")).replace("<bdi>", "").replace("</bdi>", ""));
  }

  /** The fields of a line, as its form has them. */
  static List<Field> line(int line, String quantity, String reason, String note, byte[]... photos) {
    var fields = new ArrayList<>(List.of(Field.of("quantity.line_" + line, quantity),
        Field.of("reason.line_" + line, reason), Field.of("note.line_" + line, note)));
    if (photos.length == 0) {
      fields.add(new Field("photos.line_" + line, "", new byte[0]));
    }
    for (byte[] it : photos) {
      fields.add(new Field("photos.line_" + line, "photo.jpg", it));
    }
    return fields;
  }

  @SafeVarargs
  static Field[] form(String form, List<Field>... lines) {
    var fields = new ArrayList<>(List.of(Field.of("form", form)));
    for (List<Field> it : lines) {
      fields.addAll(it);
    }
    return fields.toArray(Field[]::new);
  }
}
