package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.catalog.Brand;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderDelivered;
import waybill.messages.OrderMessages.OrderPaymentFailed;
import waybill.messages.Parcel;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.AdvanceOrderHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.platform.Lease;
import waybill.platform.Records;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class NotifyCustomerHandlerTest {
  private final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "notifications")
      .with("LINK_SECRET_PARAMETER", "/waybill/link-secret").with("PUBLIC_URL", "https://shop.example");
  private static final PaymentCaptured PAID = new PaymentCaptured(Samples.ORDER,
      Samples.payment(PaymentStatus.CAPTURED, Samples.form("en").total()));
  private final RecordedMail mailbox = new RecordedMail();
  private final Faults faults = new Faults();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream standardOutput = System.out;

  @BeforeEach
  void anOrderIsPlaced() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    put("/channels/de-web", Map.of("id", "de-web"), Records.toObject(Samples.channel("de-DE")));
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      put("/products/" + sku, Map.of("sku", sku), Map.of("name", sku));
    }
    var placed = answer(
        out -> new PlaceOrderHandler(bench.ports()).handleRequest(
            bench.httpEvent("POST", "/orders", Map.of(), Map.of(), Map.of("content-type", "application/json"),
                Json.write(Samples.form("en-GB")), "shop", "orders:place"),
            out,
            null));
    assertThat(placed).contains("\"statusCode\":201");
  }

  private void itIsPaidAndPacked() {
    var lines = Samples.content(Samples.form("en-GB")).shippedLines();
    advance(new StockReserved(Samples.ORDER), PAID,
        new FulfillmentPacked(Samples.ORDER, Samples.FULFILLMENT, new LocationId("berlin"), lines,
            List.of(new Parcel(Samples.PARCEL, lines, 900, 200, 200, 150, null, null))));
  }

  /** The order comes to where the sample of this news is of. */
  private void itHappens(NotifyCustomer.Input news) {
    switch (news) {
      case OrderPaymentFailed _ -> advance(new StockReserved(Samples.ORDER),
          new PaymentFailed(Samples.ORDER, Samples.payment(PaymentStatus.FAILED, 0)));
      case OrderCancelled _ -> advance(PAID, new StockRefused(Samples.ORDER, List.of()));
      case OrderDelivered _ -> {
        itHappens(Samples.LABELLED);
        advance(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, Samples.NOW, null));
      }
      case ShipmentMoved it -> {
        itHappens(Samples.LABELLED);
        advance(it);
      }
      default -> {
        itIsPaidAndPacked();
        advance(Samples.LABELLED);
      }
    }
  }

  static List<NotifyCustomer.Input> everyNews() {
    return Samples.everyNews();
  }

  @AfterEach
  void close() {
    System.setOut(standardOutput);
    bench.close();
  }

  @Test
  void anOrderIsMailedAboutFromConfirmationToDoorstep() {
    itIsPaidAndPacked();
    assertThat(receive(Samples.RELEASED)).isTrue();
    advance(Samples.LABELLED);
    assertThat(receive(Samples.LABELLED)).isTrue();
    advance(Samples.OUT);
    assertThat(receive(Samples.OUT)).isTrue();
    advance(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, Samples.NOW, null));
    assertThat(receive(Samples.DELIVERED)).isTrue();
    assertThat(mailbox.sent()).extracting(it -> it.message().subject().data()).containsExactly(
        "Your order #1042 is confirmed", "Your order #1042 has been shipped",
        "Your order #1042 is out for delivery", "Your order #1042 has been delivered");
    assertThat(mailbox.sent()).allSatisfy(it -> {
      assertThat(it.source()).isEqualTo("\"Teehaus\" <orders@teehaus.example>");
      assertThat(it.replyToAddresses()).isEmpty();
      assertThat(it.destination().toAddresses()).containsExactly("ada@example.com");
      assertThat(it.message().body().html().charset()).isEqualTo("UTF-8");
    });
    assertThat(mailbox.sent().get(1).message().body().text().data()).contains(Samples.NUMBER,
        "https://shop.example/tracking/" + Samples.ORDER.value().substring(4) + ".");
    assertThat(logged("\"message\":\"Mail sent\"")).hasSize(4)
        .allMatch(it -> it.contains(Samples.ORDER.value()) && it.contains("\"language\":\"en\""));
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ada@example.com", "Ada Byron", "Hauptstr");
    assertThat(markers()).containsExactlyInAnyOrder("confirmed#" + Samples.ORDER + " sent ses-1",
        "shipped#" + Samples.PARCEL + " sent ses-2",
        "out_for_delivery#" + Samples.PARCEL + " sent ses-3", "delivered#" + Samples.ORDER + " sent ses-4");
  }

  @Test
  void aMailShowsTheChannelsBrandAndNamesWhatOnlyTheCatalogNames() {
    var brand = new Brand("Teehaus Köln", "help@teehaus.example", "#0a7f5c", null, "Teehaus GmbH");
    put("/channels/de-web", Map.of("id", "de-web"), Records.toObject(Samples.branded(brand)));
    put("/products/MUG-BLUE", Map.of("sku", "MUG-BLUE"), Map.of("name", "Blue mug"));
    itIsPaidAndPacked();
    assertThat(receive(Samples.RELEASED)).isTrue();
    SendEmailRequest mail = mailbox.sent().getFirst();
    assertThat(mail.source()).isEqualTo("=?UTF-8?B?VGVlaGF1cyBLw7Zsbg==?= <orders@teehaus.example>");
    assertThat(mail.replyToAddresses()).containsExactly("help@teehaus.example");
    assertThat(mail.message().body().text().data()).contains("Becher", "Blue mug", "Teehaus GmbH")
        .doesNotContain("MUG-BLUE");
    assertThat(mail.message().body().html().data()).contains("#0a7f5c", "Teehaus GmbH", "Blue mug");
  }

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
        () -> refused(SesException.builder(), 400, "Throttling"),
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
      assertThat(log.toString(StandardCharsets.UTF_8)).as("only what a person must see to is an error")
          .contains(logged("Throttling").isEmpty() ? "\"level\":\"ERROR\"" : "\"level\":\"WARN\"");
      assertThat(receive(Samples.RELEASED)).isTrue();
      assertThat(mailbox.sent()).hasSize(1);
    }
  }

  private static SesException refused(SesException.Builder builder, int status, String code) {
    return (SesException) builder.statusCode(status).message("Address ada@example.com is not verified")
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("Address ada@example.com is not verified").build())
        .build();
  }

  @ParameterizedTest
  @MethodSource("everyNews")
  void newsThatIsRedrivenAfterTwoWeeksIsNotMailedButSeenInTheLog(NotifyCustomer.Input news) {
    itHappens(news);
    bench.clock().advance(Duration.ofDays(14));
    assertThat(receive(news)).isTrue();
    assertThat(mailbox.sent()).isEmpty();
    assertThat(markers()).isEmpty();
    // Nobody is invited to pay when the time to pay is over, fresh or not.
    assertThat(logged(news instanceof OrderPaymentFailed ? "Mail superseded" : "Mail stale")).singleElement().asString()
        .contains(Samples.ORDER.value(), Mail.of(news).event());
  }

  @Test
  void aMailAboutACancelledOrderSaysWhatIsRefundedAndTheOrderIsNotConfirmedAnyMore() {
    itHappens(Samples.CANCELLED);
    assertThat(receive(Samples.RELEASED, Samples.PAYMENT_FAILED, Samples.CANCELLED)).isTrue();
    assertThat(mailbox.sent()).singleElement()
        .satisfies(it -> assertThat(it.message().body().text().data()).contains("not in stock", "€60.72"));
    assertThat(logged("Mail superseded")).hasSize(2);
    assertThat(markers()).containsExactly("cancelled#" + Samples.ORDER + " sent ses-1");
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ada@example.com", "Ada Byron", "€");
  }

  @Test
  void eachPaymentThatFailsIsMailedAboutOnceUntilTheMoneyIsThere() {
    itHappens(Samples.PAYMENT_FAILED);
    assertThat(receive(Samples.PAYMENT_FAILED)).isTrue();
    PaymentId second = PaymentId.of("stripe", "shop-eu", "pi_4");
    assertThat(receive(new OrderPaymentFailed(Samples.ORDER, Samples.PAYMENT, Samples.NOW.plusSeconds(9)),
        new OrderPaymentFailed(Samples.ORDER, second, Samples.NOW))).isTrue();
    assertThat(mailbox.sent()).hasSize(2);
    advance(PAID);
    assertThat(receive(new OrderPaymentFailed(Samples.ORDER, PaymentId.of("stripe", "shop-eu", "pi_5"), Samples.NOW)))
        .isTrue();
    assertThat(mailbox.sent()).hasSize(2);
    assertThat(logged("Mail superseded")).hasSize(1);
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

  @Test
  void eachAttemptToDeliverThatFailsIsMailedAbout() {
    itHappens(Samples.NOT_DELIVERED);
    assertThat(receive(Samples.NOT_DELIVERED)).isTrue();
    var again = new ShipmentDeliveryFailed(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(86_400), null);
    bench.clock().advance(Duration.ofDays(1));
    advance(again);
    assertThat(receive(again, Samples.NOT_DELIVERED)).isTrue();
    assertThat(mailbox.sent()).hasSize(2).allSatisfy(
        it -> assertThat(it.message().body().text().data()).contains(Samples.NUMBER, "https://shop.example/tracking/"));
  }

  @Test
  void aParcelThatArrivedMeanwhileIsNotSaidToBeOutForDelivery() {
    itIsPaidAndPacked();
    advance(Samples.LABELLED, new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(60), null));
    assertThat(receive(Samples.OUT, Samples.LABELLED)).isTrue();
    assertThat(receive(new OrderDelivered(Samples.ORDER, Samples.NOW.plusSeconds(60)))).isTrue();
    assertThat(mailbox.sent()).extracting(it -> it.message().subject().data())
        .containsExactly("Your order #1042 has been delivered");
    assertThat(logged("Mail superseded")).hasSize(2);
  }

  @Test
  void aScanThatIsFasterThanTheNewsOfItsLabelWaitsForTheTrackingNumber() {
    itIsPaidAndPacked();
    advance(Samples.OUT);
    assertThat(receive(Samples.OUT)).isFalse();
    assertThat(mailbox.sent()).isEmpty();
    advance(Samples.LABELLED);
    assertThat(receive(Samples.OUT)).isTrue();
    assertThat(mailbox.sent()).hasSize(1)
        .allSatisfy(it -> assertThat(it.message().body().text().data()).contains(Samples.NUMBER));
  }

  @Test
  void aMessageAboutAnUnknownOrderIsRetriedAndTheRestOfTheBatchGoesOn() {
    itIsPaidAndPacked();
    var stray = new ShipmentOutForDelivery(OrderId.of(Samples.CHANNEL, "other"), Samples.PARCEL, Samples.NOW, null);
    String answer = answer(out -> handler(bench.dynamo(), mailbox).handleRequest(
        bench.sqsEvent(1, Json.write(stray), "{\"type\":\"Nonsense\"}", Json.write((Object) Samples.RELEASED)), out,
        null));
    assertThat(answer).contains("m-")
        .satisfies(it -> assertThat(((List<?>) Json.readObject(it).get("batchItemFailures"))).hasSize(2));
    assertThat(mailbox.sent()).hasSize(1);
  }

  /** @return whether all were acknowledged */
  private boolean receive(Message... news) {
    return receive(bench.dynamo(), mailbox, news);
  }

  private boolean receive(DynamoDbClient dynamo, SesClient ses, Message... news) {
    return answer(out -> handler(dynamo, ses).handleRequest(bench.sqsEvent(news), out, null))
        .equals("{\"batchItemFailures\":[]}");
  }

  private NotifyCustomerHandler handler(DynamoDbClient dynamo, SesClient ses) {
    return new NotifyCustomerHandler(
        bench.ports(dynamo).with(SesClient.class, ses).with(SsmClient.class, new Parameters()));
  }

  private void advance(AdvanceOrder.Input... news) {
    answer(out -> new AdvanceOrderHandler(bench.ports())
        .handleRequest(bench.sqsEvent(news), out, null));
  }

  private void put(String path, Map<String, String> parameters, Map<String, Object> body) {
    var tree = new java.util.LinkedHashMap<>(body);
    tree.remove("id");
    InputStream event = bench.httpEvent("PUT", path, parameters, Map.of(), Map.of("content-type", "application/json"),
        Json.write(tree), "operator", "catalog:write");
    assertThat(answer(out -> {
      if (path.startsWith("/channels")) {
        new PutChannelHandler(bench.ports()).handleRequest(event, out, null);
      } else {
        new PutProductHandler(bench.ports()).handleRequest(event, out, null);
      }
    })).contains("\"statusCode\":20");
  }

  private interface Work {
    void into(ByteArrayOutputStream out) throws IOException;
  }

  private static String answer(Work work) {
    var out = new ByteArrayOutputStream();
    try {
      work.into(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean get(Callable<Boolean> future) {
    try {
      return future.call();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What is marked, as {@code event status ses-id}. */
  private List<String> markers() {
    return bench.items("notifications").stream()
        .map(it -> it.get("sk").s() + " " + it.get("status").s()
            + (it.containsKey("ses_message_id") ? " " + it.get("ses_message_id").s() : ""))
        .toList();
  }

  private List<String> logged(String part) {
    return log.toString(StandardCharsets.UTF_8).lines()
        .filter(it -> it.contains("\"fn\":\"NotifyCustomer\"") && it.contains(part)).toList();
  }

  private void clear() {
    bench.items("notifications").forEach(it -> bench.dynamo()
        .deleteItem(request -> request.tableName("notifications").key(Map.of("pk", it.get("pk"), "sk", it.get("sk")))));
    mailbox.clear();
    log.reset();
  }

  /** The parameter store, which holds one secret. */
  private static final class Parameters implements SsmClient {
    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
      assertThat(request.name()).isEqualTo("/waybill/link-secret");
      return GetParameterResponse.builder().parameter(it -> it.value("a secret of the test")).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
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
