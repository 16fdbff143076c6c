package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Choreography.TrackShipment;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.webhook.Event;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierProvider.NoNews;
import waybill.shipping.carrier.ScanLookup;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A carrier whose events may be lost is asked for what nobody has heard. */
class PollTrackingTest {
  private final Bench bench = Bench.open("catalog", "orders", "shipping:by_unlabelled");
  private final RecordingCarrier carrier = new RecordingCarrier();
  private final List<String> asked = new ArrayList<>();
  /** What the carrier has said of each number. */
  private final Map<String, List<Scan>> scans = new HashMap<>();
  private boolean away;

  PollTrackingTest() {
    Samples.putLocation(bench);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** One that sells labels, and can be asked for scans. */
  private Carrier lossy() {
    return (Carrier) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[]{Carrier.class, ScanLookup.class}, (_, method, arguments) -> {
          if (method.getName().equals("scans")) {
            return scans((String) arguments[0]);
          }
          try {
            return method.invoke(carrier, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private Outcome<Event<TrackingNoticed>> scans(String number) {
    asked.add(number);
    if (away) {
      throw new RetryLater("the carrier does not answer");
    }
    List<Scan> known = scans.get(number);
    return known == null
        ? Refused.of(Refused.Kind.ABSENT, "unknown_number", "the carrier does not follow the number").outcome()
        : Outcome.of(known.isEmpty()
            ? new Event.Ignored<>("e", "tracker", NoNews.STATUS)
            : new Event.News<>("e", "tracker", new TrackingNoticed(number, known, null, "e")));
  }

  private Ports ports(Carrier sells) {
    return bench.ports().with(Carriers.class, Samples.carriers(sells));
  }

  private void buy(int number) {
    run(new BuyLabelHandler(ports(lossy()), _ -> Optional.of(Samples.SHIPPING)),
        Samples.dispatch(ParcelId.of(Samples.FULFILLMENT, number)));
    scans.put("1Z%06d".formatted(number), List.of());
  }

  private void run(com.amazonaws.services.lambda.runtime.RequestStreamHandler handler,
      waybill.messages.Message message) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(bench.sqsEvent(message), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(out.toString()).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private void poll() {
    new PollTrackingHandler(ports(lossy())).run();
  }

  /** As its queue does with what was sent. */
  private void track() {
    bench.sentTo(TrackShipment.class)
        .forEach(it -> run(new TrackShipmentHandler(bench.ports()), (TrackingNoticed) it));
    bench.forgetSent();
  }

  private void say(int number, ShipmentStatus status) {
    scans.put("1Z%06d".formatted(number), List.of(new Scan(status, bench.clock().instant())));
  }

  private ShipmentStatus status(int number) {
    return ShippingTable.trackings(bench.ports())
        .find(ShippingTable.key(new TrackingNumber("1Z%06d".formatted(number)))).orElseThrow().value().status();
  }

  private void passHours(int hours) {
    bench.clock().advance(Duration.ofHours(hours));
  }

  /** The schedule fires each hour, and what it sends is tracked. */
  private void hours(int hours) {
    for (int i = 0; i < hours; i++) {
      passHours(1);
      poll();
      track();
    }
  }

  @Test
  void aFinalScanWhoseEventIsLostIsFoundWithinSevenHoursAndThenNobodyAsksAnyMore() {
    buy(1);
    hours(2);
    assertThat(asked).isEmpty();
    say(1, ShipmentStatus.DELIVERED);

    hours(5);
    assertThat(asked).containsExactly("1Z000001");
    assertThat(status(1)).isEqualTo(ShipmentStatus.DELIVERED);
    hours(100);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatIsHeardIsNotAskedForAndWhatIsSaidTwiceChangesNothing() {
    buy(1);
    passHours(4);
    say(1, ShipmentStatus.IN_TRANSIT);
    run(new TrackShipmentHandler(bench.ports()),
        new TrackingNoticed("1Z000001", scans.get("1Z000001"), null, "evt_1"));
    bench.forgetSent();
    hours(5);
    assertThat(asked).isEmpty();

    hours(2);
    assertThat(asked).hasSize(1);
    assertThat(status(1)).isEqualTo(ShipmentStatus.IN_TRANSIT);
  }

  @Test
  void howOftenAParcelThatNeverArrivesIsAskedForHasALimit() {
    buy(1);
    say(1, ShipmentStatus.IN_TRANSIT);
    hours(70 * 24);

    assertThat(asked).hasSizeBetween(60, 70);
    int before = asked.size();
    hours(24);
    assertThat(asked).hasSize(before);
  }

  @Test
  void anAccountThatIsAwayIsAskedOnceARunAndTheOthersComeInTheirTurnOnceItIsBack() {
    buy(1);
    buy(2);
    buy(3);
    away = true;
    passHours(6);
    poll();
    assertThat(asked).hasSize(1);
    poll();
    assertThat(asked).as("left alone for an hour").hasSize(1);

    away = false;
    List.of(1, 2, 3).forEach(it -> say(it, ShipmentStatus.DELIVERED));
    asked.clear();
    hours(1);
    assertThat(asked).containsExactlyInAnyOrder("1Z000001", "1Z000002", "1Z000003");
    assertThat(List.of(status(1), status(2), status(3))).containsOnly(ShipmentStatus.DELIVERED);
  }

  @Test
  void aNumberThatTheCarrierDoesNotKnowKeepsNoOtherFromItsTurn() {
    buy(1);
    buy(2);
    scans.remove("1Z000001");
    say(2, ShipmentStatus.DELIVERED);

    hours(6);
    assertThat(status(2)).isEqualTo(ShipmentStatus.DELIVERED);
  }

  @Test
  void aCarrierThatRepeatsItsEventsIsNotAskedAndAnAccountThatIsGoneStopsNothing() {
    run(new BuyLabelHandler(ports(carrier), _ -> Optional.of(Samples.SHIPPING)), Samples.dispatch());
    hours(24);
    assertThat(asked).isEmpty();
    assertThat(bench.items("shipping").stream().filter(it -> it.get("sk").s().equals("poll"))).isEmpty();

    buy(2);
    passHours(6);
    new PollTrackingHandler(ports(carrier)).run();
    assertThat(asked).isEmpty();
    say(2, ShipmentStatus.DELIVERED);
    hours(1);
    assertThat(status(2)).isEqualTo(ShipmentStatus.DELIVERED);
  }

  @Test
  void whereverItCrashesTheScanIsTrackedInTheEnd() {
    buy(1);
    say(1, ShipmentStatus.DELIVERED);
    passHours(6);
    boolean went = true;
    for (int struck = 1; went; struck++) {
      var faults = new Faults();
      faults.strike(struck, true, () -> new IllegalStateException("dead"));
      try {
        new PollTrackingHandler(bench.ports(faults.in(DynamoDbClient.class, bench.dynamo()),
            faults.in(SqsClient.class, bench.sqs())).with(Carriers.class, Samples.carriers(lossy()))).run();
      } catch (IllegalStateException e) {
        // What it was at stays due.
      }
      went = faults.calls() >= struck;
    }
    track();

    assertThat(status(1)).isEqualTo(ShipmentStatus.DELIVERED);
  }
}
