package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.Address;
import waybill.messages.Choreography.FollowReturnLabel;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.ParcelId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnLabelMessages.ReturnBox;
import waybill.messages.ReturnLabelMessages.ReturnLabelAsked;
import waybill.messages.ReturnLabelMessages.ReturnLabelUnwanted;
import waybill.messages.ReturnLabelMessages.ReturnLabelWithdrawn;
import waybill.messages.ReturnLabelMessages.ReturnLabelled;
import waybill.messages.ReturnLabelMessages.ReturnMoved;
import waybill.messages.ReturnLabelMessages.ReturnUnlabelled;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.orders.OrderSummary.Package;
import waybill.orders.Orders.Shipping;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.RecordingCarrier.Memory;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** The label of what comes back: one is bought and charged under every fault, it is void if it is not wanted, and its scans are news of its return. */
class ReturnLabelTest extends LabelFixture {
  private static final Package SENT = new Package(Samples.PARCEL, Samples.parcel(Samples.PARCEL).lines(), "UPS", "1Z",
      null, null, new Package.Box(1_250, 300, 200, 150));
  private static final List<LineQuantity> TEA = List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 1));

  private List<Package> sent = List.of(SENT);
  private int asked;
  private ParcelId parcel = ParcelId.of(ReturnId.of(Samples.ORDER, 1), 1);

  private BuyReturnLabelHandler buying(DynamoDbClient dynamo, SqsClient sqs, Carrier of, Shipping to) {
    return new BuyReturnLabelHandler(bench.ports(dynamo, sqs).with(Carriers.class, Samples.carriers(of)),
        _ -> Optional.of(sent), _ -> Optional.of(to));
  }

  private BuyReturnLabelHandler buying(Faults faults) {
    return buying(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()),
        faults.in(Carrier.class, carrier), Samples.SHIPPING);
  }

  private void receive(BuyReturnLabelHandler handler, Message message) {
    Bench.output(handler, bench.sqsEvent(message));
  }

  private void receive(Message message) {
    receive(buying(new Faults()), message);
  }

  private ReturnLabelAsked ask(LocationId to, ReturnBox box) {
    return new ReturnLabelAsked(Samples.ORDER, parcel, to, TEA, box, bench.clock().instant());
  }

  private ReturnLabelAsked ask() {
    return ask(Samples.BERLIN, null);
  }

  private ReturnLabelUnwanted unwanted() {
    return new ReturnLabelUnwanted(Samples.ORDER, parcel);
  }

  private ReturnLabelAsked askNext() {
    bench.forgetSent();
    parcel = ParcelId.of(ReturnId.of(Samples.ORDER, ++asked), 1);
    return ask();
  }

  private <T extends Message> List<T> news(Class<T> kind) {
    return bench.sentTo(FollowReturnLabel.class).stream().filter(kind::isInstance).map(kind::cast).distinct().toList();
  }

  private void scanned(String number, ShipmentStatus status, String code) {
    Bench.output(new TrackShipmentHandler(bench.ports()), bench.sqsEvent(new TrackingNoticed(number,
        List.of(new Scan(status, bench.clock().instant(), code, null, null)), null, "evt_" + number)));
  }

  private void followVoids() {
    Bench.output(new FollowVoidsHandler(bench.ports().with(Carriers.class, Samples.carriers(carrier))),
        InputStream.nullInputStream());
  }

  @Test
  void whereverAnAttemptCrashesOneLabelIsBought() {
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (RuntimeException fault : List.of(new Death(), SdkClientException.create("timed out"))) {
        everyCallStruck(afterItsEffect, fault);
      }
    }
  }

  private void everyCallStruck(boolean afterItsEffect, RuntimeException fault) {
    boolean went = true;
    int struck = 0;
    while (went) {
      struck++;
      carrier = new RecordingCarrier();
      ReturnLabelAsked asking = askNext();
      var faults = new Faults();
      BuyReturnLabelHandler handler = buying(faults);
      faults.strike(struck, afterItsEffect, () -> fault);
      receive(handler, asking);
      went = faults.calls() >= struck;
      faults.stop();
      for (int again = 1; again < MAX_RECEIVES; again++) {
        bench.clock().advance(PAST_THE_LEASE);
        receive(handler, asking);
      }
      assertThat(carrier.purchases()).as("labels bought when struck at call %d", struck).isEqualTo(1);
      assertThat(news(ReturnLabelled.class)).as("news when struck at call %d", struck).hasSize(1);
    }
    assertThat(struck).isGreaterThan(8);
  }

  @Test
  void itWeighsWhatItWeighedAndGoesToWhereItWasSentFrom() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    receive(ask(null, null));
    receive(ask(null, null));
    assertThat(news(ReturnLabelled.class)).singleElement().satisfies(it -> assertThat(it.carrier()).isEqualTo("UPS"));
    assertThat(carrier.purchases()).as("one that left and one that comes back").isEqualTo(2);
    assertThat(carrier.lastConsignment.back()).isTrue();
    assertThat(carrier.lastConsignment.from().id()).isEqualTo(Samples.BERLIN);
    assertThat(carrier.lastConsignment.to()).isEqualTo(Samples.HOME);
    assertThat(carrier.lastConsignment.origin()).isEqualTo("DE");
    assertThat(carrier.lastConsignment.parcel().weightGrams()).isEqualTo(1_250);
    assertThat(carrier.lastConsignment.parcel().lines()).isEqualTo(TEA);
  }

  @Test
  void whatCameInAParcelThatNobodyMeasuredIsNotDeclaredTooLight() {
    Package light = new Package(ParcelId.of(Samples.PARCEL.fulfillment(), 2), TEA, "UPS", "1Z2", null, null,
        new Package.Box(100, 100, 100, 100));
    Package unmeasured = new Package(Samples.PARCEL, TEA, "UPS", "1Z", null, null, null);
    sent = List.of(light, unmeasured);
    var two = new ReturnLabelAsked(Samples.ORDER, parcel, Samples.BERLIN,
        List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2)), null, bench.clock().instant());
    receive(two);
    assertThat(carrier.drafts()).isZero();
    assertThat(news(ReturnUnlabelled.class)).singleElement()
        .satisfies(it -> assertThat(it.detail()).contains("nobody knows the parcel's weight"));
  }

  @Test
  void aPersonSaysWhatItWeighsAndHowLargeItIs() {
    receive(ask(Samples.BERLIN, new ReturnBox(700, null, 120, null)));
    assertThat(carrier.lastConsignment.parcel().weightGrams()).isEqualTo(700);
    assertThat(carrier.lastConsignment.parcel().widthMm()).isEqualTo(120);
    assertThat(carrier.lastConsignment.parcel().lengthMm()).isEqualTo(300);
  }

  @Test
  void whatCannotBeBoughtIsSaidAndTriedAgainWhenItIsAskedForAgain() {
    receive(ask(null, null));
    assertThat(news(ReturnUnlabelled.class)).singleElement()
        .satisfies(it -> assertThat(it.detail()).contains("location"));
    carrier.refusal = Refused.conflict("address_verify_failure", "EasyPost refuses: the address cannot be found");
    bench.clock().advance(Duration.ofMinutes(1));
    receive(ask());
    assertThat(news(ReturnUnlabelled.class)).last().satisfies(it -> {
      assertThat(it.detail()).contains("cannot be found");
      assertThat(it.uncertain()).isFalse();
    });
    carrier.refusal = null;
    bench.clock().advance(Duration.ofMinutes(1));
    receive(ask());
    assertThat(news(ReturnLabelled.class)).hasSize(1);
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labels().find(ShippingTable.key(Samples.ORDER, parcel)).orElseThrow().value().location())
        .as("where it goes, as was asked last").isEqualTo(Samples.BERLIN);
  }

  @Test
  void aLateDuplicateOfAnAskingThatWasAnsweredBuysNothingWithItsBox() {
    carrier.refusal = Refused.conflict("too_heavy", "EasyPost refuses: it is too heavy");
    ReturnLabelAsked first = ask(Samples.BERLIN, new ReturnBox(40_000, null, null, null));
    receive(first);
    carrier.refusal = null;
    receive(first);
    assertThat(carrier.purchases()).as("it was answered: somebody else decides what is asked next").isZero();
    bench.clock().advance(Duration.ofMinutes(1));
    ReturnLabelAsked second = ask(Samples.BERLIN, new ReturnBox(900, null, null, null));
    carrier.refusal = Refused.conflict("away", "EasyPost refuses: later");
    receive(second);
    carrier.refusal = null;
    receive(first);
    assertThat(carrier.purchases()).as("nor after the next one").isZero();
    bench.clock().advance(Duration.ofMinutes(1));
    receive(ask(Samples.BERLIN, new ReturnBox(900, null, null, null)));
    receive(first);
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(carrier.lastConsignment.parcel().weightGrams()).isEqualTo(900);
  }

  @Test
  void acrossACustomsBorderNoneIsBought() {
    var abroad = new Address("Grace Hopper", null, "Bahnhofstr. 1", null, "Basel", null, "4051", "CH", null);
    receive(buying(bench.dynamo(), bench.sqs(), carrier,
        new Shipping(Samples.SHIPPING.channel(), false, abroad, null, null)), ask());
    assertThat(news(ReturnUnlabelled.class)).singleElement()
        .satisfies(it -> assertThat(it.detail()).contains("customs"));
    assertThat(carrier.drafts()).isZero();
  }

  @Test
  void aPurchaseThatNobodyCanFindOutIsUncertainAndIsNotBoughtAgain() {
    var faults = new Faults();
    BuyReturnLabelHandler handler = buying(bench.dynamo(), bench.sqs(), faults.in(Carrier.class, carrier),
        Samples.SHIPPING);
    faults.strike(2, true, Death::new);
    receive(handler, ask());
    faults.stop();
    carrier.memory = Memory.NONE;
    bench.clock().advance(PAST_THE_LEASE);
    receive(handler, ask());
    assertThat(news(ReturnUnlabelled.class)).singleElement().satisfies(it -> assertThat(it.uncertain()).isTrue());
    carrier.memory = Memory.GOOD;
    receive(handler, ask());
    assertThat(news(ReturnLabelled.class)).hasSize(1);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  private void isUncertain(boolean bought) {
    var faults = new Faults();
    BuyReturnLabelHandler handler = buying(bench.dynamo(), bench.sqs(), faults.in(Carrier.class, carrier),
        Samples.SHIPPING);
    faults.strike(2, bought, Death::new);
    receive(handler, ask());
    faults.stop();
    carrier.memory = Memory.NONE;
    bench.clock().advance(PAST_THE_LEASE);
    receive(handler, ask());
    assertThat(news(ReturnUnlabelled.class)).singleElement().satisfies(it -> assertThat(it.uncertain()).isTrue());
  }

  @Test
  void whatMayHaveBeenBoughtAndIsNotWantedStandsUntilItsCarrierKnows() {
    isUncertain(true);
    receive(unwanted());
    assertThat(news(ReturnLabelWithdrawn.class)).singleElement().satisfies(it -> assertThat(it.withdrawn()).isFalse());
    carrier.memory = Memory.GOOD;
    receive(unwanted());
    assertThat(news(ReturnLabelWithdrawn.class)).last().satisfies(it -> assertThat(it.withdrawn()).isTrue());
    followVoids();
    assertThat(carrier.requests()).as("its money is asked for").isEqualTo(1);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whatItsCarrierNeverSoldIsWithdrawnOnceItSaysSo() {
    isUncertain(false);
    carrier.memory = Memory.GOOD;
    receive(unwanted());
    receive(unwanted());
    assertThat(news(ReturnLabelWithdrawn.class)).singleElement().satisfies(it -> assertThat(it.withdrawn()).isTrue());
    receive(ask());
    assertThat(carrier.purchases()).isZero();
  }

  @Test
  void whatTravelsWithALabelThatIsVoidIsNewsOfItsReturn() {
    receive(ask());
    assertThat(new WithdrawnLabels(bench.ports()).has(parcel)).isFalse();
    String number = news(ReturnLabelled.class).getFirst().trackingNumber();
    receive(unwanted());
    assertThat(news(ReturnLabelWithdrawn.class)).singleElement().satisfies(it -> assertThat(it.withdrawn()).isTrue());
    assertThat(new WithdrawnLabels(bench.ports()).has(parcel)).isTrue();
    bench.clock().advance(Duration.ofDays(1));
    scanned(number, ShipmentStatus.IN_TRANSIT, null);
    assertThat(news(ReturnMoved.class)).singleElement()
        .satisfies(it -> assertThat(it.status()).isEqualTo(ShipmentStatus.IN_TRANSIT));
    followVoids();
    assertThat(carrier.requests()).as("its money is not asked for, as it is used").isZero();
  }

  @Test
  void aLabelThatIsNotWantedIsVoidAndItsMoneyIsAskedForOnce() {
    receive(ask());
    receive(unwanted());
    receive(unwanted());
    assertThat(news(ReturnLabelWithdrawn.class)).singleElement().satisfies(it -> assertThat(it.withdrawn()).isTrue());
    followVoids();
    bench.clock().advance(Duration.ofDays(1));
    followVoids();
    assertThat(carrier.requests()).isEqualTo(1);
    assertThat(new SoldLabels(bench.ports()).find(parcel)).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo(SoldLabels.VOID));
    receive(ask());
    assertThat(carrier.purchases()).as("what is void stays so").isEqualTo(1);
  }

  @Test
  void whatIsNotWantedBeforeItIsBoughtIsNeverBought() {
    assertThat(new WithdrawnLabels(bench.ports()).has(parcel)).isFalse();
    receive(unwanted());
    assertThat(new WithdrawnLabels(bench.ports()).has(parcel)).isTrue();
    receive(ask());
    assertThat(carrier.purchases()).isZero();
    assertThat(news(ReturnLabelWithdrawn.class)).singleElement().satisfies(it -> assertThat(it.withdrawn()).isTrue());
  }

  @Test
  void itsScansAreNewsOfItsReturnAloneAndALabelThatIsUsedStands() {
    receive(ask());
    String number = news(ReturnLabelled.class).getFirst().trackingNumber();
    scanned(number, ShipmentStatus.IN_TRANSIT, null);
    receive(unwanted());
    assertThat(news(ReturnMoved.class)).singleElement().satisfies(it -> {
      assertThat(it.parcel()).isEqualTo(parcel);
      assertThat(it.status()).isEqualTo(ShipmentStatus.IN_TRANSIT);
      assertThat(it.lost()).isFalse();
    });
    assertThat(news(ReturnLabelWithdrawn.class)).singleElement().satisfies(it -> assertThat(it.withdrawn()).isFalse());
    bench.clock().advance(Duration.ofDays(1));
    scanned(number, ShipmentStatus.ON_HOLD, "lost");
    assertThat(news(ReturnMoved.class)).last().satisfies(it -> assertThat(it.lost()).isTrue());
    assertThat(bench.sent().stream().map(Bench.Sent::queue).distinct()).containsExactlyInAnyOrder(
        "queue:follow-return-label", "queue:store-label");
  }

  @Test
  void aBrokerThatKnowsItForAReturnSaysThatItIsDeliveredToTheSenderWhichIsWhereItGoes() {
    receive(ask());
    String number = news(ReturnLabelled.class).getFirst().trackingNumber();
    Bench.output(new TrackShipmentHandler(bench.ports()), bench.sqsEvent(new TrackingNoticed(number,
        List.of(new Scan(ShipmentStatus.DELIVERED, bench.clock().instant(), "01", "Left at the dock", null),
            new Scan(ShipmentStatus.RETURNED, bench.clock().instant())),
        null, "evt_1")));
    assertThat(news(ReturnMoved.class)).singleElement()
        .satisfies(it -> assertThat(it.status()).isEqualTo(ShipmentStatus.DELIVERED));
    bench.clock().advance(Duration.ofDays(1));
    scanned(number, ShipmentStatus.RETURNED, null);
    assertThat(news(ReturnMoved.class)).last()
        .satisfies(it -> assertThat(it.status()).isEqualTo(ShipmentStatus.RETURNED));
  }

  @Test
  void whatWasScannedBeforeItsLabelIsKnownIsNewsWithTheLabel() {
    scanned("1Z000001", ShipmentStatus.IN_TRANSIT, null);
    receive(ask());
    assertThat(news(ReturnLabelled.class)).hasSize(1);
    assertThat(news(ReturnMoved.class)).hasSize(1);
  }

  @Test
  void itIsNoneOfTheOrdersParcelsAndItsCostsAreShown() {
    receive(ask());
    assertThat(labels().findAll(Samples.ORDER.value(), ShippingTable.PARCELS)).isEmpty();
    assertThat(LabelCosts.find(labels(), ShippingTable.voids(bench.ports()), ShippingTable.trackings(bench.ports()),
        parcel).orElseThrow().toResource()).containsEntry("parcel_id", parcel.value()).containsKey("bought");
    assertThat(new ParcelFinder(bench.ports()).orders(news(ReturnLabelled.class).getFirst().trackingNumber()))
        .containsExactly(Samples.ORDER);
  }
}
