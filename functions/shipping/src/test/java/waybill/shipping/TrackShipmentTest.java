package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Message;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class TrackShipmentTest {
  private static final Instant SCANNED = Instant.parse("2026-11-24T07:00:00Z");
  private static final Instant EXPECTED = Instant.parse("2026-11-24T00:00:00Z");
  private static final TrackingNumber NUMBER = new TrackingNumber("1Z1");

  private final Bench bench = Bench.open("shipping");
  private final TrackShipmentHandler handler = new TrackShipmentHandler(bench.ports());

  @BeforeEach
  void label() {
    ShippingTable.trackings(bench.ports())
        .insert(Tracking.of(NUMBER, Samples.PARCEL, SCANNED));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static TrackingNoticed news(String number, ShipmentStatus status, int minutes) {
    return new TrackingNoticed(number, List.of(new Scan(status, SCANNED.plus(Duration.ofMinutes(minutes)))), EXPECTED,
        "evt_" + minutes);
  }

  private static String handle(TrackShipmentHandler handler, InputStream event) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(event, out, null);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aScanMovesItsParcel() throws IOException {
    assertThat(handle(handler, bench.sqsEvent(news("1z1", ShipmentStatus.OUT_FOR_DELIVERY, 0))))
        .isEqualTo("{\"batchItemFailures\":[]}");

    var moved = new ShipmentOutForDelivery(Samples.ORDER, Samples.PARCEL, SCANNED, EXPECTED);
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(moved);
    assertThat(bench.sentTo(NotifyCustomer.class)).containsExactly(moved);
  }

  @Test
  void lateAndDoubledScansSendOnlyWhereTheParcelIsNow() throws IOException {
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.DELIVERED, 30),
        news("1Z1", ShipmentStatus.IN_TRANSIT, 40), news("1Z1", ShipmentStatus.DELIVERED, 30)));

    assertThat(bench.sentTo(AdvanceOrder.class)).hasSize(2)
        .containsOnly(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, SCANNED.plusSeconds(1800), EXPECTED));
  }

  @Test
  void aScanBeforeItsLabelWaitsAsAStub() throws IOException {
    handle(handler, bench.sqsEvent(news("1Z2", ShipmentStatus.DELIVERED, 0)));

    assertThat(bench.sent()).isEmpty();
    assertThat(ShippingTable.trackings(bench.ports())
        .find(ShippingTable.key(new TrackingNumber("1Z2")))).hasValueSatisfying(it -> {
          assertThat(it.value().parcels()).isEmpty();
          assertThat(it.value().status()).isEqualTo(ShipmentStatus.DELIVERED);
        });
  }

  @Test
  void aDoubledScanWritesNothing() throws IOException {
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.IN_TRANSIT, 0)));
    var before = bench.items("shipping");
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.IN_TRANSIT, 0)));

    assertThat(bench.items("shipping")).isEqualTo(before);
  }

  @Test
  void newsRedrivenAfterTwoWeeksSendsOnlyWhereTheParcelIsAndChangesNothing() throws IOException {
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.OUT_FOR_DELIVERY, 0)));
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.DELIVERED, 30)));
    var before = bench.items("shipping");
    bench.forgetSent();
    bench.clock().advance(Duration.ofDays(14));

    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.OUT_FOR_DELIVERY, 0)));

    assertThat(bench.items("shipping")).isEqualTo(before);
    assertThat(bench.sent()).extracting(it -> it.queue()).doesNotHaveDuplicates();
    assertThat(bench.sent()).isNotEmpty().extracting(Bench.Sent::message)
        .containsOnly(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, SCANNED.plusSeconds(1800), EXPECTED));
  }

  @Test
  void aFailedDeliveryIsMailedToo() throws IOException {
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.DELIVERY_FAILED, 0)));

    var failed = new ShipmentDeliveryFailed(Samples.ORDER, Samples.PARCEL, SCANNED, EXPECTED);
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(failed);
    assertThat(bench.sentTo(NotifyCustomer.class)).containsExactly(failed);
  }

  @Test
  void whatCannotBeSentIsRetriedAndThenSent() throws IOException {
    bench.refuseNextSends(1);

    assertThat(handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.IN_TRANSIT, 0)))).contains("m-1");
    handle(handler, bench.sqsEvent(news("1Z1", ShipmentStatus.IN_TRANSIT, 0)));
    assertThat(bench.sentTo(AdvanceOrder.class)).hasSize(1);
  }

  @Test
  void whereverTheFunctionCrashesTheParcelEndsWhereItIs() throws IOException {
    int minutes = 0;
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      boolean struck = true;
      for (int call = 1; struck; call++) {
        bench.forgetSent();
        var faults = new Faults();
        var mortal = new TrackShipmentHandler(
            bench.ports(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs())));
        TrackingNoticed news = news("1Z1", ShipmentStatus.OUT_FOR_DELIVERY, ++minutes);
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        handle(mortal, bench.sqsEvent(news));
        struck = faults.calls() >= call;
        faults.stop();
        handle(mortal, bench.sqsEvent(news));

        List<Message> told = new ArrayList<>(bench.sentTo(AdvanceOrder.class));
        assertThat(told).isNotEmpty().containsOnly(
            new ShipmentOutForDelivery(Samples.ORDER, Samples.PARCEL, news.scans().getFirst().at(), EXPECTED));
        assertThat(struck || call > 4).describedAs("two calls to the store and two to the queues").isTrue();
      }
    }
  }

  @Test
  void aPoisonMessageFailsAlone() throws IOException {
    String good = waybill.platform.Json.write(news("1Z1", ShipmentStatus.IN_TRANSIT, 0));
    String blankNumber = waybill.platform.Json.write(news(" ", ShipmentStatus.IN_TRANSIT, 0));

    assertThat(handle(handler, bench.sqsEvent(1, "nonsense", blankNumber, good)))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},{\"itemIdentifier\":\"m-2\"}]}");
    assertThat(bench.sentTo(AdvanceOrder.class)).hasSize(1);
  }
}
