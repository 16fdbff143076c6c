package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.messages.ChannelId;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockReserved;

class HttpTest {
  private final Map<String, Object> event = new LinkedHashMap<>(Map.of("rawPath", "/orders", "requestContext",
      Map.of("http", Map.of("method", "POST")), "isBase64Encoded", false));
  private final List<String> logged = new ArrayList<>();

  @Test
  void anAnswerIsAsTheGatewayTakesIt() {
    Map<String, Object> answer = answer(_ -> HttpResponse.json(201, Map.of("id", new Sku("A"))).with("location", "/x"));
    assertThat(answer).isEqualTo(Map.of("statusCode", 201L, "headers",
        Map.of("content-type", "application/json", "location", "/x"), "body", "{\"id\":\"A\"}", "isBase64Encoded",
        false));
  }

  @Test
  void aResourceCarriesItsTimesAndItsRevisionAsETag() {
    var stored = new Stored<>(new StockReserved(OrderId.of(new ChannelId("web"), "1")), 3, Instant.EPOCH,
        Instant.EPOCH.plusSeconds(1));
    Map<String, Object> answer = answer(_ -> HttpResponse.resource(200, stored));
    assertThat(headers(answer)).containsEntry("etag", "\"3\"");
    assertThat(body(answer)).containsEntry("revision", 3L).containsEntry("created_at", "1970-01-01T00:00:00.000Z")
        .containsEntry("updated_at", "1970-01-01T00:00:01.000Z");
  }

  @Test
  void whatIsLoggedWhileARequestIsAnsweredNamesIt() {
    event.put("requestContext", Map.of("requestId", "r-1", "http", Map.of("method", "POST")));
    answer(_ -> {
      Log.of(HttpTest.class).info("Answering");
      return HttpResponse.json(200, Map.of());
    });
    assertThat(logged)
        .containsExactly("{\"level\":\"INFO\",\"fn\":\"HttpTest\",\"message\":\"Answering\",\"request_id\":\"r-1\"}");
  }

  @Test
  void aRefusalIsAProblemDocument() {
    Map<String, Object> answer = answer(_ -> {
      throw Problem.of(422, "reference_reused", "there is another", Map.of("order_id", "ord_1"));
    });
    assertThat(answer).containsEntry("statusCode", 422L);
    assertThat(headers(answer)).containsEntry("content-type", "application/problem+json");
    assertThat(answer.get("body")).isEqualTo(
        "{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,\"code\":\"reference_reused\","
            + "\"detail\":\"there is another\",\"order_id\":\"ord_1\"}");
    assertThat(logged).isEmpty();
  }

  @Test
  void aFaultOfOursIsLoggedAndNotTold() {
    Map<String, Object> answer = answer(_ -> {
      throw new IllegalStateException("the table fell over");
    });
    assertThat(answer).containsEntry("statusCode", 500L);
    assertThat((String) answer.get("body")).doesNotContain("table").contains("\"code\":\"internal\"");
    assertThat(logged).hasSize(1).first().asString().contains("the table fell over", "\"level\":\"ERROR\"");
  }

  @Test
  void aNameThatIsTooLongIsTheCallersFaultAndNotOurs() {
    for (String part : List.of("queryStringParameters", "headers")) {
      event.put(part, Map.of("x".repeat(1_001), "1"));
      assertThat(answer(_ -> HttpResponse.json(200, Map.of()))).as(part).containsEntry("statusCode", 400L);
      event.remove(part);
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void aPutIsAnsweredBy201WhileTheResourceIsAsItWasMade() {
    var made = new Stored<>(new StockReserved(null), 1, Instant.EPOCH, Instant.EPOCH);
    var replaced = new Stored<>(new StockReserved(null), 2, Instant.EPOCH, Instant.EPOCH);
    assertThat(List.of(HttpResponse.put(made).status(), HttpResponse.put(replaced).status())).containsExactly(201, 200);
  }

  @Test
  void whatMayBeTriedAgainIsToldSo() {
    Map<String, Object> contended = answer(_ -> {
      throw new Table.Contended("orders");
    });
    assertThat(contended).containsEntry("statusCode", 503L);
    assertThat(headers(contended)).containsEntry("retry-after", "1");
    assertThat(answer(_ -> {
      throw new Sender.NotSent(new StockReserved(null), "InternalError");
    })).containsEntry("statusCode", 503L);
  }

  @Test
  void whatAwsIsTooBusyForMayBeTriedAgain() {
    List<RuntimeException> busy = List.of(dynamo(400, "ThrottlingException"),
        dynamo(400, "ProvisionedThroughputExceededException"), dynamo(500, "InternalServerError"),
        ApiCallTimeoutException.create("too long", null), new Deadline.OutOfTime(),
        SdkClientException.create("unreached", new UncheckedIOException(new IOException("reset"))));
    for (RuntimeException reason : busy) {
      Map<String, Object> answer = answer(_ -> {
        throw reason;
      });
      assertThat(answer).as(reason.toString()).containsEntry("statusCode", 503L);
      assertThat(headers(answer)).containsEntry("retry-after", "1");
      assertThat(body(answer)).containsEntry("code", "try_again");
    }
  }

  @Test
  void whatAwsRefusesForGoodIsAFaultOfOurs() {
    for (RuntimeException reason : List.of(dynamo(400, "AccessDeniedException"), dynamo(400, "ValidationException"))) {
      assertThat(answer(_ -> {
        throw reason;
      })).as(reason.toString()).containsEntry("statusCode", 500L);
    }
  }

  private static RuntimeException dynamo(int status, String code) {
    return DynamoDbException.builder().statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build()).build();
  }

  @Test
  void aBodyInBase64IsItsBytes() {
    byte[] bytes = {0, (byte) 0xff, 'x'};
    event.put("body", Base64.getEncoder().encodeToString(bytes));
    event.put("isBase64Encoded", true);
    assertThat(request().body()).isEqualTo(bytes);
  }

  @Test
  void aBodyThatIsTextIsItsUtf8() {
    event.put("body", "ü");
    assertThat(request().body()).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noBodyIsAnEmptyOne() {
    assertThat(request().body()).isEmpty();
    event.put("body", null);
    assertThat(request().body()).isEmpty();
    event.put("isBase64Encoded", true);
    assertThat(request().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "null", "{\"a\":1,\"a\":2}", "{\"a\":1e99999999999}", "{}{}"})
  void aBodyThatIsNoJsonObjectIsRefusedAs400(String body) {
    event.put("body", body);
    assertThat(problem(HttpRequest::fields)).extracting(Problem::status, it -> it.body().get("code"))
        .containsExactly(400, "malformed_json");
  }

  @Test
  void aBodyThatIsNotUtf8IsRefusedAs400() {
    event.put("body", Base64.getEncoder().encodeToString(new byte[]{'{', '"', (byte) 0xc3, '"', ':', '1', '}'}));
    event.put("isBase64Encoded", true);
    assertThat(problem(HttpRequest::fields).body()).containsEntry("detail", "the body is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "AA=A", "e30", "\u00fc"})
  void aBodyThatIsNoBase64IsNotOurFault(String body) {
    event.put("body", body + "*");
    event.put("isBase64Encoded", true);
    assertThat(answer(_ -> HttpResponse.json(200, Map.of()))).containsEntry("statusCode", 400L);
    assertThat(logged).isEmpty();
  }

  @Test
  void theTokenSaysWhoAndWhatTheyMay() {
    authorize("c_881", " orders:own  orders:place orders:own ");
    HttpRequest request = request();
    assertThat(request.subject()).isEqualTo("c_881");
    assertThat(request.scopes()).containsExactlyInAnyOrder("orders:own", "orders:place");
    assertThat(request.may("orders:own")).isTrue();
    assertThat(request.may("orders")).isFalse();
  }

  @Test
  void aScopeOfCognitoIsKnownWithoutItsResourceServerAndThatOfAnotherIsNot() {
    authorize("client", "waybill/orders:place other/orders:operate");
    assertThat(request().scopes()).containsExactlyInAnyOrder("orders:place", "other/orders:operate");
  }

  @Test
  void aTokenThatNamesLocationsIsForTheWorkThereOnly() {
    for (String claim : List.of("leipzig kiel", "[leipzig kiel]", "[leipzig, kiel]")) {
      for (String name : List.of("locations", "custom:locations")) {
        event.put("requestContext", Map.of("http", Map.of("method", "POST"), "authorizer",
            Map.of("jwt", Map.of("claims", Map.of("sub", "ada", name, claim)))));
        assertThat(request().locations()).containsExactlyInAnyOrder("leipzig", "kiel");
      }
    }
    request().requireLocation(new LocationId("kiel"));
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> request().requireLocation(new LocationId("berlin")))
        .satisfies(it -> assertThat(it.status()).isEqualTo(403));
    event.put("requestContext", Map.of("http", Map.of("method", "POST"), "authorizer",
        Map.of("jwt", Map.of("claims", Map.of("sub", "ada")))));
    request().requireLocation(new LocationId("berlin"));
  }

  @Test
  void anIssuerMayCallItScpAndMakeItAList() {
    for (String scp : List.of("orders:own orders:place", "[orders:own orders:place]")) {
      event.put("requestContext", Map.of("http", Map.of("method", "GET"), "authorizer",
          Map.of("jwt", Map.of("claims", Map.of("sub", "client", "scp", scp)))));
      assertThat(request().scopes()).as(scp).containsExactlyInAnyOrder("orders:own", "orders:place");
    }
  }

  @Test
  void withoutATokenNobodyMayAnything() {
    assertThat(request().subject()).isEmpty();
    assertThat(request().scopes()).isEmpty();
    assertThat(request().may("")).isFalse();
    authorize("c_881", "");
    assertThat(request().scopes()).isEmpty();
  }

  @Test
  void aPathThatIsNoIdIsNotFound() {
    event.put("pathParameters", Map.of("id", "ord_x"));
    assertThat(problem(it -> it.pathId("id", OrderId::new)).status()).isEqualTo(404);
    assertThat(problem(it -> it.pathId("other", OrderId::new)).status()).isEqualTo(404);
  }

  @Test
  void aLimitIsFrom1To100() {
    assertThat(request().parameters().limit()).isEqualTo(20);
    for (String good : List.of("1", "100")) {
      event.put("queryStringParameters", Map.of("limit", good));
      assertThat(request().parameters().limit()).isEqualTo(Integer.parseInt(good));
    }
    for (String bad : List.of("0", "101", "-1", "1.5", "", "x", "99999999999", "1,2", "1e2", "+1", "\u0661")) {
      event.put("queryStringParameters", Map.of("limit", bad));
      assertThat(parameterErrors(Parameters::limit)).as(bad).containsExactly("limit out_of_range");
    }
  }

  @Test
  void everyParameterThatIsWrongIsToldAtOnce() {
    event.put("queryStringParameters", Map.of("limit", "0", "z", "1", "a", "1", "sku", "!", "cursor", "c", "of", ""));
    assertThat(parameterErrors(it -> {
      assertThat(it.parsed("sku", Sku::new, "invalid", "is a SKU")).isNull();
      assertThat(it.parsed("other", Sku::new, "invalid", "is a SKU")).isNull();
      assertThat(it.cursor()).isEqualTo("c");
      it.limit();
      it.refuse("of", "required", "is required");
      it.text("of");
    })).containsExactly("sku invalid", "limit out_of_range", "of required", "a unknown", "z unknown");
  }

  @Test
  void aRouteWithoutParametersRefusesThemAll() {
    event.put("queryStringParameters", Map.of("b", "1", "a", "1"));
    assertThat(problem(it -> {
      it.refuseQuery();
      return null;
    }).body().get("errors")).isEqualTo(List.of(new Violation("a", "unknown", "is not a parameter of this route"),
        new Violation("b", "unknown", "is not a parameter of this route")));
  }

  private List<String> parameterErrors(java.util.function.Consumer<Parameters> reading) {
    List<?> errors = (List<?>) problem(request -> {
      Parameters parameters = request.parameters();
      reading.accept(parameters);
      parameters.verify();
      return null;
    }).body().get("errors");
    return errors.stream().map(Violation.class::cast).map(it -> it.pointer() + " " + it.code()).toList();
  }

  @Test
  void ifMatchIsARevisionsETag() {
    assertThat(request().ifMatch()).isEmpty();
    header("if-match", "\"3\"");
    assertThat(request().ifMatch()).isEqualTo(OptionalInt.of(3));
    for (String bad : List.of("*", "3", "W/\"3\"", "\"x\"", "\"9999999999\"", "")) {
      header("if-match", bad);
      assertThat(problem(HttpRequest::ifMatch).status()).as(bad).isEqualTo(422);
    }
  }

  @Test
  void anIdempotencyKeyIsRequiredAndNotTooLong() {
    assertThat(problem(HttpRequest::idempotencyKey).status()).isEqualTo(400);
    header("idempotency-key", " ");
    assertThat(problem(HttpRequest::idempotencyKey).status()).isEqualTo(400);
    header("idempotency-key", "k".repeat(255));
    assertThat(request().idempotencyKey()).hasSize(255);
    for (String bad : List.of("k".repeat(256), "a\tb", "a\u0000", "a\r\nb: c", "\u00fc", "\u200b")) {
      header("idempotency-key", bad);
      assertThat(problem(HttpRequest::idempotencyKey).status()).as(bad).isEqualTo(422);
    }
  }

  private void header(String name, String value) {
    event.put("headers", Map.of(name, value));
  }

  private void authorize(String subject, String scope) {
    event.put("requestContext", Map.of("http", Map.of("method", "GET"), "authorizer",
        Map.of("jwt", Map.of("claims", Map.of("sub", subject, "scope", scope)))));
  }

  private HttpRequest request() {
    try {
      return HttpRequest.read(in());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Problem problem(Function<HttpRequest, ?> reading) {
    HttpRequest request = request();
    var problems = new ArrayList<Problem>();
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> reading.apply(request)).satisfies(problems::add);
    return problems.getFirst();
  }

  private Map<String, Object> answer(Function<HttpRequest, HttpResponse> work) {
    var out = new ByteArrayOutputStream();
    logged.addAll(new Lines().of(() -> {
      try {
        Http.answer(in(), out, Log.of(HttpTest.class), work);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }));
    return Json.readObject(out.toString(StandardCharsets.UTF_8));
  }

  private ByteArrayInputStream in() {
    return new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> headers(Map<String, Object> answer) {
    return Json.object(answer.get("headers"));
  }

  private static Map<String, Object> body(Map<String, Object> answer) {
    return Json.readObject((String) answer.get("body"));
  }
}
