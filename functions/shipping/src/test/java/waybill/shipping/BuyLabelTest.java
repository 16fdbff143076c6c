package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.Message;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Json;
import waybill.platform.Lease;
import waybill.platform.Outcome;
import waybill.platform.Table;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class BuyLabelTest {
  private static final Duration PAST_THE_LEASE = Lease.LENGTH.plusSeconds(30);
  private static final int MAX_RECEIVES = 5;
  private static final Table.Key KEY = ShippingTable.key(Samples.ORDER, Samples.PARCEL);
  private static final ParcelId SECOND = ParcelId.of(Samples.FULFILLMENT, 2);

  private final Bench bench = stocked();
  private RecordingCarrier carrier = new RecordingCarrier();
  private int parcels;

  private static Bench stocked() {
    Bench bench = Bench.open("catalog", "orders", "shipping");
    Samples.putLocation(bench);
    return bench;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private BuyLabelHandler handler(DynamoDbClient dynamo, SqsClient sqs, Carrier carrier) {
    return new BuyLabelHandler(bench.ports(dynamo, sqs).with(Carriers.class, Samples.carriers(carrier)),
        _ -> Optional.of(Samples.SHIPPING));
  }

  private BuyLabelHandler handler() {
    return handler(bench.dynamo(), bench.sqs(), carrier);
  }

  private String handle(BuyLabelHandler handler, InputStream event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(event, out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private boolean done(String answer) {
    return answer.equals("{\"batchItemFailures\":[]}");
  }

  private List<ShipmentLabelled> labelled() {
    return bench.sentTo(ShipStock.class).stream().map(ShipmentLabelled.class::cast).toList();
  }

  @Test
  void anApprovedDispatchGetsItsLabelAndEverybodyHearsOfIt() {
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    var expected = new ShipmentLabelled(Samples.ORDER, Samples.PARCEL, Samples.BERLIN, Samples.POOL,
        List.of(new SkuQuantity(new Sku("MUG-BLUE"), 2), new SkuQuantity(new Sku("TEA-200"), 2)), "UPS", "Ground",
        "1Z000001", bench.clock().instant());
    assertThat(bench.sentTo(ShipStock.class)).containsExactly(expected);
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(expected);
    assertThat(bench.sentTo(NotifyCustomer.class)).containsExactly(expected);
    assertThat(carrier.lastAddress).isEqualTo(Samples.HOME);
  }

  @Test
  void aDispatchThatComesTwiceGetsOneLabelAndTheSameNews() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(), Samples.dispatch()));
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labelled()).hasSize(2).containsOnly(labelled().getFirst());
  }

  @Test
  void aDispatchRedrivenAfterTwoWeeksTellsOfItsLabelAndChangesNothing() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    var before = bench.items("shipping");
    ShipmentLabelled told = labelled().getFirst();
    bench.forgetSent();
    bench.clock().advance(Duration.ofDays(14));

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(bench.items("shipping")).isEqualTo(before);
    assertThat(bench.sent()).extracting(Bench.Sent::message).hasSize(3).containsOnly(told);
    assertThat(carrier.drafts()).isEqualTo(1);
  }

  @Test
  void aLabelTakesTwoWritesOfItsShipment() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(shipmentRevision()).isEqualTo(2);
  }

  private int shipmentRevision() {
    return labels().find(KEY).orElseThrow().revision();
  }

  private Table<ParcelLabel> labels() {
    return ShippingTable.labels(bench.ports());
  }

  @Test
  void whileAnotherIsBuyingTheMessageComesBack() {
    claim();

    String answer = handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(answer).contains("itemIdentifier");
    assertThat(carrier.purchases()).isZero();
    assertThat(bench.sent()).isEmpty();
  }

  /** As somebody leaves it who dies before the label is bought. */
  private void claim() {
    var draft = Samples.draft(carrier, Samples.PARCEL);
    labels().insert(ParcelLabel.drafted(Samples.dispatch(), draft, "another", bench.clock().instant()));
  }

  @Test
  void ofTwoAtOnceBothMakeADraftAndTheOneThatIsWrittenIsBought() {
    handle(overtakenBy(handler()), bench.sqsEvent(Samples.dispatch()));

    assertThat(carrier.drafts()).isEqualTo(2);
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labelled()).hasSize(2).containsOnly(labelled().getFirst());
  }

  @Test
  void whoLosesAgainstALivingLeaseComesBackAndBuysNothing() {
    RecordingCarrier dying = carrier;
    var faults = new Faults();
    faults.strike(2, false, Death::new);
    var winner = handler(bench.dynamo(), bench.sqs(), faults.in(Carrier.class, dying));

    assertThat(done(handle(overtakenBy(winner), bench.sqsEvent(Samples.dispatch())))).isFalse();
    assertThat(carrier.purchases()).isZero();

    bench.clock().advance(PAST_THE_LEASE);
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labelled()).hasSize(1);
  }

  /** Somebody who is overtaken by another while the carrier makes a draft for them. */
  private BuyLabelHandler overtakenBy(BuyLabelHandler other) {
    return handler(bench.dynamo(), bench.sqs(), new Carrier() {
      @Override
      public Outcome<String> create(Consignment consignment) {
        handle(other, bench.sqsEvent(Samples.dispatch()));
        return carrier.create(consignment);
      }

      @Override
      public Outcome<Label> buy(String draftId) {
        return carrier.buy(draftId);
      }

      @Override
      public Finding find(String draftId) {
        return carrier.find(draftId);
      }
    });
  }

  @Test
  void whoseWriteIsDoneButAnsweredAsLostKnowsItsOwnClaim() {
    var handler = handler(new AnswersLost(bench.dynamo()), bench.sqs(), carrier);

    assertThat(done(handle(handler, bench.sqsEvent(Samples.dispatch())))).isTrue();
    assertThat(carrier.purchases()).isEqualTo(1);

    claimForAnother();
    assertThat(done(handle(handler, bench.sqsEvent(Samples.dispatch(SECOND))))).isTrue();
    assertThat(carrier.purchases()).isEqualTo(2);
  }

  private void claimForAnother() {
    var draft = Samples.draft(carrier, SECOND);
    labels().insert(ParcelLabel.drafted(Samples.dispatch(SECOND), draft, "another", bench.clock().instant()));
    bench.clock().advance(PAST_THE_LEASE);
  }

  /** A store in front of which each answer to a write is lost once: the client repeats it and loses against itself. */
  private record AnswersLost(DynamoDbClient store) implements DynamoDbClient {
    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      store.putItem(request);
      return store.putItem(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return store.getItem(request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** The label may be bought, and who bought it is dead. @param bought whether the carrier did it */
  private void dieWhileBuying(boolean bought) {
    var faults = new Faults();
    faults.strike(2, bought, Death::new);
    handle(handler(bench.dynamo(), bench.sqs(), faults.in(Carrier.class, carrier)),
        bench.sqsEvent(Samples.dispatch()));
    assertThat(carrier.purchases()).isEqualTo(bought ? 1 : 0);
    bench.clock().advance(PAST_THE_LEASE);
  }

  private LabelUncertain uncertain(Instant since) {
    return new LabelUncertain(Samples.ORDER, Samples.PARCEL, since);
  }

  @Test
  void whoTakesOverAsksBeforeBuying() {
    dieWhileBuying(true);

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(carrier.finds()).isEqualTo(1);
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labelled()).hasSize(1);
  }

  @Test
  void whereTheCarrierCannotSayThatIsToldAndNothingIsBought() {
    dieWhileBuying(true);
    carrier.memory = RecordingCarrier.Memory.NONE;
    Instant since = bench.clock().instant();

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();
    bench.clock().advance(Duration.ofDays(14));
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(uncertain(since), uncertain(since));
    assertThat(bench.sentTo(AdvanceOrder.class)).hasSize(2);
    assertThat(carrier.finds()).isEqualTo(2);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void aLabelThatTurnsUpEndsTheUncertainty() {
    dieWhileBuying(true);
    carrier.memory = RecordingCarrier.Memory.NONE;
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    bench.forgetSent();
    carrier.memory = RecordingCarrier.Memory.GOOD;

    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(labelled()).extracting(ShipmentLabelled::trackingNumber).containsExactly("1Z000001");
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactlyElementsOf(labelled());
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whatIsUncertainIsNotBoughtEvenWhereTheCarrierSaysLaterThatItWasNot() {
    dieWhileBuying(false);
    carrier.memory = RecordingCarrier.Memory.NONE;
    Instant since = bench.clock().instant();
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    carrier.memory = RecordingCarrier.Memory.GOOD;

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(carrier.purchases()).isZero();
    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(uncertain(since), uncertain(since));
  }

  @Test
  void aCarrierThatFailsToAnswerIsAskedForADayAndThenItIsUncertain() {
    dieWhileBuying(true);
    carrier.memory = RecordingCarrier.Memory.AWAY;
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isFalse();
    bench.clock().advance(ParcelLabel.PATIENCE.minusNanos(1));
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isFalse();
    assertThat(bench.sent()).isEmpty();

    bench.clock().advance(Lease.LENGTH);
    Instant since = bench.clock().instant();
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(uncertain(since), uncertain(since));
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whereverItDiesWhatIsUncertainIsToldAndNotBoughtAgain() {
    int struck = 0;
    boolean went = true;
    while (went) {
      struck++;
      carrier = new RecordingCarrier();
      DispatchApproved dispatch = nextDispatch();
      var dying = new Faults();
      dying.strike(2, true, Death::new);
      handle(handler(bench.dynamo(), bench.sqs(), dying.in(Carrier.class, carrier)), bench.sqsEvent(dispatch));
      bench.clock().advance(PAST_THE_LEASE);
      carrier.memory = RecordingCarrier.Memory.NONE;
      var faults = new Faults();
      var handler = handler(faults);
      faults.strike(struck, true, Death::new);
      handle(handler, bench.sqsEvent(dispatch));
      went = faults.calls() >= struck;
      faults.stop();
      redeliverUntilDone(handler, dispatch);
      assertThat(carrier.purchases()).isEqualTo(1);
      assertThat(bench.sent()).as("told when struck at call %d", struck).isNotEmpty()
          .extracting(Bench.Sent::message).containsOnly(bench.sent().getFirst().message())
          .hasOnlyElementsOfType(LabelUncertain.class);
    }
    assertThat(struck).isGreaterThan(6);
  }

  @Test
  void oneOfTwoParcelsThatFailsDoesNotHoldUpTheOther() {
    claim();

    String answer = handle(handler(), bench.sqsEvent(Samples.dispatch(), Samples.dispatch(SECOND)));

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(labelled()).extracting(ShipmentLabelled::parcel).containsExactly(SECOND);
  }

  @Test
  void aLabelBoughtElsewhereIsTakenAsItIs() {
    handle(handler(), bench.sqsEvent(Samples.labelledElsewhere("jd 0123")));

    assertThat(carrier.purchases()).isZero();
    assertThat(labelled()).extracting(ShipmentLabelled::carrier, ShipmentLabelled::trackingNumber)
        .containsExactly(tuple("DHL", "jd 0123"));
    assertThat(shipmentRevision()).isEqualTo(1);
    assertThat(bench.items("shipping")).anySatisfy(item -> assertThat(item.get("pk").s()).isEqualTo("tracking#JD0123"));
  }

  @Test
  void scansThatWereFasterThanTheLabelAreToldWithIt() throws IOException {
    Instant scanned = Instant.parse("2026-11-22T08:59:00Z");
    var tracker = new TrackShipmentHandler(bench.ports());
    tracker.handleRequest(
        bench.sqsEvent(
            new TrackingNoticed("1z000001", List.of(new Scan(ShipmentStatus.IN_TRANSIT, scanned)), null, "evt_1")),
        new ByteArrayOutputStream(), null);
    assertThat(bench.sent()).isEmpty();

    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(bench.sentTo(AdvanceOrder.class)).last()
        .isEqualTo(new ShipmentInTransit(Samples.ORDER, Samples.PARCEL, scanned, null));
  }

  @Test
  void withoutAnAddressNothingIsBoughtAndTheMessageFails() {
    var handler = new BuyLabelHandler(bench.ports().with(Carriers.class, Samples.carriers(carrier)),
        _ -> Optional.empty());

    assertThat(done(handle(handler, bench.sqsEvent(Samples.dispatch())))).isFalse();
    assertThat(carrier.purchases()).isZero();
  }

  @Test
  void aPoisonMessageFailsAloneAndSaysWhy() {
    String good = Json.write(Samples.dispatch());

    assertThat(handle(handler(), bench.sqsEvent(1, "{\"type\":\"DispatchApproved\"", good)))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void nothingPersonalIsKeptOrSent() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    String all = bench.items("shipping") + bench.sent().stream().map(Bench.Sent::text).toList().toString();
    assertThat(all).doesNotContain("Hopper", "Hauptstr", "10827", "+4930555011");
  }

  /** Something that strikes at the k-th of all calls: to the store, to the queues, to the carrier. */
  private record Strike(boolean afterItsEffect, RuntimeException fault) {
    @Override
    public String toString() {
      return (afterItsEffect ? "after" : "before") + " its effect with " + fault.getClass().getSimpleName();
    }
  }

  /** The whole process is gone: no handler of ours runs on. */
  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void whereverItDiesOneLabelIsBought() {
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (RuntimeException fault : List.of(new Death(), SdkClientException.create("timed out"))) {
        everyCallStruck(new Strike(afterItsEffect, fault));
      }
    }
  }

  private void everyCallStruck(Strike strike) {
    int struck = 0;
    boolean went = true;
    while (went) {
      struck++;
      carrier = new RecordingCarrier();
      DispatchApproved dispatch = nextDispatch();
      var faults = new Faults();
      var handler = handler(faults);
      faults.strike(struck, strike.afterItsEffect, () -> strike.fault);
      handle(handler, bench.sqsEvent(dispatch));
      went = faults.calls() >= struck;
      faults.stop();
      redeliverUntilDone(handler, dispatch);
      assertThat(carrier.purchases()).describedAs("labels bought when struck at call %d %s", struck, strike)
          .isEqualTo(1);
      assertThat(labelled()).describedAs("news when struck at call %d %s", struck, strike).isNotEmpty()
          .containsOnly(labelled().getFirst());
    }
    assertThat(struck).isGreaterThan(10);
  }

  private DispatchApproved nextDispatch() {
    bench.forgetSent();
    return Samples.dispatch(ParcelId.of(Samples.FULFILLMENT, ++parcels));
  }

  private BuyLabelHandler handler(Faults faults) {
    return handler(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()),
        faults.in(Carrier.class, carrier));
  }

  private void redeliverUntilDone(BuyLabelHandler handler, DispatchApproved dispatch) {
    for (int receives = 2; receives <= MAX_RECEIVES; receives++) {
      bench.clock().advance(PAST_THE_LEASE);
      if (done(handle(handler, bench.sqsEvent(dispatch)))) {
        return;
      }
    }
    throw new AssertionError("not done after " + MAX_RECEIVES + " receives");
  }

  @Test
  void itMayDieTwiceAtAnyTwoCalls() {
    int calls = 14;
    for (int first = 1; first <= calls; first++) {
      for (int second = 1; second <= calls; second++) {
        carrier = new RecordingCarrier();
        DispatchApproved dispatch = nextDispatch();
        var faults = new Faults();
        var handler = handler(faults);
        faults.strike(first, true, Death::new);
        handle(handler, bench.sqsEvent(dispatch));
        bench.clock().advance(PAST_THE_LEASE);
        faults.strike(second, true, Death::new);
        handle(handler, bench.sqsEvent(dispatch));
        faults.stop();
        redeliverUntilDone(handler, dispatch);
        assertThat(carrier.purchases())
            .describedAs("labels bought when struck at call %d, then at call %d", first, second).isEqualTo(1);
      }
    }
  }

  @Test
  void manyAtOnceBuyOneLabel() throws Exception {
    var handler = handler();
    var answers = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte[] event = bench.sqsEvent(Samples.dispatch()).readAllBytes();
        tasks.add(() -> handle(handler, new ByteArrayInputStream(event)));
      }
      for (var answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
    }

    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(answers).anyMatch(this::done);
    List<Message> told = List.copyOf(labelled());
    assertThat(told).containsOnly(labelled().getFirst());
  }
}
