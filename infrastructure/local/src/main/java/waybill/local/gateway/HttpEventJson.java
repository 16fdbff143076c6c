package waybill.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import waybill.local.machine.Json;
import waybill.template.Stack;

/** A request as API Gateway shows it to a function: payload format 2.0. */
public final class HttpEventJson {
  private static final String API = "local";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private HttpEventJson() {}

  static byte[] of(HttpExchange exchange, Routes.Match match, Map<String, String> headers, Map<String, String> query,
      Authorizer.Allowed allowed, byte[] body, Instant now) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", Routes.decode(exchange.getRequestURI().getRawPath())); // raw in name only: AWS decodes it
    event.put("rawQueryString", rawQuery(exchange));
    Map<String, String> shown = new LinkedHashMap<>(headers);
    String cookies = shown.remove("cookie");
    if (cookies != null) {
      event.put("cookies", Arrays.stream(cookies.split(";")).map(String::strip).toList());
    }
    event.put("headers", shown);
    if (!query.isEmpty()) {
      event.put("queryStringParameters", query);
    }
    if (!match.pathParameters().isEmpty()) {
      event.put("pathParameters", match.pathParameters());
    }
    event.put("requestContext", context(exchange, match, headers, allowed, now));
    boolean text = isText(headers.getOrDefault("content-type", ""));
    if (body.length > 0) {
      event.put("body", text ? new String(body, StandardCharsets.UTF_8) : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return Json.bytes(event);
  }

  private static Map<String, Object> context(HttpExchange exchange, Routes.Match match, Map<String, String> headers,
      Authorizer.Allowed allowed, Instant now) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("accountId", Stack.ACCOUNT);
    context.put("apiId", API);
    if (allowed != null) {
      Map<String, Object> jwt = new LinkedHashMap<>();
      jwt.put("claims", allowed.claims());
      jwt.put("scopes", allowed.scopes());
      context.put("authorizer", Map.of("jwt", jwt));
    }
    context.put("domainName", headers.getOrDefault("host", "localhost"));
    context.put("domainPrefix", API);
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", exchange.getRequestMethod());
    http.put("path", Routes.decode(exchange.getRequestURI().getRawPath()));
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
    http.put("userAgent", headers.getOrDefault("user-agent", ""));
    context.put("http", http);
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", match.route().key());
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  /** Names in lower case, values of one name joined with commas, and what the gateway adds itself. */
  static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    headers.put("x-forwarded-for", exchange.getRemoteAddress().getAddress().getHostAddress());
    headers.put("x-forwarded-port", String.valueOf(exchange.getLocalAddress().getPort()));
    headers.put("x-forwarded-proto", "http");
    headers.put("x-amzn-trace-id", "Root=" + UUID.randomUUID());
    return headers;
  }

  /** Decoded, and values of one name joined with commas. */
  public static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : rawQuery(exchange).split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        query.merge(name, equals < 0 ? "" : decode(pair.substring(equals + 1)), (a, b) -> a + "," + b);
      }
    }
    return query;
  }

  private static String rawQuery(HttpExchange exchange) {
    String raw = exchange.getRequestURI().getRawQuery();
    return raw == null ? "" : raw;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static boolean isText(String contentType) {
    String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+xml")
        || List.of("application/json", "application/xml", "application/javascript").contains(type);
  }
}
