package waybill.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.ses.SesClient;
import waybill.local.machine.Json;
import waybill.local.machine.Listeners;

/** Mails that an SES elsewhere took. AWS never shows what was sent; LocalStack does at {@code /_aws/ses}. */
public final class MailsElsewhere implements Mails, AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI sent;
  private final Set<String> before;

  /** @param senders the domain that mails come from, which SES has to have verified before it takes any */
  public MailsElsewhere(URI endpoint, Optional<String> senders) {
    this.sent = endpoint.resolve("/_aws/ses");
    try (SesClient ses = SesClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build()) {
      senders.ifPresent(domain -> ses.verifyDomainIdentity(it -> it.domain(domain)));
    }
    this.before = all().map(Mail::id).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Mail> mails() {
    return all().filter(mail -> !before.contains(mail.id())).toList();
  }

  private Stream<Mail> all() {
    try {
      HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(sent).build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(sent + " shows no mails, but answers " + response.statusCode());
      }
      return StreamSupport.stream(Json.read(response.body()).path("messages").spliterator(), false)
          .map(MailsElsewhere::mail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }

  /** LocalStack does not show where answers go. */
  private static Mail mail(JsonNode message) {
    List<String> to = new ArrayList<>();
    for (String kind : List.of("To", "Cc", "Bcc")) {
      message.path("Destination").path(kind + "Addresses").forEach(address -> to.add(address.asText()));
    }
    JsonNode body = message.path("Body");
    return new Mail(message.path("Id").asText(), message.path("Source").asText(), List.of(), to,
        message.path("Subject").asText(),
        body.path("text_part").asText(null), body.path("html_part").asText(null),
        LocalDateTime.parse(message.path("Timestamp").asText().replace("Z", "")).toInstant(ZoneOffset.UTC));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
