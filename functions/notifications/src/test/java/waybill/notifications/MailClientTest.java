package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SesException;

/** The real client against a server that misbehaves. */
class MailClientTest {
  private static final String NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";
  private static final String ANSWER = """
      <SendEmailResponse xmlns="%s"><SendEmailResult><MessageId>m1</MessageId></SendEmailResult>
      <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendEmailResponse>""".formatted(NAMESPACE);
  private static final String BUSY = """
      <ErrorResponse xmlns="%s"><Error><Type>Sender</Type><Code>Throttling</Code><Message>slow</Message></Error>
      <RequestId>r</RequestId></ErrorResponse>""".formatted(NAMESPACE);
  private final AtomicInteger requests = new AtomicInteger();
  private final ServerSocket server;
  /** One for all mails of a test, as it keeps its connections. */
  private final SesClient ses;

  MailClientTest() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    ses = MailClient.configured(SesClient.builder())
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort())).region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create()).build();
  }

  @AfterEach
  void stop() throws IOException {
    ses.close();
    server.close();
  }

  @Test
  void aServerThatFallsSilentGetsTheMailOnce() {
    serve((String) null);
    assertThatThrownBy(this::send).isInstanceOf(SdkClientException.class);
    assertThat(requests).hasValue(1);
  }

  @Test
  void aServerThatFallsSilentOnAConnectionInUseGetsTheMailOnce() {
    serve(response("200 OK", ANSWER), null);
    assertThat(send()).isEqualTo("m1");
    assertThatThrownBy(this::send).isInstanceOf(SdkClientException.class);
    assertThat(requests).hasValue(2);
  }

  @Test
  void aServerThatIsBusyIsAskedOnce() {
    serve(response("400 Bad Request", BUSY));
    assertThatThrownBy(this::send).isInstanceOfSatisfying(SesException.class,
        it -> assertThat(it.awsErrorDetails().errorCode()).isEqualTo("Throttling"));
    assertThat(requests).hasValue(1);
  }

  @Test
  void aServerThatFailsIsAskedOnce() {
    serve(response("500 Internal Server Error", BUSY));
    assertThatThrownBy(this::send).isInstanceOf(SesException.class);
    assertThat(requests).hasValue(1);
  }

  private static String response(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(),
        body);
  }

  private String send() {
    return ses.sendEmail(
        SendEmailRequest.builder().source("a@example.com").destination(it -> it.toAddresses("b@example.com"))
            .message(it -> it.subject(s -> s.data("s")).body(b -> b.text(t -> t.data("t")))).build())
        .messageId();
  }

  /** Answers the requests of one connection in turn; null hangs up, and so does the end of the answers. */
  private void serve(String... answers) {
    Thread.ofVirtual().start(() -> {
      while (!server.isClosed()) {
        try (var connection = server.accept()) {
          for (String answer : answers) {
            if (!readRequest(connection.getInputStream()) || answer == null) {
              break;
            }
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
          }
        } catch (IOException e) {
          // The client is gone, or the test is over.
        }
      }
    });
  }

  private boolean readRequest(java.io.InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    var length = java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    requests.incrementAndGet();
    return true;
  }
}
