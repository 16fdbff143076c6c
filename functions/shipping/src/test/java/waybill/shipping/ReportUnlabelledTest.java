package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Table;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class ReportUnlabelledTest {
  private final PrintStream stdout = System.out;
  private final Bench bench = Bench.open("catalog", "orders", "shipping:by_unlabelled");
  private final Table<Tracking> trackings = ShippingTable.trackings(bench.ports());

  @AfterEach
  void close() {
    System.setOut(stdout);
    bench.close();
  }

  private void scan(String number) throws IOException {
    var scan = new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant());
    new TrackShipmentHandler(bench.ports()).handleRequest(
        bench.sqsEvent(new TrackingNoticed(number, List.of(scan), null, "evt_" + number)), new ByteArrayOutputStream(),
        null);
  }

  private void label(String number) throws IOException {
    Samples.putLocation(bench);
    var carrier = new RecordingCarrier();
    new BuyLabelHandler(bench.ports().with(Carriers.class, Samples.carriers(carrier)),
        _ -> Optional.of(Samples.SHIPPING)).handleRequest(bench.sqsEvent(Samples.labelledElsewhere(number)),
            new ByteArrayOutputStream(), null);
  }

  private List<String> report() {
    return report(bench.dynamo());
  }

  /** @return what was logged */
  private List<String> report(DynamoDbClient dynamo) {
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      new ReportUnlabelledHandler(bench.ports(dynamo)).handleRequest(
          new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
    } finally {
      System.setOut(stdout);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private List<String> listed() {
    return ShippingTable.unlabelledSince(trackings, bench.clock().instant()).map(Table.Key::pk).toList();
  }

  @Test
  void scansWithoutALabelForADayAreReportedOnce() throws IOException {
    scan("1Z1");
    bench.clock().advance(Duration.ofHours(1));
    scan("1Z2");
    scan("1Z1");
    bench.clock().advance(Tracking.LATEST_LABEL.minusHours(1).minusNanos(1));
    assertThat(report()).isEmpty();

    bench.clock().advance(Duration.ofNanos(1));
    assertThat(report()).singleElement().asString().contains("\"tracking_number\":\"1Z1\"",
        "\"ScansWithoutLabel\":1");
    assertThat(listed()).containsExactly("tracking#1Z2");
    assertThat(report()).isEmpty();

    bench.clock().advance(Duration.ofDays(14));
    assertThat(report()).singleElement().asString().contains("\"tracking_number\":\"1Z2\"");
    assertThat(listed()).isEmpty();
  }

  @Test
  void aLabelThatComesTakesItsScansOffTheList() throws IOException {
    scan("1Z1");
    assertThat(listed()).containsExactly("tracking#1Z1");

    label("1Z1");

    assertThat(listed()).isEmpty();
    bench.clock().advance(Duration.ofDays(2));
    assertThat(report()).isEmpty();
  }

  @Test
  void whatHadItsLabelFirstIsNeverListedAndCarriesNothingOfIt() throws IOException {
    label("1Z1");
    scan("1Z1");

    assertThat(listed()).isEmpty();
    assertThat(bench.items("shipping")).filteredOn(item -> item.get("pk").s().equals("tracking#1Z1")).singleElement()
        .satisfies(item -> assertThat(item).doesNotContainKeys("unlabelled", "by_unlabelled", "by_unlabelled_range"));
  }

  @Test
  void scansThatWereReportedAreNotAgainWhenMoreCome() throws IOException {
    scan("1Z1");
    bench.clock().advance(Duration.ofDays(1));
    report();

    scan("1Z1");
    bench.clock().advance(Duration.ofDays(1));

    assertThat(report()).isEmpty();
  }

  @Test
  void moreThanAPageIsReported() throws IOException {
    for (int i = 0; i < 120; i++) {
      scan("1Z%03d".formatted(i));
    }
    bench.clock().advance(Duration.ofDays(1));

    assertThat(report()).hasSize(120);
    assertThat(report()).isEmpty();
  }

  @Test
  void whereverTheFunctionCrashesEachIsReportedAndThenNoMore() throws IOException {
    int call = 0;
    boolean struck = true;
    while (struck) {
      call++;
      scan("1Z%dA".formatted(call));
      scan("1Z%dB".formatted(call));
      bench.clock().advance(Duration.ofDays(1));
      var faults = new Faults();
      DynamoDbClient mortal = faults.in(DynamoDbClient.class, bench.dynamo());
      faults.strike(call, true, () -> new IllegalStateException("died"));
      struck = dies(mortal);
      faults.stop();
      report();
      assertThat(listed()).as("after dying at call %d", call).isEmpty();
      assertThat(bench.items("shipping")).hasSize(2 * call)
          .allSatisfy(item -> assertThat(item.get("unlabelled").m()).containsKey("reported_at"));
    }
    assertThat(call).isGreaterThan(5);
  }

  private boolean dies(DynamoDbClient mortal) {
    try {
      report(mortal);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void whatCannotBeReadFailsTheRun() {
    var faults = new Faults();
    DynamoDbClient mortal = faults.in(DynamoDbClient.class, bench.dynamo());
    faults.strike(1, false, () -> new IllegalStateException("no luck"));

    assertThatThrownBy(() -> report(mortal)).hasMessage("no luck");
  }
}
