package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Message;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A parcel is scanned and labelled, in every order: it ends the same, and the customer hears of both. */
class LabelAndScanTest {
  private static final int MAX_RECEIVES = 5;

  private final Bench bench = Bench.open("catalog", "orders", "shipping:by_unlabelled");
  private RecordingCarrier carrier = new RecordingCarrier();
  private ParcelId parcel;
  private int parcels;

  LabelAndScanTest() {
    Samples.putLocation(bench);
    nextParcel();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void nextParcel() {
    bench.forgetSent();
    parcel = ParcelId.of(Samples.FULFILLMENT, ++parcels);
  }

  private String number() {
    return "1Z%06d".formatted(parcels);
  }

  private Scan scanned() {
    return new Scan(ShipmentStatus.OUT_FOR_DELIVERY, Instant.parse("2026-11-22T08:59:00Z").plusSeconds(parcels));
  }

  private DispatchApproved dispatch() {
    return Samples.dispatch(parcel);
  }

  private TrackingNoticed scan() {
    return new TrackingNoticed(number(), List.of(scanned()), null, "evt_" + parcels);
  }

  private BuyLabelHandler buyer(DynamoDbClient dynamo, SqsClient sqs, Carrier carrier) {
    return new BuyLabelHandler(bench.ports(dynamo, sqs).with(Carriers.class, Samples.carriers(carrier)),
        _ -> Optional.of(Samples.SHIPPING));
  }

  private BuyLabelHandler buyer() {
    return buyer(bench.dynamo(), bench.sqs(), carrier);
  }

  private TrackShipmentHandler tracker(DynamoDbClient dynamo, SqsClient sqs) {
    return new TrackShipmentHandler(bench.ports(dynamo, sqs));
  }

  private TrackShipmentHandler tracker() {
    return tracker(bench.dynamo(), bench.sqs());
  }

  private static boolean handle(RequestStreamHandler handler, InputStream event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(event, out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}");
  }

  /** Whatever came first: one label, scanned, waiting for nothing, and both news to all whom they concern. */
  private void endsTheSame(String how) {
    assertThat(carrier.purchases()).as(how).isEqualTo(parcels);
    var tracking = ShippingTable.trackings(bench.ports())
        .find(ShippingTable.key(new TrackingNumber(number()))).orElseThrow().value();
    assertThat(tracking.parcels()).as(how).extracting(Tracking.Bearer::parcel).containsExactly(parcel);
    assertThat(tracking).as(how).isEqualTo(new Tracking(new TrackingNumber(number()), tracking.parcels(), scanned(),
        List.of(scanned()), null, List.of(), null));
    var moved = new ShipmentOutForDelivery(Samples.ORDER, parcel, scanned().at(), null);
    for (Class<?> function : List.of(AdvanceOrder.class, NotifyCustomer.class)) {
      List<Message> told = bench.sentTo(function);
      assertThat(told).as(how).contains(moved).hasAtLeastOneElementOfType(ShipmentLabelled.class)
          .hasOnlyElementsOfTypes(ShipmentLabelled.class, ShipmentOutForDelivery.class);
      assertThat(told.stream().distinct()).as(how).hasSize(2);
    }
  }

  @Test
  void theLabelFirst() {
    handle(buyer(), bench.sqsEvent(dispatch()));
    handle(tracker(), bench.sqsEvent(scan()));
    endsTheSame("the label first");
  }

  @Test
  void theScanFirst() {
    handle(tracker(), bench.sqsEvent(scan()));
    handle(buyer(), bench.sqsEvent(dispatch()));
    endsTheSame("the scan first");
  }

  @Test
  void theScanBeforeEachCallOfTheLabelAndAfterTheLast() {
    boolean reached = true;
    for (int call = 1; reached; call++, nextParcel()) {
      var between = new Between(call, () -> handle(tracker(), bench.sqsEvent(scan())));
      var buyer = buyer(between.in(DynamoDbClient.class, bench.dynamo()), between.in(SqsClient.class, bench.sqs()),
          between.in(Carrier.class, carrier));
      assertThat(handle(buyer, bench.sqsEvent(dispatch()))).isTrue();
      reached = between.reached();
      endsTheSame("the scan before call " + call + " of the label");
    }
    assertThat(parcels).isGreaterThan(12);
  }

  @Test
  void theLabelBeforeEachCallOfTheScanAndAfterTheLast() {
    boolean reached = true;
    for (int call = 1; reached; call++, nextParcel()) {
      var between = new Between(call, () -> handle(buyer(), bench.sqsEvent(dispatch())));
      var tracker = tracker(between.in(DynamoDbClient.class, bench.dynamo()), between.in(SqsClient.class, bench.sqs()));
      assertThat(handle(tracker, bench.sqsEvent(scan()))).isTrue();
      reached = between.reached();
      endsTheSame("the label before call " + call + " of the scan");
    }
    assertThat(parcels).isGreaterThan(3);
  }

  @Test
  void bothAtOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 25; round++, nextParcel()) {
        byte[] dispatch = bench.sqsEvent(dispatch()).readAllBytes();
        byte[] scan = bench.sqsEvent(scan()).readAllBytes();
        Callable<Boolean> buying = () -> handle(buyer(), new ByteArrayInputStream(dispatch));
        Callable<Boolean> tracking = () -> handle(tracker(), new ByteArrayInputStream(scan));
        for (Future<Boolean> end : threads.invokeAll(List.of(buying, tracking, tracking))) {
          assertThat(end.get()).isTrue();
        }
        endsTheSame("at once, round " + round);
      }
    }
  }

  @Test
  void theScanFirstAndEachOfThemDiesAtEachOfItsCalls() {
    for (int call = 1; call <= 14; call++, nextParcel()) {
      var faults = new Faults();
      DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());
      SqsClient sqs = faults.in(SqsClient.class, bench.sqs());
      dying(faults, call, tracker(dynamo, sqs), scan());
      dying(faults, call, buyer(dynamo, sqs, faults.in(Carrier.class, carrier)), dispatch());
      endsTheSame("dying at call " + call);
    }
  }

  /** The first delivery dies after the effect of a call, the others do not. */
  private void dying(Faults faults, int call, RequestStreamHandler handler, Message message) {
    faults.strike(call, true, () -> new IllegalStateException("died"));
    boolean done = handle(handler, bench.sqsEvent(message));
    faults.stop();
    for (int receives = 2; !done && receives <= MAX_RECEIVES; receives++) {
      bench.clock().advance(Duration.ofSeconds(90));
      done = handle(handler, bench.sqsEvent(message));
    }
    assertThat(done).isTrue();
  }

  /** Clients between whose calls something else happens: before the n-th of them, or after all. */
  private static final class Between {
    private final int call;
    private final Runnable other;
    private int calls;

    Between(int call, Runnable other) {
      this.call = call;
      this.other = other;
    }

    /** Whether there were so many calls; else it happens now. */
    boolean reached() {
      if (calls < call) {
        other.run();
      }
      return calls >= call;
    }

    <C> C in(Class<C> type, C client) {
      return type
          .cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, arguments) -> {
            if (method.isDefault() && arguments.length == 1 && arguments[0] instanceof Consumer) {
              return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            if (++calls == call) {
              other.run();
            }
            try {
              return method.invoke(client, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          }));
    }
  }
}
