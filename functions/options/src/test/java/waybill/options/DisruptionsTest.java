package waybill.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.RedateParcels;
import waybill.messages.DisruptionId;
import waybill.messages.IncidentMessages.DisruptionDue;
import waybill.options.Checkout.Answer;
import waybill.workbench.RequestSchema;

/** What delays parcels, from its report to its end. It is Sunday, the 22nd of November 2026, ten in the morning in Leipzig. */
class DisruptionsTest {
  private static final String ASKED = Checkout.sample("quote-delivery.json");
  private static final String STORM = """
      {"reason": "weather", "country": "DE", "starts_at": "2026-11-23T23:00:00Z", "ends_at": "2026-11-25T22:00:00Z"}""";
  private static final String ID = DisruptionId.of("k1").value();
  private final Checkout checkout = new Checkout();

  @AfterEach
  void close() {
    checkout.close();
  }

  private Map<String, Object> standard() {
    return checkout.ask(ASKED).list("data").stream().filter(it -> it.get("method").equals("standard")).findFirst()
        .orElseThrow();
  }

  @Test
  void aStormWidensWhatIsPromisedIntoItsRegionUntilItIsCancelled() {
    assertThat(standard()).containsEntry("latest_at", "2026-11-26T22:59:59.000Z");
    Answer reported = checkout.report("k1", STORM);
    assertThat(reported.status()).isEqualTo(201);
    assertThat(reported.body()).containsEntry("id", ID).containsEntry("status", "planned").containsEntry("by", "shop");
    assertThat(standard()).containsEntry("dispatch_on", "2026-11-23")
        .containsEntry("earliest_at", "2026-11-25T23:00:00.000Z")
        .containsEntry("latest_at", "2026-11-30T22:59:59.000Z");
    assertThat(checkout.ask(ASKED).list("disruptions")).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("id", ID).containsEntry("reason", "weather"));
    assertThat(checkout.ask(ASKED.replaceFirst("\\{", "{\"wanted_by\": \"2026-11-26\", ")).list("data"))
        .as("what comes too late is held back").extracting(it -> it.get("method")).doesNotContain("standard");

    assertThat(checkout.end(ID, "{\"kind\": \"cancel\"}").body()).containsEntry("status", "cancelled");
    assertThat(standard()).containsEntry("latest_at", "2026-11-26T22:59:59.000Z");
    assertThat(checkout.ask(ASKED).list("disruptions")).isEmpty();
  }

  @Test
  void whatIsElsewhereOrOfAnotherCarrierChangesNothing() {
    checkout.report("k1", STORM.replace("\"DE\"", "\"AT\""));
    checkout.report("k2", STORM.replace("\"country\"", "\"carrier\": \"UPS\", \"country\""));
    checkout.report("k3", STORM.replace("\"country\": \"DE\"", "\"country\": \"DE\", \"postal_prefix\": \"99\""));
    assertThat(standard()).containsEntry("latest_at", "2026-11-26T22:59:59.000Z");
  }

  @Test
  void aClosedLocationDispatchesLaterAndOneThatIsSlowTakesItsDays() {
    String closed = STORM.replace("\"country\": \"DE\"", "\"location_id\": \"leipzig\"")
        .replace("2026-11-23T23", "2026-11-22T23");
    checkout.report("k1", closed);
    assertThat(standard()).containsEntry("dispatch_on", "2026-11-26")
        .containsEntry("latest_at", "2026-12-01T22:59:59.000Z");
    checkout.end(ID, "{\"kind\": \"cancel\"}");
    checkout.report("k2", closed.replace("}", ", \"delay_days\": 2}"));
    assertThat(standard()).containsEntry("dispatch_on", "2026-11-25");
    assertThat(checkout.report("k3", closed.replace("leipzig", "atlantis")).errors())
        .containsExactly("/location_id unknown_location");
  }

  @Test
  void aReportIsTakenOnceAndItsParcelsAreLookedAtEachTime() {
    checkout.bench.refuseNextSends(1);
    assertThat(checkout.report("k1", STORM).status()).as("its caller vanishes").isEqualTo(503);
    assertThat(checkout.report("k1", STORM).status()).isEqualTo(201);
    assertThat(checkout.bench.sentTo(RedateParcels.class)).containsOnly(DisruptionDue.of(new DisruptionId(ID)));
    assertThat(checkout.report("k1", STORM.replace("weather", "strike")).body()).containsEntry("code",
        "idempotency_key_reused");
    checkout.bench.clock().advance(Duration.ofDays(10));
    assertThat(checkout.report("k1", STORM).body()).as("repeated after its end").containsEntry("status", "ended");
    assertThat(checkout.disruptions("")).containsExactly(ID);
  }

  @Test
  void itEndsEarlierOrLaterThanWasReported() {
    checkout.report("k1", STORM);
    assertThat(checkout.disruptions("planned")).containsExactly(ID);
    checkout.bench.clock().advance(Duration.ofHours(40));
    assertThat(checkout.disruptions("active")).containsExactly(ID);
    checkout.bench.forgetSent();
    assertThat(checkout.end(ID, "{\"kind\": \"end\", \"ends_at\": \"2026-11-24T22:00:00Z\"}").body())
        .containsEntry("ends_at", "2026-11-24T22:00:00.000Z").containsEntry("revision", 2L);
    assertThat(checkout.bench.sentTo(RedateParcels.class)).hasSize(1);
    assertThat(checkout.end(ID, "{\"kind\": \"end\", \"ends_at\": \"2026-11-20T22:00:00Z\"}").errors())
        .containsExactly("/ends_at out_of_range");
    checkout.end(ID, "{\"kind\": \"cancel\"}");
    assertThat(checkout.end(ID, "{\"kind\": \"cancel\"}").status()).as("repeated").isEqualTo(200);
    assertThat(checkout.end(ID, "{\"kind\": \"end\", \"ends_at\": \"2026-11-26T22:00:00Z\"}").body())
        .containsEntry("code", "disruption_cancelled");
    assertThat(checkout.disruptions("cancelled")).containsExactly(ID);
    assertThat(checkout.disruption(ID).body()).containsEntry("status", "cancelled")
        .containsEntry("cancelled_at", "2026-11-24T01:00:00.000Z");
    assertThat(checkout.disruption(DisruptionId.of("other").value()).status()).isEqualTo(404);
    assertThat(checkout.end(DisruptionId.of("other").value(), "{\"kind\": \"cancel\"}").status()).isEqualTo(404);
  }

  @Test
  void aReportNamesWhatItTouchesAndEndsInTime() {
    assertThat(checkout.report("k1", "{}").errors()).containsExactlyInAnyOrder("/reason required", "/ends_at required",
        "/carrier required");
    assertThat(checkout.report("k1", "{\"reason\": \"other\", \"carrier\": \"DHL\", \"postal_prefix\": \"1\", "
        + "\"ends_at\": \"2026-11-23T00:00:00Z\"}").errors()).containsExactly("/postal_prefix without_country");
    assertThat(checkout.report("k1", STORM.replace("2026-11-25T22", "2026-11-23T22")).errors())
        .containsExactly("/ends_at out_of_range");
    assertThat(checkout.report("k1", STORM.replace("2026-11-25T22", "2027-11-25T22")).errors())
        .containsExactly("/ends_at out_of_range");
    assertThat(checkout.end(ID, "{\"kind\": \"end\"}").errors()).containsExactly("/ends_at required");
    assertThat(checkout.end(ID, "{\"kind\": \"cancel\", \"ends_at\": \"2026-11-26T22:00:00Z\"}").errors())
        .containsExactly("/ends_at not_allowed");
    assertThat(checkout.end(ID, "{}").errors()).containsExactly("/kind required");
  }

  @Test
  void requestsAreReadAsTheyAreDescribed() {
    assertThat(RequestSchema.of("DisruptionForm").misfits("""
        {"reason": "weather", "note": "Snow", "carrier": "DHL", "country": "DE", "postal_prefix": "04",
         "location_id": "leipzig", "starts_at": "2026-11-23T00:00:00Z", "ends_at": "2026-11-25T00:00:00Z",
         "delay_days": 2}""", fields -> {
      DisruptionForm form = DisruptionForm.read(fields);
      form.check(fields, Instant.parse("2026-11-22T00:00:00Z"));
      fields.verify();
      return form;
    })).isEmpty();
    assertThat(
        RequestSchema.of("DisruptionEndForm").misfits("{\"kind\": \"end\", \"ends_at\": \"2026-11-25T00:00:00Z\"}",
            fields -> {
              EndDisruptionHandler.Form form = EndDisruptionHandler.Form.read(fields);
              fields.verify();
              return form;
            }))
        .isEmpty();
  }
}
