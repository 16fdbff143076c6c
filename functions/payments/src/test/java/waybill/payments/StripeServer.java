package waybill.payments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import waybill.platform.Json;

/**
 * What captures and refunds need of Stripe's API, as Stripe documents it: PaymentIntents that are retrieved, captured and cancelled, refunds that
 * are listed and created, idempotency keys that replay every answer, a failed one too, until they are forgotten.
 */
final class StripeServer implements AutoCloseable {
  private static final int NEVER = 0;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Map<String, Object>> intents = new LinkedHashMap<>();
  private final List<Map<String, Object>> refunds = new ArrayList<>();
  private final Map<String, Response> keys = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private int failAt = NEVER;
  private boolean afterEffect;
  private int counted;
  private int pageSize = 100;
  private String refundStatus = "succeeded";
  private Response refusal;
  private String refused = "";
  private Runnable beforeCreate = () -> {};
  private Runnable beforeCancel = () -> {};
  private Runnable beforeCapture = () -> {};
  private final List<String> captures = new ArrayList<>();

  record Response(int status, Object body) {}

  StripeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void intent(String id, String status, long received) {
    intent(id, status, received, "eur");
  }

  synchronized void intent(String id, String status, long received, String currency) {
    intents.put(id, new LinkedHashMap<>(Map.of("id", id, "object", "payment_intent", "status", status,
        "amount_received", received, "currency", currency)));
  }

  /** A card's authorisation. @param multicapture whether it can be captured more than once */
  synchronized void authorized(String id, long amount, boolean multicapture) {
    intent(id, "requires_capture", 0);
    Map<String, Object> intent = intents.get(id);
    intent.put("amount", amount);
    intent.put("amount_capturable", amount);
    intent.put("metadata", new LinkedHashMap<>(Map.of("cart", "c-77")));
    intent.put("latest_charge",
        Map.of("id", "ch_1", "object", "charge", "payment_method_details", Map.of("type", "card",
            "card", Map.of("capture_before", 1_796_000_000L,
                "multicapture", Map.of("status", multicapture ? "available" : "unavailable")))));
  }

  synchronized Object get(String intent, String field) {
    return intents.get(intent).get(field);
  }

  /** How often a capture was made, by the notes that they leave. */
  synchronized List<String> captures() {
    return List.copyOf(captures);
  }

  synchronized void set(String intent, String field, Object value) {
    intents.get(intent).put(field, value);
  }

  synchronized String status(String intent) {
    return (String) intents.get(intent).get("status");
  }

  /** A refund that somebody has made before. */
  synchronized Map<String, Object> made(String intent, long amount, String status, Map<String, String> metadata) {
    var refund = new LinkedHashMap<String, Object>(Map.of("id", "re_" + (refunds.size() + 1), "object", "refund",
        "amount", amount, "currency", intents.get(intent).get("currency"), "payment_intent", intent, "status", status,
        "metadata", metadata));
    refunds.add(refund);
    return refund;
  }

  synchronized List<Map<String, Object>> refunds() {
    return List.copyOf(refunds);
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The n-th call from now is answered with 500, before or after its effect. */
  synchronized void failAt(int call, boolean after) {
    failAt = call;
    afterEffect = after;
    counted = 0;
  }

  /** How many calls there were since then. */
  synchronized int counted() {
    return counted;
  }

  /** Calls that start so are refused from now on. */
  synchronized void refuse(String call, int status, String code) {
    refused = call;
    refusal = error(status, code);
  }

  synchronized void refuseNothing() {
    refusal = null;
  }

  /** A day has passed. */
  synchronized void forgetKeys() {
    keys.clear();
  }

  synchronized void pages(int size) {
    pageSize = size;
  }

  synchronized void answerRefundsWith(String status) {
    refundStatus = status;
  }

  /** Happens while the next creation of a refund is on its way. */
  void beforeNextCreate(Runnable happening) {
    beforeCreate = happening;
  }

  /** Happens while the next cancelling of an intent is on its way. */
  void beforeNextCancel(Runnable happening) {
    beforeCancel = happening;
  }

  /** Happens while the next capture is on its way. */
  void beforeNextCapture(Runnable happening) {
    beforeCapture = happening;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    happen(call);
    Response response = answer(call, form(exchange.getRequestURI().getRawQuery()), form(body),
        exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    byte[] text = Json.write(response.body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private void happen(String call) {
    Runnable now = () -> {};
    if (call.equals("POST /v1/refunds")) {
      now = beforeCreate;
      beforeCreate = () -> {};
    } else if (call.endsWith("/capture")) {
      now = beforeCapture;
      beforeCapture = () -> {};
    } else if (call.endsWith("/cancel")) {
      now = beforeCancel;
      beforeCancel = () -> {};
    }
    now.run();
  }

  private synchronized Response answer(String call, Map<String, String> query, Map<String, String> form, String key) {
    calls.add(call + (call.equals("POST /v1/refunds") || key != null && call.endsWith("/capture") ? " " + key : ""));
    boolean fails = ++counted == failAt;
    if (fails && !afterEffect) {
      return error(500, "api_error");
    }
    if (refusal != null && call.startsWith(refused)) {
      return refusal;
    }
    if (key != null && keys.containsKey(key)) {
      return keys.get(key);
    }
    Response response = route(call, query, form);
    Response told = fails ? error(500, "api_error") : response;
    if (key != null) {
      keys.put(key, told);
    }
    return told;
  }

  private Response route(String call, Map<String, String> query, Map<String, String> form) {
    if (call.equals("GET /v1/refunds")) {
      return list(query);
    }
    if (call.equals("POST /v1/refunds")) {
      return create(form);
    }
    Map<String, Object> intent = intents.get(call.split("/")[3]);
    if (intent == null) {
      return error(404, "resource_missing");
    }
    if (call.endsWith("/cancel")) {
      if (!((String) intent.get("status")).startsWith("requires_")) {
        return error(400, "payment_intent_unexpected_state");
      }
      intent.put("status", "canceled");
    }
    if (call.endsWith("/capture")) {
      return capture(intent, form);
    }
    return new Response(200, intent);
  }

  /** As docs.stripe.com/payments/multicapture has it. */
  @SuppressWarnings("unchecked")
  private Response capture(Map<String, Object> intent, Map<String, String> form) {
    if (!intent.get("status").equals("requires_capture")) {
      return error(400, "payment_intent_unexpected_state");
    }
    long held = (Long) intent.get("amount_capturable");
    long amount = Long.parseLong(form.getOrDefault("amount_to_capture", Long.toString(held)));
    boolean last = !"false".equals(form.get("final_capture"));
    if (amount > held) {
      return error(400, "amount_too_large");
    }
    boolean once = intent.get("latest_charge").toString().contains("unavailable");
    if (!last && once) {
      return error(400, "parameter_unknown");
    }
    captures.add(amount + (last ? " last" : ""));
    intent.put("amount_received", (Long) intent.get("amount_received") + amount);
    intent.put("amount_capturable", last ? 0L : held - amount);
    intent.put("status", last || held == amount ? "succeeded" : "requires_capture");
    metadata(form).forEach((name, value) -> ((Map<String, String>) intent.get("metadata")).put(name, value));
    return new Response(200, intent);
  }

  private static Map<String, String> metadata(Map<String, String> form) {
    var metadata = new LinkedHashMap<String, String>();
    form.forEach((name, value) -> {
      if (name.startsWith("metadata[")) {
        metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
      }
    });
    return metadata;
  }

  /** Newest first, as Stripe lists. */
  private Response list(Map<String, String> query) {
    List<Map<String, Object>> all = refunds.reversed().stream()
        .filter(it -> it.get("payment_intent").equals(query.get("payment_intent"))).toList();
    String after = query.get("starting_after");
    int from = after == null ? 0 : all.stream().map(it -> it.get("id")).toList().indexOf(after) + 1;
    int to = Math.min(all.size(), from + pageSize);
    return new Response(200,
        Map.of("object", "list", "url", "/v1/refunds", "data", all.subList(from, to), "has_more", to < all.size()));
  }

  private Response create(Map<String, String> form) {
    String intent = form.get("payment_intent");
    long left = (Long) intents.get(intent).get("amount_received") - refunds.stream()
        .filter(it -> it.get("payment_intent").equals(intent) && !it.get("status").equals("failed"))
        .mapToLong(it -> (Long) it.get("amount")).sum();
    if (left <= 0) {
      return error(400, "charge_already_refunded");
    }
    long amount = form.containsKey("amount") ? Long.parseLong(form.get("amount")) : left;
    return new Response(200, made(intent, amount, refundStatus, metadata(form)));
  }

  private static Response error(int status, String code) {
    return new Response(status, Map.of("error", Map.of("type", status >= 500 ? "api_error" : "invalid_request_error",
        "code", code, "message", "Ada Byron <ada@example.com> of sk_test_secret")));
  }

  private static Map<String, String> form(String text) {
    var form = new LinkedHashMap<String, String>();
    for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
