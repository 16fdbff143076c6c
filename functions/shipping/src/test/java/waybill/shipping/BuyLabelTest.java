package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.Message;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class BuyLabelTest extends LabelFixture {
  @Test
  void anApprovedDispatchGetsItsLabelAndItsNewsAreSent() {
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
  void aDispatchRedrivenAfterTwoWeeksSendsItsLabelAgainAndChangesNothing() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    var before = bench.items("shipping");
    ShipmentLabelled news = labelled().getFirst();
    long followers = bench.sent().stream().filter(it -> it.message().equals(news)).count();
    bench.forgetSent();
    bench.clock().advance(Duration.ofDays(14));

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(bench.items("shipping")).isEqualTo(before);
    assertThat(bench.sent()).extracting(Bench.Sent::message).hasSize((int) followers).containsOnly(news);
    assertThat(carrier.drafts()).isEqualTo(1);
  }

  @Test
  void aLabelTakesTwoWritesOfItsItem() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(shipmentRevision()).isEqualTo(2);
  }

  private int shipmentRevision() {
    return labels().find(KEY).orElseThrow().revision();
  }

  @Test
  void whileAnotherAttemptIsBuyingTheMessageIsRetriedLater() {
    claim();

    String answer = handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(answer).contains("itemIdentifier");
    assertThat(carrier.purchases()).isZero();
    assertThat(bench.sent()).isEmpty();
  }

  /** As somebody leaves it who dies before the label is bought. */
  private void claim() {
    var draft = Samples.draft(carrier, Samples.PARCEL);
    labels().insert(ParcelLabel.drafted(LabelWanted.of(Samples.dispatch()), draft, "another", bench.clock().instant()));
  }

  @Test
  void ofTwoAtOnceBothMakeADraftAndTheOneThatIsWrittenIsBought() {
    handle(overtakenBy(handler()), bench.sqsEvent(Samples.dispatch()));

    assertThat(carrier.drafts()).isEqualTo(2);
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labelled()).hasSize(2).containsOnly(labelled().getFirst());
  }

  @Test
  void anAttemptThatLosesAgainstARunningLeaseIsRetriedLaterAndBuysNothing() {
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
      public Outcome<waybill.shipping.carrier.Rates> rates(Consignment consignment) {
        return carrier.rates(consignment);
      }

      @Override
      public RefundStanding refund(String draft) {
        return carrier.refund(draft);
      }

      @Override
      public Outcome<RefundStanding> requestRefund(String draft) {
        return carrier.requestRefund(draft);
      }

      @Override
      public Outcome<Offer> create(Consignment consignment) {
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
  void anAttemptWhoseAnswerToItsWriteIsLostKnowsItsOwnClaim() {
    var handler = handler(new AnswersLost(bench.dynamo()), bench.sqs(), carrier);

    assertThat(done(handle(handler, bench.sqsEvent(Samples.dispatch())))).isTrue();
    assertThat(carrier.purchases()).isEqualTo(1);

    claimForAnother();
    assertThat(done(handle(handler, bench.sqsEvent(Samples.dispatch(SECOND))))).isTrue();
    assertThat(carrier.purchases()).isEqualTo(2);
  }

  private void claimForAnother() {
    var draft = Samples.draft(carrier, SECOND);
    labels().insert(
        ParcelLabel.drafted(LabelWanted.of(Samples.dispatch(SECOND)), draft, "another", bench.clock().instant()));
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
  void scansThatWereFasterThanTheLabelAreSentWithIt() throws IOException {
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
