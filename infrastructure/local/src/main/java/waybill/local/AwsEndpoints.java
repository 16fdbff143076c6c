package waybill.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import waybill.local.buckets.Buckets;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.machine.Listeners;
import waybill.local.mail.Mailbox;
import waybill.local.parameters.Parameters;

/** One listener for the AWS services that are small enough to be written here: mail, secrets and files. */
final class AwsEndpoints implements AutoCloseable {
  private static final String SSM = "AmazonSSM.";

  private final Mailbox mailbox;
  private final Parameters parameters;
  private final Buckets buckets;
  private final HttpServer server;

  AwsEndpoints(Mailbox mailbox, Parameters parameters, Buckets buckets) throws IOException {
    this.mailbox = mailbox;
    this.parameters = parameters;
    this.buckets = buckets;
    this.server = Listeners.start(0, this::handle);
  }

  URI endpoint() {
    return Listeners.uri(server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = Http.header(exchange, "X-Amz-Target");
      if (!exchange.getRequestMethod().equals("POST")) {
        buckets.answer(exchange, body);
      } else if (target.startsWith(SSM)) {
        Parameters.Answer answer = parameters.answer(target.substring(SSM.length()), Json.read(body));
        Http.send(exchange, answer.status(), "application/x-amz-json-1.1", Json.bytes(answer.json()));
      } else {
        Mailbox.Answer answer = mailbox.answer(Http.form(new String(body, StandardCharsets.UTF_8)));
        Http.send(exchange, answer.status(), "text/xml", answer.xml().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() {
    Listeners.stop(server);
  }
}
