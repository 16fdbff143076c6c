package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class GatewayTest extends OnTheCloud {
  @Test
  void aFunctionSeesTheRequestInPayloadFormat2() {
    JsonNode event = json(
        get("/open/a%2Fb%20c/parts/7+8?x=1&x=2&name=J%C3%BCrgen+M&empty", "X-Twice", "a", "X-Twice", "b",
            "Cookie", "one=1; two=2", "User-Agent", "test"))
        .path("event");

    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("GET /open/{id}/parts/{part}");
    assertThat(event.path("rawPath").asText()).isEqualTo("/open/a/b c/parts/7+8");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&x=2&name=J%C3%BCrgen+M&empty");
    assertThat(event.path("queryStringParameters")).isEqualTo(json("""
        {"x":"1,2","name":"Jürgen M","empty":""}"""));
    assertThat(event.path("pathParameters")).isEqualTo(json("""
        {"id":"a/b c","part":"7+8"}"""));
    assertThat(event.path("cookies")).isEqualTo(json("[\"one=1\",\"two=2\"]"));
    assertThat(event.path("headers").path("x-twice").asText()).isEqualTo("a,b");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(event.has("body")).isFalse();
    JsonNode context = event.path("requestContext");
    assertThat(context.path("accountId").asText()).hasSize(12);
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.path("routeKey").asText()).isEqualTo("GET /open/{id}/parts/{part}");
    assertThat(context.path("http").path("method").asText()).isEqualTo("GET");
    assertThat(context.path("http").path("sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(context.path("http").path("userAgent").asText()).isEqualTo("test");
    assertThat(context.path("time").asText()).matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
    assertThat(context.path("timeEpoch").isIntegralNumber()).isTrue();
    assertThat(context.has("authorizer")).isFalse();
  }

  @Test
  void aFixedSegmentWinsOverAVariable() {
    assertThat(json(get("/open/latest/parts/1")).path("event").path("routeKey").asText())
        .isEqualTo("GET /open/latest/parts/{part}");
  }

  @Test
  void aTextBodyComesAsItIsAndAnyOtherInBase64() {
    JsonNode text = json(post("/open", "{\"a\":\"ü\"}", "Content-Type", "application/json; charset=utf-8"))
        .path("event");
    assertThat(text.path("body").asText()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(text.path("isBase64Encoded").asBoolean()).isFalse();

    byte[] bytes = {0, 1, (byte) 0xff};
    JsonNode other = json(send(request("/open", "Content-Type", "application/octet-stream")
        .POST(BodyPublishers.ofByteArray(bytes)))).path("event");
    assertThat(Base64.getDecoder().decode(other.path("body").asText())).isEqualTo(bytes);
    assertThat(other.path("isBase64Encoded").asBoolean()).isTrue();
  }

  @Test
  void aFunctionSeesItsEnvironmentAndItself() {
    JsonNode seen = json(get("/open"));

    assertThat(seen.path("environment")).isEqualTo(json("""
        {"AWS_LAMBDA_FUNCTION_NAME":"Echo","AWS_REGION":"eu-central-1","EVERYWHERE":"yes","PUBLIC_URL":"%s"}"""
        .formatted(cloud.url())));
    assertThat(seen.path("function").asText()).isEqualTo("Echo");
    assertThat(seen.path("remaining").asInt()).isBetween(1, 60_000);
  }

  @Test
  void statusHeadersCookiesAndBodyComeBack() {
    HttpResponse<String> response = answer("""
        {"statusCode":418,"headers":{"X-Tea":"green","content-type":"text/html"},"cookies":["a=1","b=2"],\
        "body":"PGI+","isBase64Encoded":true}""");

    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(response.body()).isEqualTo("<b>");
    assertThat(response.headers().firstValue("x-tea")).contains("green");
    assertThat(response.headers().allValues("content-type")).containsExactly("text/html");
    assertThat(response.headers().allValues("set-cookie")).containsExactlyInAnyOrder("a=1", "b=2");
  }

  @Test
  void anAnswerWithoutAStatusIsTakenForTheBody() {
    HttpResponse<String> response = answer("{\"plain\":1}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"plain\":1}");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  void anEmptyAnswerHasNoBody() {
    HttpResponse<String> response = answer("{\"statusCode\":204}");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void whatNobodyAnswersIsNotFound() {
    assertAnswer(get("/nowhere"), 404, "Not Found");
    assertAnswer(send(request("/own").DELETE()), 404, "Not Found");
    assertAnswer(get("/open/%zz/parts/1".replace("%zz", "x") + "/more"), 404, "Not Found");
  }

  @Test
  void aFunctionThatFailsIsAnInternalServerErrorWithItsReasonInTheLog() {
    assertAnswer(answer("throw"), 500, "Internal Server Error");
    assertAnswer(answer("not json"), 500, "Internal Server Error");
    assertThat(cloud.logs()).anySatisfy(
        line -> assertThat(line).containsEntry("fn", "Answer").containsEntry("message", "as the test wants"));
  }

  @Test
  void aFunctionThatOutlivesItsTimeoutIsStopped() {
    assertAnswer(post("/hang", "hang", "Content-Type", "text/plain"), 500, "Internal Server Error");
    assertThat(cloud.logs()).anySatisfy(
        line -> assertThat(line).containsEntry("fn", "Hang").containsEntry("message",
            "Task timed out after 1 seconds"));
  }

  @Test
  void aBodyOverTenMegabytesIsRefused() {
    assertAnswer(send(request("/open").POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1]))), 413,
        "Request Entity Too Large");
  }

  @Test
  void manyCallersAreAnsweredAtOnce() throws InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      callers.add(Thread.startVirtualThread(() -> {
        int status = get("/open").statusCode();
        synchronized (statuses) {
          statuses.add(status);
        }
      }));
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(statuses).hasSize(50).containsOnly(200);
  }

  private static HttpResponse<String> answer(String wanted) {
    return post("/answer", wanted, "Content-Type", "text/plain");
  }

  private static void assertAnswer(HttpResponse<String> response, int status, String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response)).isEqualTo(json("{\"message\":\"" + message + "\"}"));
  }
}
