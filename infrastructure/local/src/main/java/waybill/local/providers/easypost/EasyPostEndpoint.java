package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.machine.Listeners;
import waybill.local.providers.BrokerAccounts;

/** Where the local EasyPost listens. */
public final class EasyPostEndpoint implements AutoCloseable {
  private final EasyPost easyPost;
  private final BrokerAccounts accounts;
  private final HttpServer server;

  public EasyPostEndpoint(EasyPost easyPost, BrokerAccounts accounts) throws IOException {
    this.easyPost = easyPost;
    this.accounts = accounts;
    this.server = Listeners.start(0, this::handle);
    easyPost.listensAt(endpoint());
  }

  public URI endpoint() {
    return Listeners.uri(server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith(EasyPostFiles.FOLDER)) {
        // As in the storage that EasyPost's addresses lead to: whoever has the address has the file.
        EasyPostFiles.answer(exchange, path.substring(EasyPostFiles.FOLDER.length()));
        return;
      }
      String query = exchange.getRequestURI().getRawQuery();
      JsonNode request = body.length == 0 ? Json.tree(Http.form(query == null ? "" : query)) : Json.read(body);
      Optional<String> account = account(Http.header(exchange, "Authorization"));
      if (account.isEmpty()) {
        EasyPostRefused refused = EasyPostRefused.wrongKey();
        Http.json(exchange, refused.status(), refused.json());
        return;
      }
      Optional<EasyPost.Answer> answer = easyPost.reply(account.get(), exchange.getRequestMethod(), path, request);
      if (answer.isPresent()) {
        Http.json(exchange, answer.get().status(), answer.get().json());
      } else {
        Http.breakOff(exchange);
      }
    }
  }

  /** HTTP's Basic scheme with the key as the user, as EasyPost has it. */
  private Optional<String> account(String authorization) {
    try {
      String user = new String(Base64.getDecoder().decode(authorization.replaceFirst("^Basic ", "")),
          StandardCharsets.UTF_8);
      return Optional.ofNullable(accounts.byKey().get(user.substring(0, Math.max(0, user.indexOf(':')))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    Listeners.stop(server);
  }
}
