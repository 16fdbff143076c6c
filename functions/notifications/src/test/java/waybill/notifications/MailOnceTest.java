package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.AccountSendingPausedException;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SendEmailResponse;
import software.amazon.awssdk.services.ses.model.SesException;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.platform.Chance;
import waybill.platform.Lease;

/** Each mail is sent at most once, and one that may not have been sent is counted. */
class MailOnceTest extends Mailroom {

  @ParameterizedTest
  @MethodSource("everyNews")
  void aMessageThatIsReceivedAgainIsMailedOnce(NotifyCustomer.Input news) {
    itHappens(news);
    assertThat(receive(news, news)).isTrue();
    assertThat(receive(news)).isTrue();
    bench.clock().advance(Duration.ofHours(47));
    assertThat(receive(news)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void sixReceiversAtOnceMailOnce() throws Exception {
    itIsPaidAndPacked();
    var start = new CyclicBarrier(6);
    Callable<Boolean> receive = () -> {
      start.await();
      return receive(Samples.RELEASED);
    };
    try (var threads = Executors.newFixedThreadPool(6)) {
      var receives = threads.invokeAll(IntStream.range(0, 6).mapToObj(_ -> receive).toList());
      assertThat(receives.stream().filter(it -> get(it::get))).isNotEmpty();
    }
    assertThat(mailbox.sent()).hasSize(1);
    assertThat(markers()).containsExactly("confirmed#" + Samples.ORDER + " sent ses-1");
    assertThat(receive(Samples.RELEASED)).as("those that are retried find it sent").isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void whoComesWhileAnotherSendsWaitsForTheOutcome() {
    itIsPaidAndPacked();
    SesClient slow = new SesClientInFront(mailbox,
        () -> assertThat(receive(Samples.RELEASED)).as("received while it is being sent").isFalse());
    assertThat(receive(bench.dynamo(), slow, Samples.RELEASED)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
    assertThat(markers()).containsExactly("confirmed#" + Samples.ORDER + " sent ses-1");
    assertThat(logged("uncertain")).isEmpty();
    assertThat(logged("retried later")).singleElement().asString().contains("\"level\":\"WARN\"", "under way");
    assertThat(logged("\"level\":\"ERROR\"")).as("nothing is wrong then").isEmpty();
  }

  /**
   * Dies at each call in turn, before and after its effect, and then receives it again until it is acknowledged. What was not
   * claimed yet was not sent for sure, and is.
   */
  @ParameterizedTest
  @MethodSource("everyNews")
  void whereverItDiesNoMailGoesOutTwiceAndNoneIsLostUnseen(NotifyCustomer.Input news) {
    itHappens(news);
    for (int call = 1;; call++) {
      int died = 0;
      for (boolean afterItsEffect : new boolean[]{false, true}) {
        clear();
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        boolean acknowledged = receive(faults.in(DynamoDbClient.class, bench.dynamo()),
            faults.in(SesClient.class, mailbox), news);
        died += acknowledged ? 0 : 1;
        boolean claimed = !markers().isEmpty();
        faults.stop();
        bench.clock().advance(Lease.LENGTH);
        assertThat(receive(news)).isTrue();
        assertThat(receive(news)).isTrue();
        boolean sent = markers().getFirst().contains(" sent ");
        assertThat(sent || claimed).as("call %d: what was not claimed goes out now", call).isTrue();
        assertThat(mailbox.sent()).as("call %d", call).hasSizeLessThanOrEqualTo(1)
            .hasSizeGreaterThanOrEqualTo(sent ? 1 : 0);
        assertThat(logged("\"MailsUncertain\":1")).as("call %d", call).hasSize(sent ? 0 : 1);
      }
      if (died == 0) {
        assertThat(call).isGreaterThan(5);
        return;
      }
    }
  }

  @Test
  void aClaimWhoseAnswerWasLostIsStillItsOwn() {
    itIsPaidAndPacked();
    // The SDK repeats a write whose answer was lost, and the repetition fails on its own condition.
    assertThat(receive(repeatingWrites(bench.dynamo()), mailbox, Samples.RELEASED)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  private static DynamoDbClient repeatingWrites(DynamoDbClient dynamo) {
    return (DynamoDbClient) Proxy.newProxyInstance(DynamoDbClient.class.getClassLoader(),
        new Class<?>[]{DynamoDbClient.class}, (proxy, method, arguments) -> {
          if (method.isDefault() && arguments != null && arguments[0] instanceof Consumer) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          try {
            if (method.getName().equals("putItem")) {
              method.invoke(dynamo, arguments);
            }
            return method.invoke(dynamo, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "0"})
  void anAnswerThatDecidesNothingIsNotSentAgain(int status) {
    mailbox.failNext(
        () -> (RuntimeException) SesException.builder().statusCode(status).message("to ada@example.com").build());
    assertUncertain();
  }

  @Test
  void aRequestWithoutAnAnswerIsNotSentAgain() {
    mailbox.failNext(() -> SdkClientException.create("no answer", new SocketTimeoutException("Read timed out")));
    assertUncertain();
  }

  @Test
  void aRequestThatTookTooLongIsNotSentAgain() {
    mailbox.failNext(() -> ApiCallTimeoutException.create("too long", null));
    assertUncertain();
  }

  private void assertUncertain() {
    itIsPaidAndPacked();
    assertThat(receive(Samples.RELEASED)).isTrue();
    assertThat(receive(Samples.RELEASED)).isTrue();
    bench.clock().advance(Duration.ofHours(1));
    assertThat(receive(Samples.RELEASED)).isTrue();
    assertThat(mailbox.sent()).isEmpty();
    assertThat(markers()).containsExactly("confirmed#" + Samples.ORDER + " uncertain");
    assertThat(logged("\"level\":\"WARN\"")).singleElement()
        .satisfies(it -> assertThat(it).contains("Mail uncertain", "\"MailsUncertain\":1", Samples.ORDER.value()));
  }

  /** The mail service gives no clear answer, and the function dies at each call in turn. */
  @Test
  void whereverItDiesAnAmbiguousMailIsCountedAndNotSentAgain() {
    itIsPaidAndPacked();
    int call = 0;
    boolean died = false;
    do {
      call++;
      for (boolean afterItsEffect : new boolean[]{false, true}) {
        clear();
        mailbox.failNext(() -> (RuntimeException) SesException.builder().statusCode(500).build());
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        receive(faults.in(DynamoDbClient.class, bench.dynamo()), mailbox, Samples.RELEASED);
        died = faults.calls() >= call;
        faults.stop();
        bench.clock().advance(Lease.LENGTH);
        assertThat(receive(Samples.RELEASED)).isTrue();
        assertThat(receive(Samples.RELEASED)).isTrue();
        assertThat(mailbox.sent()).as("call %d", call).isEmpty();
        assertThat(markers()).containsExactly("confirmed#" + Samples.ORDER + " uncertain");
        assertThat(logged("\"MailsUncertain\":1")).as("call %d", call).isNotEmpty().hasSizeLessThanOrEqualTo(2);
      }
    } while (died);
    assertThat(call).isGreaterThan(5);
  }

  @Test
  void aMailThatSesRefusesIsRetriedAndSentThen() {
    itIsPaidAndPacked();
    List<Supplier<? extends RuntimeException>> refusals = List.of(
        () -> refused(MessageRejectedException.builder(), 400, "MessageRejected"),
        () -> refused(AccountSendingPausedException.builder(), 400, "AccountSendingPaused"),
        () -> refused(SesException.builder(), 403, "AccessDenied"),
        () -> SdkClientException.create("never reached", new ConnectException("Connection refused")),
        () -> SdkClientException.create("never reached", new NoRouteToHostException("No route to host")),
        () -> SdkClientException.create("never reached", new SocketTimeoutException("Connect timed out")));
    for (var refusal : refusals) {
      clear();
      mailbox.failNext(refusal);
      assertThat(receive(Samples.RELEASED)).isFalse();
      assertThat(markers()).isEmpty();
      assertThat(logged(" the mail: ")).hasSize(1).allMatch(it -> !it.contains("ada@example.com"));
      assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"level\":\"ERROR\"");
      assertThat(receive(Samples.RELEASED)).isTrue();
      assertThat(mailbox.sent()).hasSize(1);
    }
  }

  @Test
  void aMailThatSesThrottlesIsSentAMomentLater() {
    itIsPaidAndPacked();
    clear();
    throttled(2);
    assertThat(receiveWithoutWaiting()).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  @Test
  void aMailThatSesKeepsThrottlingIsRetriedLater() {
    itIsPaidAndPacked();
    clear();
    throttled(3);
    assertThat(receiveWithoutWaiting()).isFalse();
    assertThat(markers()).isEmpty();
    assertThat(logged("Throttling")).hasSize(1)
        .allMatch(it -> it.contains("\"level\":\"WARN\"") && !it.contains("ada@example.com"));
    assertThat(receive(Samples.RELEASED)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  /** Its second write is the removal of the claim. If the claim stood, the mail would be given up as uncertain. */
  @Test
  void aMailThatWasNotSentIsNotGivenUpIfATransactionIsInTheWayOfItsClaim() {
    itIsPaidAndPacked();
    clear();
    mailbox.failNext(() -> refused(SesException.builder(), 400, "MailFromDomainNotVerified"));
    faults.conflictAt(2);
    assertThat(receive(faults.in(DynamoDbClient.class, bench.dynamo()), mailbox, Samples.RELEASED)).isFalse();
    assertThat(faults.conflicted()).isTrue();
    assertThat(markers()).isEmpty();
    assertThat(receive(Samples.RELEASED)).isTrue();
    assertThat(mailbox.sent()).hasSize(1);
  }

  private void throttled(int times) {
    for (int i = 0; i < times; i++) {
      mailbox.failNext(() -> refused(SesException.builder(), 400, "Throttling"));
    }
  }

  private boolean receiveWithoutWaiting() {
    var noWait = new Chance() {
      @Override
      public String newName() {
        return MACHINE.newName();
      }

      @Override
      public void pause(long mostMillis) {}
    };
    return ScopedValue.where(Chance.BOUND, noWait).call(() -> receive(Samples.RELEASED));
  }

  private static SesException refused(SesException.Builder builder, int status, String code) {
    return (SesException) builder.statusCode(status).message("Address ada@example.com is not verified")
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("Address ada@example.com is not verified").build())
        .build();
  }

  @Test
  void aMailWhoseSenderDiedBeforeItWasSupersededIsCountedAsUncertain() {
    itHappens(Samples.PAYMENT_FAILED);
    faults.strike(1, false, () -> new IllegalStateException("died"));
    assertThat(receive(bench.dynamo(), faults.in(SesClient.class, mailbox), Samples.PAYMENT_FAILED)).isFalse();
    faults.stop();
    advance(PAID);
    assertThat(receive(Samples.PAYMENT_FAILED)).as("its sender may still be at it").isFalse();
    bench.clock().advance(Lease.LENGTH.plusSeconds(1));
    assertThat(receive(Samples.PAYMENT_FAILED)).isTrue();
    assertThat(receive(Samples.PAYMENT_FAILED)).isTrue();
    assertThat(logged("Mail uncertain")).hasSize(1);
    assertThat(mailbox.sent()).isEmpty();
  }

  /** Does something while a mail is on its way. */
  private record SesClientInFront(RecordedMail behind, Runnable meanwhile) implements SesClient {
    @Override
    public SendEmailResponse sendEmail(SendEmailRequest request) {
      meanwhile.run();
      return behind.sendEmail(request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
