package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Message;
import waybill.messages.OrderMessages.MailRequested;
import waybill.platform.Json;

class ResendMailTest extends Mailroom {
  private DynamoDbClient dynamo = bench.dynamo();

  private Map<String, Object> ask(String key, String body) {
    Map<String, Object> answer = Json
        .readObject(answer(out -> new ResendMailHandler(ports(dynamo)).handleRequest(
            bench.httpEvent("POST", "/orders/" + Samples.ORDER + "/mails", Map.of("id", Samples.ORDER.value()),
                Map.of(),
                key == null ? Map.of() : Map.of("idempotency-key", key), body, "grace", "orders:operate"),
            out, null)));
    return Json.readObject((String) answer.get("body"));
  }

  private Object code(String key, String body) {
    Map<String, Object> answer = ask(key, body);
    return answer.get("errors") instanceof List<?> errors
        ? Json.object(errors.getFirst()).get("pointer") + " " + Json.object(errors.getFirst()).get("code")
        : answer.get("code");
  }

  /** What was asked for is sent. */
  private void deliver() {
    Message[] requested = bench.sentTo(NotifyCustomer.class).stream().filter(MailRequested.class::isInstance)
        .toArray(Message[]::new);
    bench.forgetSent();
    assertThat(receive(requested)).isTrue();
  }

  @Test
  void aMailIsSentAgainOncePerRequestAndSaysTheSame() {
    itHappens(Samples.RELEASED);
    receive(Samples.RELEASED);
    for (String key : List.of("one", "two", "one")) {
      assertThat(ask(key, "{\"kind\": \"confirmed\"}")).containsEntry("kind", "confirmed");
    }
    deliver();
    assertThat(mailbox.sent()).hasSize(3);
    assertThat(mailbox.sent().stream().map(it -> it.message().body().text().data()).distinct()).hasSize(1);
    assertThat(mailbox.sent().stream().map(it -> it.destination().toAddresses()).distinct()).hasSize(1);
    assertThat(markers()).filteredOn(it -> it.startsWith("confirmed#")).hasSize(3);
  }

  /** A new kind of mail must be known to {@link Originals} too. */
  @ParameterizedTest
  @MethodSource("everyNews")
  void everyMailThatWasSentCanBeSentAgain(NotifyCustomer.Input news) {
    if (news instanceof MailRequested) {
      return;
    }
    itHappens(news);
    assertThat(receive(news)).isTrue();
    Mail mail = Mail.of(news);
    mailbox.clear();
    assertThat(ask("k", "{\"kind\": \"%s\"}".formatted(mail.kind()))).containsKey("created_at");
    deliver();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void theMailOfAParcelIsAskedForByTheParcel() {
    itHappens(Samples.LABELLED);
    receive(Samples.LABELLED);
    mailbox.clear();
    assertThat(code("k", "{\"kind\": \"shipped\", \"about\": \"par_x\"}")).isEqualTo("mail_not_due");
    ask("k", "{\"kind\": \"shipped\", \"about\": \"%s\"}".formatted(Samples.PARCEL));
    deliver();
    assertThat(mailbox.sent()).singleElement()
        .satisfies(it -> assertThat(it.message().body().text().data()).contains(Samples.NUMBER));
  }

  @Test
  void whatWasDueAndNeverSentIsSent() {
    itHappens(Samples.LABELLED);
    bench.clock().advance(Duration.ofDays(3));
    receive(Samples.LABELLED);
    assertThat(mailbox.sent()).as("it was too late").isEmpty();
    ask("k", "{\"kind\": \"shipped\"}");
    deliver();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"confirmed", "shipped", "delivered", "cancelled", "payment_failed", "out_for_delivery", "nonsense"})
  void whatWasNotDueIsRefusedByName(String kind) {
    assertThat(code("k", "{\"kind\": \"%s\"}".formatted(kind))).isEqualTo("mail_not_due");
    assertThat(bench.sentTo(NotifyCustomer.class)).isEmpty();
    assertThat(bench.items("notifications")).isEmpty();
  }

  @Test
  void whatIsNoLongerSoIsNotSaid() {
    itHappens(Samples.CANCELLED);
    receive(Samples.RELEASED, Samples.CANCELLED);
    assertThat(code("k", "{\"kind\": \"confirmed\"}")).isEqualTo("mail_not_due");
    assertThat(ask("k", "{\"kind\": \"cancelled\"}")).containsKey("created_at");
  }

  @Test
  void anOrderThatWasConfirmedAndIsCancelledIsNotConfirmedAgain() {
    advance(PAID, new waybill.messages.StockMessages.StockReserved(Samples.ORDER));
    receive(Samples.RELEASED);
    cancel();
    assertThat(code("k", "{\"kind\": \"confirmed\"}")).isEqualTo("mail_superseded");
  }

  private void cancel() {
    answer(out -> new waybill.orders.CancelOrderHandler(bench.ports()).handleRequest(bench.httpEvent("POST", "/",
        Map.of("id", Samples.ORDER.value()), Map.of(), Map.of("idempotency-key", "c"), "{}", "op", "orders:operate"),
        out,
        null));
  }

  @Test
  void whatIsUntrueByTheTimeItIsSentIsNotSent() {
    advance(PAID, new waybill.messages.StockMessages.StockReserved(Samples.ORDER));
    receive(Samples.RELEASED);
    ask("k", "{\"kind\": \"confirmed\"}");
    cancel();
    mailbox.clear();
    deliver();
    assertThat(mailbox.sent()).isEmpty();
  }

  @Test
  void anAddressThatGetsNoMailsGetsThisNeither() {
    itHappens(Samples.LABELLED);
    receive(Samples.LABELLED);
    new Addresses(ports(bench.dynamo())).record("ada@example.com",
        new MailFeedback(MailFeedback.Kind.BOUNCED, "General",
            "f-1", bench.clock().instant(), bench.clock().instant(), "ses-1", List.of("ada@example.com"), Samples.ORDER,
            "shipped#" + Samples.PARCEL));
    assertThat(code("k", "{\"kind\": \"shipped\"}")).isEqualTo("address_suppressed");
    assertThat(bench.sentTo(NotifyCustomer.class)).doesNotHaveAnyElementsOfTypes(MailRequested.class);
  }

  @Test
  void aKeyIsOneRequestForEver() {
    itHappens(Samples.LABELLED);
    receive(Samples.LABELLED, Samples.RELEASED);
    ask("k", "{\"kind\": \"confirmed\"}");
    assertThat(code("k", "{\"kind\": \"shipped\"}")).isEqualTo("idempotency_key_reused");
    bench.clock().advance(Duration.ofDays(100));
    cancel();
    assertThat(ask("k", "{\"kind\": \"confirmed\"}")).containsEntry("created_at", "2026-11-22T09:00:00.000Z");
  }

  @Test
  void aRequestWhoseMessageWasNotSentIsFinishedByItsRetry() {
    itHappens(Samples.LABELLED);
    receive(Samples.LABELLED);
    mailbox.clear();
    bench.refuseNextSends(1);
    assertThat(ask("k", "{\"kind\": \"shipped\"}")).containsEntry("status", 503L);
    ask("k", "{\"kind\": \"shipped\"}");
    deliver();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void anOrdersMailsAreNotSentAgainForEver() {
    itHappens(Samples.LABELLED);
    for (int i = 0; i < Resends.MOST; i++) {
      assertThat(ask("k" + i, "{\"kind\": \"shipped\"}")).containsKey("created_at");
    }
    assertThat(code("more", "{\"kind\": \"shipped\"}")).isEqualTo("too_many_mails");
    assertThat(ask("k3", "{\"kind\": \"shipped\"}")).containsKey("created_at");
  }

  @Test
  void aRequestIsReadAsItIsDescribed() {
    assertThat(waybill.workbench.RequestSchema.of("MailForm").misfits("{\"kind\": \"shipped\", \"about\": \"par_x\"}",
        ResendMailHandler.Form::read)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{}|/kind required", "{\"kind\": 5}|/kind wrong_type",
    "{\"kind\": \"shipped\", \"to\": \"me@example.com\"}|/to unknown",
    "{\"kind\": \"shipped\", \"about\": \"\"}|/about empty"})
  void whatMakesNoSenseIsRefused(String body, String error) {
    assertThat(code("k", body)).isEqualTo(error);
    assertThat(code(null, "{\"kind\": \"shipped\"}")).isEqualTo("idempotency_key_required");
  }

  @Test
  void whatIsAskedForIsSentIfATransactionIsInTheWayOfTheRequest() {
    itHappens(Samples.RELEASED);
    receive(Samples.RELEASED);
    mailbox.clear();
    dynamo = faults.in(DynamoDbClient.class, bench.dynamo());
    faults.conflictAt(1);
    assertThat(ask("one", "{\"kind\": \"confirmed\"}")).containsEntry("kind", "confirmed");
    assertThat(faults.conflicted()).isTrue();
    deliver();
    assertThat(mailbox.sent()).hasSize(1);
  }
}
