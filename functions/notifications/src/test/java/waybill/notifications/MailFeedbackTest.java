package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SendEmailResponse;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.platform.Json;
import waybill.workbench.RequestSchema;

/** What SES reports of mails: how it stops further ones, and how a person lets them go again. */
class MailFeedbackTest extends Mailroom {
  private static final String CONFIRMED = "confirmed#" + Samples.ORDER;
  private static final String SHIPPED = "shipped#" + Samples.PARCEL;
  private int reports;

  @Test
  void anAddressThatBouncesForGoodGetsNoFurtherMailAndTheOrderSaysWhy() {
    confirmed();
    assertThat(report(bounce("Permanent", "NoEmail"))).isTrue();
    advance(Samples.LABELLED);
    assertThat(receive(Samples.LABELLED)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
    assertThat(markers()).containsExactlyInAnyOrder(CONFIRMED + " sent ses-1", SHIPPED + " suppressed");
    Map<String, Object> mails = mails();
    assertThat(mail(mails, 0)).containsEntry("kind", "confirmed").containsEntry("about", Samples.ORDER.value())
        .containsEntry("status", "bounced").containsEntry("detail", "NoEmail").containsEntry("ses_message_id", "ses-1");
    assertThat(mail(mails, 1)).containsEntry("kind", "shipped").containsEntry("status", "suppressed")
        .containsEntry("reason", "bounced");
    assertThat(Json.object(mails.get("address"))).containsEntry("suppressed", true).containsEntry("reason", "bounced");
    assertThat(events()).containsExactly(new OrderChanged(Samples.ORDER, EventType.ORDER_MAIL_FAILED,
        CONFIRMED + " BOUNCED"));
    assertThat(logged("\"MailsSuppressed\":1")).hasSize(1);
  }

  @Test
  void whicheverCallSomebodyIsInTheWayOfItIsMarkedThatTheAddressGetsNoMail() {
    confirmed();
    report(bounce("Permanent", "NoEmail"));
    advance(Samples.LABELLED);
    int retried = 0;
    for (int call = 1; call <= 12; call++) {
      faults.strike(call, false, () -> TransactionConflictException.builder().message("in the way").build());
      boolean acknowledged = receive(faults.in(DynamoDbClient.class, bench.dynamo()), mailbox, Samples.LABELLED);
      faults.stop();
      retried += acknowledged ? 0 : 1;
      assertThat(acknowledged || receive(Samples.LABELLED)).as("call %d", call).isTrue();
      assertThat(markers()).as("call %d", call).contains(SHIPPED + " suppressed");
      bench.items("notifications").stream().filter(it -> it.get("sk").s().equals(SHIPPED))
          .forEach(it -> bench.dynamo().deleteItem(request -> request.tableName("notifications")
              .key(Map.of("pk", it.get("pk"), "sk", it.get("sk")))));
    }
    assertThat(retried).isPositive();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void theAddressStandsNowhereInPlain() {
    confirmed();
    report(bounce("Permanent", "General"));
    receive(Samples.RELEASED);
    assertThat(bench.items("notifications").toString()).doesNotContain("ada@", "example.com");
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ada@", "example.com");
    assertThat(bench.sent().toString()).doesNotContain("ada@", "example.com");
    assertThat(Json.write(mails())).doesNotContain("ada@", "example.com");
  }

  @Test
  void anotherSpellingOfTheAddressIsTheSameMailbox() {
    confirmed();
    report(bounce("Permanent", "General").replace("ada@example.com", "ADA@EXAMPLE.COM"));
    advance(Samples.LABELLED);
    receive(Samples.LABELLED);
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void aBounceThatPassesIsCountedOnceAndStopsNothing() {
    confirmed();
    String full = bounce("Transient", "MailboxFull");
    assertThat(report(full, full)).isTrue();
    report(full);
    report(bounce("Undetermined", "Undetermined"));
    advance(Samples.LABELLED);
    assertThat(receive(Samples.LABELLED)).isTrue();
    assertThat(mailbox.sent()).hasSize(2);
    Map<String, Object> mails = mails();
    assertThat(mail(mails, 0)).containsEntry("status", "soft_bounced");
    assertThat(Json.object(mails.get("address"))).containsEntry("suppressed", false).containsEntry("soft_bounces", 2L);
  }

  @Test
  void aComplaintWeighsMoreThanABounceInWhateverOrderTheyCome() {
    confirmed();
    report(complaint());
    report(bounce("Permanent", "General"));
    assertThat(Json.object(mails().get("address"))).containsEntry("reason", "complained");
    assertThat(mail(mails(), 0)).containsEntry("status", "complained").containsEntry("detail", "abuse");
  }

  @Test
  void aMailWhoseEndWasUncertainWasSentIfItComesBack() {
    itIsPaidAndPacked();
    mailbox.failNext(() -> software.amazon.awssdk.core.exception.SdkClientException.create("no answer"));
    receive(Samples.RELEASED);
    assertThat(markers()).containsExactly(CONFIRMED + " uncertain");
    report(bounce("Permanent", "General"));
    assertThat(markers()).contains(CONFIRMED + " sent m-1");
    assertThat(mail(mails(), 0)).containsEntry("status", "bounced");
  }

  @Test
  void aReportThatIsFasterThanTheAnswerOfSesIsKept() {
    itIsPaidAndPacked();
    SesClient hasty = new SesClient() {
      @Override
      public SendEmailResponse sendEmail(SendEmailRequest request) {
        report(bounce("Permanent", "General"));
        return mailbox.sendEmail(request);
      }

      @Override
      public String serviceName() {
        return SERVICE_NAME;
      }

      @Override
      public void close() {}
    };
    assertThat(receive(bench.dynamo(), hasty, Samples.RELEASED)).isTrue();
    assertThat(mail(mails(), 0)).containsEntry("status", "bounced");
  }

  @Test
  void everyMailNamesItsOrderAndEventForTheReports() {
    confirmed();
    SendEmailRequest sent = mailbox.sent().getFirst();
    assertThat(sent.configurationSetName()).isEqualTo("waybill");
    assertThat(sent.tags()).allMatch(it -> (it.name() + it.value()).matches("[A-Za-z0-9_-]{1,256}"))
        .anyMatch(it -> it.name().equals("order") && it.value().equals(Samples.ORDER.value()));
  }

  @Test
  void aPersonReleasesTheAddressAndOnlyWhatIsSentAfterwardsCounts() {
    confirmed();
    String late = bounce("Permanent", "General");
    report(late);
    String id = (String) Json.object(mails().get("address")).get("id");
    bench.clock().advance(Duration.ofHours(1));
    assertThat(release(id, "k1", "It works again")).contains("\"statusCode\":200").contains("\\\"suppressed\\\":false");
    assertThat(release(id, "k1", "It works again")).as("asked again").contains("\"statusCode\":200");
    assertThat(release(id, "k1", "Another note")).contains("\"statusCode\":422", "idempotency_key_reused");
    assertThat(release(id, "k2", "It works again")).contains("\"statusCode\":409", "not_suppressed");
    report(late, bounce("Permanent", "General"));
    advance(Samples.LABELLED);
    assertThat(receive(Samples.LABELLED)).isTrue();
    assertThat(mailbox.sent()).hasSize(2);
    bench.clock().advance(Duration.ofSeconds(1));
    report(bounce("Permanent", "General", bench.clock().instant()));
    assertThat(Json.object(mails().get("address"))).containsEntry("suppressed", true);
  }

  @Test
  void aReleaseIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("SuppressionReleaseForm").misfits("{\"note\": \"It works again\"}",
        ReleaseSuppressionHandler::note)).isEmpty();
  }

  @Test
  void nobodyReleasesWhatIsNotKnown() {
    assertThat(release("sup_" + "0".repeat(32), "k", "Try")).contains("\"statusCode\":404");
    assertThat(release("ada", "k", "Try")).contains("\"statusCode\":404");
  }

  @Test
  void anOrderWithoutMailsHasAnEmptyList() {
    assertThat(mails()).containsEntry("data", List.of()).containsEntry("address", null);
  }

  @Test
  void aReportOfAMailThatNobodySentHereCountsForItsAddressOnly() {
    report(bounce("Permanent", "General"));
    assertThat(events()).isEmpty();
    assertThat(markers()).hasSize(0);
    assertThat(Json.object(mails().get("address"))).containsEntry("suppressed", true);
  }

  @Test
  void whateverIsNoReportFailsAloneAndTheRestOfTheBatchIsDone() {
    confirmed();
    String answer = answer(out -> feedback(bench.dynamo())
        .handleRequest(bench.sqsEvent(1, "nonsense", bounce("Permanent", "General")), out, null));
    assertThat((List<?>) Json.readObject(answer).get("batchItemFailures")).hasSize(1);
    assertThat(Json.object(mails().get("address"))).containsEntry("suppressed", true);
  }

  @Test
  void whereverItDiesTheReportIsRecordedWhenItIsReceivedAgain() {
    for (int call = 1;; call++) {
      int died = 0;
      for (boolean afterItsEffect : new boolean[]{false, true}) {
        clear();
        bench.forgetSent();
        confirmed();
        String full = bounce("Transient", "General");
        String report = bounce("Permanent", "General");
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        died += report(faults.in(DynamoDbClient.class, bench.dynamo()), full, report) ? 0 : 1;
        faults.stop();
        assertThat(report(full, report)).isTrue();
        assertThat(events()).contains(new OrderChanged(Samples.ORDER, EventType.ORDER_MAIL_FAILED,
            CONFIRMED + " BOUNCED"));
        assertThat(Json.object(mails().get("address"))).containsEntry("suppressed", true)
            .containsEntry("soft_bounces", 1L);
      }
      if (died == 0) {
        assertThat(call).isGreaterThan(5);
        return;
      }
    }
  }

  private void confirmed() {
    itIsPaidAndPacked();
    assertThat(receive(Samples.RELEASED)).isTrue();
  }

  private String bounce(String type, String subType) {
    return bounce(type, subType, Samples.NOW);
  }

  private String bounce(String type, String subType, Instant sentAt) {
    return event("Bounce", "bounce", Map.of("bounceType", type, "bounceSubType", subType, "bouncedRecipients",
        List.of(Map.of("emailAddress", "ada@example.com"))), sentAt);
  }

  private String complaint() {
    return event("Complaint", "complaint", Map.of("complaintFeedbackType", "abuse", "complainedRecipients",
        List.of(Map.of("emailAddress", "ada@example.com"))), Samples.NOW);
  }

  private String event(String type, String name, Map<String, Object> report, Instant sentAt) {
    var all = new HashMap<>(report);
    all.put("feedbackId", "f-" + ++reports);
    all.put("timestamp", sentAt.plusSeconds(3).toString());
    var mail = Map.of("timestamp", sentAt.toString(), "messageId", "m-1", "destination", List.of("ada@example.com"),
        "tags",
        Map.of("order", List.of(Samples.ORDER.value()), "event", List.of(SesReport.tagOf(CONFIRMED))));
    return Json.write(Map.of("Type", "Notification", "Message",
        Json.write(Map.of("eventType", type, name, all, "mail", mail))));
  }

  private List<OrderChanged> events() {
    return bench.sent().stream().map(it -> it.message()).filter(OrderChanged.class::isInstance)
        .map(OrderChanged.class::cast).filter(it -> it.event() == EventType.ORDER_MAIL_FAILED).distinct().toList();
  }

  private boolean report(String... reports) {
    return report(bench.dynamo(), reports);
  }

  private boolean report(DynamoDbClient dynamo, String... reports) {
    return answer(out -> feedback(dynamo).handleRequest(bench.sqsEvent(1, reports), out, null))
        .equals("{\"batchItemFailures\":[]}");
  }

  private RecordMailFeedbackHandler feedback(DynamoDbClient dynamo) {
    return new RecordMailFeedbackHandler(ports(dynamo));
  }

  private Map<String, Object> mails() {
    String answer = answer(out -> new ListMailsHandler(ports(bench.dynamo())).handleRequest(
        bench.httpEvent("GET", "/orders/x/mails", Map.of("id", Samples.ORDER.value()), Map.of(), Map.of(), "", "o",
            "orders:operate"),
        out, null));
    return Json.readObject((String) Json.readObject(answer).get("body"));
  }

  private static Map<String, Object> mail(Map<String, Object> mails, int index) {
    return Json.object(((List<?>) mails.get("data")).get(index));
  }

  private String release(String id, String key, String note) {
    return answer(out -> new ReleaseSuppressionHandler(ports(bench.dynamo())).handleRequest(
        bench.httpEvent("POST", "/mail-suppressions/" + id + "/release", Map.of("id", id), Map.of(),
            Map.of("idempotency-key", key, "content-type", "application/json"), Json.write(Map.of("note", note)), "o",
            "orders:operate"),
        out, null));
  }
}
