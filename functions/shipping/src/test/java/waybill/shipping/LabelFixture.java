package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.platform.Lease;
import waybill.platform.Table;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** One order's parcels, a carrier that counts, and BuyLabel with faults wherever a test wants them. */
abstract class LabelFixture {
  static final Duration PAST_THE_LEASE = Lease.LENGTH.plusSeconds(30);
  static final int MAX_RECEIVES = 5;
  static final Table.Key KEY = ShippingTable.key(Samples.ORDER, Samples.PARCEL);
  static final ParcelId SECOND = ParcelId.of(Samples.FULFILLMENT, 2);

  final Bench bench = stocked();
  RecordingCarrier carrier = new RecordingCarrier();
  int parcels;

  static Bench stocked() {
    Bench bench = Bench.open("catalog", "orders", "shipping:by_unlabelled");
    Samples.putLocation(bench);
    return bench;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  BuyLabelHandler handler(DynamoDbClient dynamo, SqsClient sqs, Carrier carrier) {
    return new BuyLabelHandler(bench.ports(dynamo, sqs).with(Carriers.class, Samples.carriers(carrier)),
        _ -> Optional.of(Samples.SHIPPING));
  }

  BuyLabelHandler handler() {
    return handler(bench.dynamo(), bench.sqs(), carrier);
  }

  String handle(BuyLabelHandler handler, InputStream event) {
    return Bench.output(handler, event);
  }

  boolean done(String answer) {
    return answer.equals("{\"batchItemFailures\":[]}");
  }

  List<ShipmentLabelled> labelled() {
    return bench.sentTo(ShipStock.class).stream().filter(ShipmentLabelled.class::isInstance)
        .map(ShipmentLabelled.class::cast).toList();
  }

  Table<ParcelLabel> labels() {
    return ShippingTable.labels(bench.ports());
  }

  /** The label may be bought, and who bought it is dead. @param bought whether the carrier did it */
  void crashWhileBuying(boolean bought) {
    var faults = new Faults();
    faults.strike(2, bought, Death::new);
    handle(handler(bench.dynamo(), bench.sqs(), faults.in(Carrier.class, carrier)),
        bench.sqsEvent(Samples.dispatch()));
    assertThat(carrier.purchases()).isEqualTo(bought ? 1 : 0);
    bench.clock().advance(PAST_THE_LEASE);
  }

  LabelUncertain uncertain(Instant since) {
    return new LabelUncertain(Samples.ORDER, Samples.PARCEL, since);
  }

  /** The whole process is gone: no handler of ours runs on. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  DispatchApproved nextDispatch() {
    bench.forgetSent();
    return Samples.dispatch(ParcelId.of(Samples.FULFILLMENT, ++parcels));
  }

  BuyLabelHandler handler(Faults faults) {
    return handler(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()),
        faults.in(Carrier.class, carrier));
  }

  void redeliverUntilDone(BuyLabelHandler handler, DispatchApproved dispatch) {
    for (int receives = 2; receives <= MAX_RECEIVES; receives++) {
      bench.clock().advance(PAST_THE_LEASE);
      if (done(handle(handler, bench.sqsEvent(dispatch)))) {
        return;
      }
    }
    throw new AssertionError("not done after " + MAX_RECEIVES + " receives");
  }
}
