package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.OrderId;
import waybill.notifications.MailFeedback.Kind;
import waybill.platform.Json;

/** What SES publishes, as an event of a configuration set and as a notification of an identity, in SNS's envelope and raw. */
class SesReportTest {
  static final String SAMPLE = read("../../events/record-mail-feedback.json");
  private static final OrderId ORDER = new OrderId("ord_8wbx56kav7d3kerhkfart51jp5");

  static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aBounceSaysWhichMailCameBackFromWhichAddressInTheEnvelopeAndRawAlike() {
    MailFeedback news = SesReport.read(SAMPLE);
    assertThat(news.kind()).isEqualTo(Kind.BOUNCED);
    assertThat(news.detail()).isEqualTo("General");
    assertThat(news.order()).isEqualTo(ORDER);
    assertThat(news.event()).isEqualTo("confirmed#" + ORDER);
    assertThat(news.addresses()).containsExactly("bounce+sample@simulator.amazonses.com");
    assertThat(news.at()).isEqualTo(Instant.parse("2026-11-22T09:16:12.412Z"));
    assertThat(news.sentAt()).isEqualTo(Instant.parse("2026-11-22T09:16:10.120Z"));
    assertThat(SesReport.read((String) Json.readObject(SAMPLE).get("Message"))).isEqualTo(news);
    assertThat(news.toString()).doesNotContain("@");
  }

  @ParameterizedTest
  @CsvSource({"Permanent,General,BOUNCED", "Permanent,NoEmail,BOUNCED", "Permanent,Suppressed,BOUNCED",
    "Permanent,OnAccountSuppressionList,BOUNCED", "Transient,General,SOFT_BOUNCED",
    "Transient,MailboxFull,SOFT_BOUNCED",
    "Transient,MessageTooLarge,SOFT_BOUNCED", "Transient,ContentRejected,SOFT_BOUNCED",
    "Transient,AttachmentRejected,SOFT_BOUNCED", "Undetermined,Undetermined,SOFT_BOUNCED", "Later,,SOFT_BOUNCED"})
  void onlyWhatIsPermanentCountsAgainstTheAddress(String type, String subType, Kind kind) {
    MailFeedback news = SesReport.read(event("Bounce", "bounce", Map.of("bounceType", type, "bounceSubType",
        subType == null ? "" : subType, "bouncedRecipients", List.of(Map.of("emailAddress", "a@example.com")))));
    assertThat(news.kind()).isEqualTo(kind);
    assertThat(news.detail()).isEqualTo(subType);
    assertThat(news.kind().suppresses()).isEqualTo(type.equals("Permanent"));
  }

  @ParameterizedTest
  @CsvSource({"abuse,COMPLAINED,abuse", "fraud,COMPLAINED,fraud", "virus,COMPLAINED,virus", "other,COMPLAINED,other",
    ",COMPLAINED,OnAccountSuppressionList", "not-spam,PASSED_OVER,not-spam", "auth-failure,PASSED_OVER,auth-failure"})
  void aReaderComplainsUnlessTheReportSaysOtherwise(String feedback, Kind kind, String detail) {
    var complaint = new java.util.HashMap<String, Object>(Map.of("complainedRecipients",
        List.of(Map.of("emailAddress", "a@example.com")), "complaintSubType", "OnAccountSuppressionList"));
    complaint.put("complaintFeedbackType", feedback);
    MailFeedback news = SesReport.read(event("Complaint", "complaint", complaint));
    assertThat(news.kind()).isEqualTo(kind);
    assertThat(news.detail()).isEqualTo(detail);
  }

  @Test
  void aNotificationOfAnIdentityHasNoTagsAndStillNamesTheAddress() {
    MailFeedback news = SesReport.read(
        """
            {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"NoEmail","timestamp":"2026-01-27T14:59:38+00:00",
            "feedbackId":"f-1","bouncedRecipients":[{"emailAddress":"Jane Doe <Jane@EXAMPLE.com>"}]},
            "mail":{"timestamp":"2026-01-27T14:59:37Z","messageId":"m-1","destination":["jane@example.com"]}}""");
    assertThat(news.order()).isNull();
    assertThat(news.event()).isNull();
    assertThat(news.addresses()).containsExactly("jane@example.com");
    assertThat(news.id()).isEqualTo("f-1");
  }

  /** The final recipient is of the last server that looked, which after forwarding is somebody we never mailed. */
  @ParameterizedTest
  @CsvSource({"ada@example.com,ada@example.com", "ada@work.example,ada@example.com", "ADA@Example.com,ada@example.com"})
  void theAddressThatWeMailedIsBlamedAndNotTheOneItForwardsTo(String reported, String blamed) {
    MailFeedback news = SesReport.read(event("Bounce", "bounce", Map.of("bounceType", "Permanent", "bouncedRecipients",
        List.of(Map.of("emailAddress", reported))), "ada@example.com"));
    assertThat(news.addresses()).containsExactly(blamed);
  }

  @Test
  void ofSeveralRecipientsOnlyThoseThatBouncedAreBlamed() {
    MailFeedback news = SesReport.read(event("Bounce", "bounce",
        Map.of("bounceType", "Permanent", "bouncedRecipients",
            List.of(Map.of("emailAddress", "b@example.com"), Map.of("emailAddress", "c@example.com"), Map.of())),
        "a@example.com", "b@example.com", "c@example.com"));
    assertThat(news.addresses()).containsExactly("b@example.com", "c@example.com");
  }

  @Test
  void aMailThatSesTookAndRejectedIsNotTheAddresssFault() {
    MailFeedback news = SesReport.read(event("Reject", "reject", Map.of("reason", "Bad content"), "a@example.com"));
    assertThat(news.kind()).isEqualTo(Kind.REJECTED);
    assertThat(news.kind().suppresses()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Send", "Delivery", "Open", "Click", "DeliveryDelay", "Subscription", "Rendering Failure",
    "Newer"})
  void whatIsNoFailureIsPassedOver(String type) {
    assertThat(SesReport.read(event(type, "any", Map.of())).kind()).isEqualTo(Kind.PASSED_OVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Successfully validated SNS topic for Amazon SES event publishing.",
    "{\"notificationType\":\"AmazonSnsSubscriptionSucceeded\",\"message\":\"You have successfully subscribed your topic\"}"})
  void whatSesPublishesWhenATopicIsConnectedIsPassedOver(String text) {
    assertThat(SesReport.read(text).kind()).isEqualTo(Kind.PASSED_OVER);
    assertThat(SesReport.read(Json.write(Map.of("Type", "Notification", "Message", text))).kind())
        .isEqualTo(Kind.PASSED_OVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense of ada@example.com", "{}", "[]", "{\"eventType\":\"Bounce\"}",
    "{\"eventType\":\"Bounce\",\"mail\":{\"messageId\":\"m\",\"timestamp\":\"yesterday of ada@example.com\"}}",
    "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"ada@example.com\",\"Token\":\"t\"}"})
  void whatSesDoesNotPublishIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> SesReport.read(text)).hasMessageNotContaining("example.com");
  }

  static String event(String type, String name, Map<String, Object> report, String... destination) {
    var mail = Map.of("timestamp", "2026-11-22T09:16:10.120Z", "messageId", "m-1", "destination", List.of(destination),
        "tags", Map.of("order", List.of(ORDER.value()), "event", List.of(SesReport.tagOf("confirmed#" + ORDER))));
    return Json.write(Map.of("eventType", type, name, report, "mail", mail));
  }
}
