package waybill.local.providers.karrio;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.machine.Listeners;
import waybill.local.providers.BrokerAccounts;

/** Where the local Karrio listens. */
public final class KarrioEndpoint implements AutoCloseable {
  private final Karrio karrio;
  private final BrokerAccounts accounts;
  private final HttpServer server;

  public KarrioEndpoint(Karrio karrio, BrokerAccounts accounts) throws IOException {
    this.karrio = karrio;
    this.accounts = accounts;
    this.server = Listeners.start(0, this::handle);
  }

  public URI endpoint() {
    return Listeners.uri(server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String query = exchange.getRequestURI().getRawQuery();
      JsonNode request = body.length > 0 ? Json.read(body) : Json.tree(query == null ? Map.of() : Http.form(query));
      String account = accounts.byKey().get(Http.header(exchange, "Authorization").replaceFirst("^Token ", ""));
      if (account == null) {
        KarrioRefused refused = KarrioRefused.wrongKey();
        Http.json(exchange, refused.status(), refused.json());
        return;
      }
      Optional<Karrio.Answer> answer = karrio.reply(account, exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(), request);
      if (answer.isPresent()) {
        Http.json(exchange, answer.get().status(), answer.get().json());
      } else {
        Http.breakOff(exchange);
      }
    }
  }

  @Override
  public void close() {
    Listeners.stop(server);
  }
}
