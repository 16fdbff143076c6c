package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;
import software.amazon.awssdk.services.ses.model.SesException;
import waybill.local.machine.Http;

class MailboxTest extends OnTheCloud {
  private final String to = UUID.randomUUID() + "@example.com";

  @Test
  void aMailArrivesWithBothItsParts() {
    String id = send("Waybill <orders@shop.example>", "Grüße & <Küsse>", "Dear + 100 %", "<p>Dear</p>");

    JsonNode mails = json(get("/local/mailbox?to=" + to, "Accept", "application/json")).path("data");
    assertThat(mails).hasSize(1);
    JsonNode mail = mails.get(0);
    assertThat(mail.path("id").asText()).isEqualTo(id);
    assertThat(mail.path("from").asText()).isEqualTo("Waybill <orders@shop.example>");
    assertThat(mail.path("to")).isEqualTo(json("[\"" + to + "\"]"));
    assertThat(mail.path("subject").asText()).isEqualTo("Grüße & <Küsse>");
    assertThat(mail.path("text").asText()).isEqualTo("Dear + 100 %");
    assertThat(mail.path("html").asText()).isEqualTo("<p>Dear</p>");
    assertThat(mail.path("sent_at").asText()).endsWith("Z");
  }

  @Test
  void thePageShowsAMailAndRunsNothingOfIt() {
    String id = send("orders@shop.example", "<script>alert(1)</script>", "</pre><script>alert(2)</script>",
        "<p title=\"x\">\"'</iframe><script>alert(3)</script>");

    String page = page("/local/mailbox/" + id).body();
    assertThat(page).contains("sandbox=\"allow-popups ").doesNotContain("allow-scripts")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script");
    assertThat(page).contains("src=\"/local/mailbox/" + id + "/html\"").doesNotContain("</iframe><script");
    assertThat(get("/local/mailbox/" + id + "/html").headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).startsWith("default-src 'none'").contains("; sandbox allow-popups")
                .doesNotContain("allow-scripts", "script-src"));
    assertThat(page("/local/mailbox").headers().firstValue("content-security-policy")).hasValueSatisfying(
        policy -> assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe"));
    assertThat(get("/local/mailbox/none").statusCode()).isEqualTo(404);
  }

  @Test
  void theLinksOfAMailOpenBesideIt() {
    String id = send("orders@shop.example", "s", "t", "<html><head><title>s</title></head><a href=\"/\">x</a>");
    assertThat(get("/local/mailbox/" + id + "/html").body()).contains("<head><base target=_blank><title>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "\"Tea, Ltd.\" <orders@shop.example>|\"Tea, Ltd.\" <orders@shop.example>",
    "\"a \\\"b\\\" <c@d>\" <orders@shop.example>|\"a \\\"b\\\" <c@d>\" <orders@shop.example>",
    "=?UTF-8?B?S8Okc2U=?= =?UTF-8?B?IGFsdA==?= <orders@shop.example>|Käse alt <orders@shop.example>"})
  void aSenderHasANameThatItsPageShows(String from, String shown) {
    String id = send(from, "s", "t", "h");
    assertThat(page("/local/mailbox/" + id).body())
        .contains("<dt>From</dt><dd>" + Http.escape(shown) + "</dd><dt>To");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Käse <orders@shop.example>", "Tea, Ltd. <orders@shop.example>",
    "\"Tea <orders@shop.example>",
    "Tea <orders@shop.example", "a@b.example, c@d.example", "x <orders@shop.example>\r\nBcc: all@shop.example"})
  void aNameThatIsNeitherQuotedNorEncodedIsRejected(String from) {
    assertThatThrownBy(() -> send(from, "s", "t", "h")).isInstanceOf(MessageRejectedException.class);
  }

  @Test
  void answersGoWhereTheMailSays() {
    try (SesClient ses = SesClient.create()) {
      ses.sendEmail(mail -> mail.source("orders@shop.example").replyToAddresses("help@shop.example")
          .destination(it -> it.toAddresses(to))
          .message(it -> it.subject(s -> s.data("s")).body(body -> body.text(t -> t.data("t")))));
    }
    JsonNode mail = json(get("/local/mailbox?to=" + to, "Accept", "application/json")).path("data").get(0);
    assertThat(mail.path("reply_to")).isEqualTo(json("[\"help@shop.example\"]"));
    assertThat(page("/local/mailbox/" + mail.path("id").asText()).body())
        .contains("<dt>Reply to</dt><dd>help@shop.example");
  }

  @Test
  void anInvalidSenderIsRejected() {
    assertThatThrownBy(() -> send("nobody", "s", "t", "h")).isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("nobody");
    assertThat(json(get("/local/mailbox?to=" + to, "Accept", "application/json")).path("data")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "jürgen@example.com", "ada@müller.de", "ada@localhost", "a..b@example.com",
    "ada@example..com"})
  void whatSesTakesNoMailForIsRefused(String recipient) {
    assertThatThrownBy(() -> send("orders@shop.example", recipient, "s", "t", "h")).isInstanceOf(SesException.class)
        .hasMessageContaining("Illegal address");
  }

  @Test
  void anActionThatItDoesNotKnowIsRefusedByName() {
    try (SesClient ses = SesClient.create()) {
      assertThatThrownBy(() -> ses.sendRawEmail(it -> it.rawMessage(raw -> raw.data(SdkBytes.fromUtf8String("x")))))
          .isInstanceOf(SesException.class).hasMessageContaining("SendRawEmail");
    }
  }

  private static HttpResponse<String> page(String path) {
    return get(path, "Accept", "text/html,*/*;q=0.8");
  }

  private String send(String from, String subject, String text, String html) {
    return send(from, to, subject, text, html);
  }

  private static String send(String from, String to, String subject, String text, String html) {
    try (SesClient ses = SesClient.create()) {
      return ses.sendEmail(mail -> mail.source(from).destination(it -> it.toAddresses(to))
          .message(message -> message.subject(it -> it.data(subject).charset("UTF-8"))
              .body(body -> body.text(it -> it.data(text)).html(it -> it.data(html)))))
          .messageId();
    }
  }
}
