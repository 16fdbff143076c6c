package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import waybill.catalog.Address;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Rates;

/** Reads EasyPost's own answers (EasyPost/examples): {@code mvn test -pl functions/shipping -am -Dtest=OfficialAnswersTest -Deasypost=DIR}. */
class OfficialAnswersTest {
  private static final String FOLDER = "easypost";
  private static final CarrierAccount ACCOUNT = CarrierAccount.of("easypost", false, List.of());
  private static final Address NOBODY = new Address(null, null, null, null, null, null, null, "US", null);

  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  @EnabledIfSystemProperty(named = FOLDER, matches = ".+")
  void everyAnswerIsReadAndEveryShipmentRateTrackerAndRefundInIt(TestReporter reporter) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty(FOLDER)))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        Object answer = Json.read(Files.readString(file));
        count("answers");
        visit(answer, file.getFileName().toString());
      }
    }
    reporter.publishEntry(counts.toString());
    assertThat(counts.keySet()).contains("shipments", "rates", "labels", "insured labels", "trackers", "refunds",
        "verified addresses", "pickups");
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private void visit(Object tree, String file) {
    if (tree instanceof List<?> list) {
      list.forEach(it -> visit(it, file));
    } else if (tree instanceof Map<?, ?> object) {
      switch (object.get("object") instanceof String kind ? kind : "") {
        case "Shipment" -> shipment(Json.object(object), file);
        case "Rate" -> rate(object, file);
        case "Tracker" -> tracker(object, file);
        case "Pickup" -> pickup(Json.object(object), file);
        case "Address" ->
          EasyPostAddresses.opinion(Json.object(object), NOBODY).ifPresent(_ -> count("verified addresses"));
        default -> {
          // None that Waybill reads.
        }
      }
      object.values().forEach(it -> visit(it, file));
    }
  }

  private void shipment(Map<String, Object> shipment, String file) {
    count("shipments");
    Rates rates = EasyPostRates.read(shipment, ACCOUNT, NOBODY);
    assertThat(rates.messages()).as(file).noneMatch(it -> it.code().equals("unreadable_rate"));
    EasyPostCarrier.label(shipment).ifPresent(it -> bought(it, shipment, file));
    if (shipment.get("refund_status") != null) {
      assertThat(EasyPostCarrier.standing(shipment)).as(file)
          .hasToString(shipment.get("refund_status").toString().toUpperCase(java.util.Locale.ROOT));
      count("refunds");
    }
  }

  private void bought(Label label, Map<String, Object> shipment, String file) {
    assertThat(label.trackingNumber()).as(file).isEqualTo(shipment.get("tracking_code"));
    assertThat(label.cost().isPositive()).as(file).isTrue();
    boolean hasFile = Arrays.stream(LabelFormat.values())
        .anyMatch(it -> EasyPostLabels.address(shipment, it).isPresent());
    assertThat(hasFile).as(file).isTrue();
    count("labels");
    if (shipment.get("insurance") != null) {
      assertThat(label.insurance().amount().minorUnits()).as(file)
          .isEqualTo(new BigDecimal((String) shipment.get("insurance")).movePointRight(2).longValueExact());
      assertThat(label.insurance().premium().isPositive()).as(file).isTrue();
      assertThat(label.cost()).as(file).isEqualTo(label.postage().plus(label.insurance().premium()));
      count("insured labels");
    }
  }

  private void pickup(Map<String, Object> pickup, String file) {
    String carrier = (String) Json.object(((List<?>) pickup.get("pickup_rates")).getFirst()).get("carrier");
    Pickups.Quote quote = EasyPostPickups.quote(pickup,
        new Pickups.Visit("ref", null, carrier, Instant.EPOCH, Instant.EPOCH, null, null, List.of()));
    assertThat(quote.rates()).as(file).isNotEmpty();
    assertThat(quote.messages()).as(file).isEmpty();
    assertThat(EasyPostPickups.confirmation(pickup, null).isPresent()).as(file)
        .isEqualTo("scheduled".equals(pickup.get("status")));
    count("pickups");
  }

  private void rate(Map<?, ?> rate, String file) {
    assertThat(EasyPostRates.rate(rate)).as(file).isPresent();
    count("rates");
  }

  /** As EasyPost sends it to a webhook. */
  private void tracker(Map<?, ?> tracker, String file) {
    var event = new LinkedHashMap<String, Object>(Map.of("id", "evt_1", "object", "Event", "mode",
        "test".equals(tracker.get("mode")) ? "test" : "production", "description", "tracker.updated", "result",
        tracker));
    assertThat(EasyPostEvents.read(event, !"test".equals(tracker.get("mode")))).as(file)
        .isInstanceOf(Outcome.Accepted.class);
    count("trackers");
  }
}
