package waybill.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.IncidentId;

/** What the incidents of one parcel have in common: what is reported beside another, and the worth that all of them share. */
class SeveralIncidentsTest {
  private static final String LOST = IncidentId.of(Depot.SECOND, 2).value();
  private static final String DAMAGED = IncidentId.of(Depot.SECOND, 3).value();
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private void loseTheSecond() {
    depot.hears(depot.moving(Depot.FIRST), depot.moving(Depot.SECOND), depot.delivered(Depot.FIRST));
    depot.check(4);
    depot.check(3);
  }

  private Depot.Answer report(String kind) {
    return depot.report(kind, "{\"parcel_id\": \"%s\", \"kind\": \"%s\"}".formatted(Depot.SECOND, kind));
  }

  private static String claim(long amount) {
    return "{\"kind\": \"claim\", \"amount\": %d, \"reference\": \"C-1\"}".formatted(amount);
  }

  private static String refund(long amount) {
    return "{\"kind\": \"refund\", \"amount\": %d}".formatted(amount);
  }

  @Test
  void whatGoesBackIsNeitherReportedLostNorRefused() {
    depot.hears(depot.returned(Depot.SECOND));
    for (String kind : new String[]{"lost", "refused"}) {
      Depot.Answer refused = report(kind);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body()).containsEntry("code", "incident_superseded").containsEntry("incident_id",
          IncidentId.of(Depot.SECOND, 1).value());
    }
    assertThat(depot.incidents()).as("nothing is written").containsExactly("returned open");
    assertThat(report("damaged").status()).as("it may be broken, too").isEqualTo(201);
  }
}
