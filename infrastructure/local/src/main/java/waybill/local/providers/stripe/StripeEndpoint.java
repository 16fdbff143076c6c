package waybill.local.providers.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import waybill.local.machine.Http;
import waybill.local.machine.Listeners;

/** Where the local Stripe listens, for Stripe's own client with its {@code apiBase} set. */
public final class StripeEndpoint implements AutoCloseable {
  private static final String BEARER = "Bearer ";

  private final Stripe stripe;
  private final StripeAccounts accounts;
  private final HttpServer server;

  public StripeEndpoint(Stripe stripe, StripeAccounts accounts) throws IOException {
    this.stripe = stripe;
    this.accounts = accounts;
    this.server = Listeners.start(0, this::handle);
  }

  public URI endpoint() {
    return Listeners.uri(server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> parameters = Http
          .form(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
      parameters.putAll(Http.form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      String account = accounts.byKey().get(Http.header(exchange, "Authorization").replaceFirst("^" + BEARER, ""));
      exchange.getResponseHeaders().set("Request-Id", "req_" + UUID.randomUUID().toString().replace("-", ""));
      if (account == null) {
        send(exchange, StripeRefused.wrongKey().answer());
        return;
      }
      Stripe.Reply reply = stripe.reply(new Stripe.Request(account, exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(), parameters, Http.header(exchange, "Idempotency-Key")));
      if (reply.replayed()) {
        exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
      }
      if (reply.answer().isPresent()) {
        send(exchange, reply.answer().get());
      } else {
        Http.breakOff(exchange);
      }
    }
  }

  private static void send(HttpExchange exchange, StripeLedger.Answer answer) throws IOException {
    Http.json(exchange, answer.status(), answer.json());
  }

  @Override
  public void close() {
    Listeners.stop(server);
  }
}
