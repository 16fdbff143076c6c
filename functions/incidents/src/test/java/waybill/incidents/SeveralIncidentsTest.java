package waybill.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.OpenReturn;
import waybill.messages.Choreography.PlaceReplacement;
import waybill.messages.IncidentId;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.Money;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.ReturnAnswered;
import waybill.messages.ReturnMessages.ReturnAsked;
import waybill.messages.ShipmentMessages.ShipmentOnHold;
import waybill.platform.Json;

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

  @Test
  void allClaimsOfAParcelTogetherAreNoMoreThanItWasSoldFor() {
    loseTheSecond();
    assertThat(depot.resolve(LOST, "k1", claim(10_000)).status()).isEqualTo(200);
    assertThat(report("damaged").body()).containsEntry("id", DAMAGED);
    Depot.Answer doubled = depot.resolve(DAMAGED, "k2", claim(1));
    assertThat(doubled.error()).isEqualTo("/amount too_much");
    assertThat(doubled.body()).containsEntry("maximum", 0L);
    depot.settle(LOST, "s1", 8_000);
    assertThat(depot.resolve(DAMAGED, "k3", claim(2_001)).body()).as("what was not paid may be claimed")
        .containsEntry("maximum", 2_000L);
    assertThat(depot.resolve(DAMAGED, "k4", claim(2_000)).status()).isEqualTo(200);
    assertThat(depot.resolve(DAMAGED, "k4", claim(2_000)).status()).as("repeated").isEqualTo(200);
  }

  @Test
  void whatIsSaidToBeDamagedTwiceIsDamagedOnce() {
    depot.hears(new ShipmentOnHold(Depot.ORDER, Depot.SECOND, depot.now(), null, "damaged"));
    depot.pass(Duration.ofDays(1));
    depot.hears(depot.moving(Depot.SECOND));
    depot.pass(Duration.ofDays(1));
    depot.hears(new ShipmentOnHold(Depot.ORDER, Depot.SECOND, depot.now(), null, "damaged"));
    assertThat(depot.incidents()).containsExactly("damaged open");
    depot.resolve(IncidentId.of(Depot.SECOND, 1).value(), "k1", refund(10_000));
    depot.grant();
    depot.check(1);
    assertThat(depot.incidents()).as("both are ended by one decision").containsExactly("damaged resolved");
  }

  @Test
  void whatIsLeftOfAParcelIsRefundedAfterAPartOfIt() {
    loseTheSecond();
    depot.resolve(LOST, "k1", refund(9_000));
    depot.grant();
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(4);
    String again = IncidentId.of(Depot.SECOND, 3).value();
    assertThat(depot.resolve(again, "k2", refund(1_000)).status()).isEqualTo(200);
    depot.grant();
    assertThat(Json.object(depot.get(again).body().get("refund"))).containsEntry("status", "granted")
        .containsEntry("amount", 1_000L);
  }

  private static RefundAnswered answer(int number, Long granted) {
    return new RefundAnswered(Depot.ORDER, LOST, number, granted == null ? null : new Money(granted, "EUR"),
        granted == null ? "no" : null);
  }

  @Test
  void aRefusalThatComesOnceMoreRefusesNoAskingThatCameLater() {
    loseTheSecond();
    depot.resolve(LOST, "k1", refund(10_000));
    depot.hears(answer(1, null));
    assertThat(depot.get(LOST).body()).containsEntry("status", "open");
    depot.resolve(LOST, "k2", refund(5_000));
    depot.hears(answer(1, null));
    assertThat(depot.get(LOST).body()).as("the second asking goes on").containsEntry("status", "refunding");
    depot.hears(answer(2, 5_000L), answer(2, null), answer(1, null));
    assertThat(Json.object(depot.get(LOST).body().get("refund"))).containsEntry("status", "granted")
        .containsEntry("amount", 5_000L);
  }

  @Test
  void whatIsGrantedLateLeavesToBeSentAgainWhatIsToBeSentAgain() {
    loseTheSecond();
    depot.resolve(LOST, "k1", refund(10_000));
    depot.hears(answer(1, null));
    depot.bench.refuseNextSends(1);
    assertThat(depot.resolve(LOST, "k2", "{\"kind\": \"reship\"}").status()).isEqualTo(503);
    depot.hears(answer(1, 10_000L));
    assertThat(depot.get(LOST).body()).containsEntry("status", "replacing");
    depot.pass(Duration.ofHours(1)).check(0);
    assertThat(depot.bench.sentTo(PlaceReplacement.class)).as("nothing is forgotten").hasSize(1);
    assertThat(Json.object(depot.get(LOST).body().get("resolution"))).containsEntry("kind", "reship");
    assertThat(Json.object(depot.get(LOST).body().get("refund"))).containsEntry("status", "granted");
  }

  private static ReturnAnswered back(int number, ReturnId opened) {
    return new ReturnAnswered(Depot.ORDER, LOST.replaceAll("_2$", "_1"), number, opened,
        opened == null ? "all of it is in a return already" : null);
  }

  @Test
  void whatCameDamagedIsTakenBackOnceItsReturnIsOpen() {
    depot.hears(depot.moving(Depot.SECOND), depot.delivered(Depot.SECOND));
    var id = (String) report("damaged").body().get("id");
    depot.bench.refuseNextSends(1);
    assertThat(depot.resolve(id, "k1", "{\"kind\": \"return\", \"note\": \"wet\"}").status()).isEqualTo(503);
    assertThat(depot.get(id).body()).containsEntry("status", "returning");
    depot.bench.forgetSent();
    depot.pass(Duration.ofHours(1)).check(0);
    var asked = (ReturnAsked) depot.bench.sentTo(OpenReturn.class).getFirst();
    assertThat(asked.broughtBack()).as("its customer sends it").isFalse();
    assertThat(asked.number()).isEqualTo(1);
    assertThat(depot.resolve(id, "k2", "{\"kind\": \"refund\"}").body()).containsEntry("code", "return_pending");

    depot.hears(back(1, null));
    assertThat(depot.get(id).body()).containsEntry("status", "open").containsEntry("resolution", null);
    assertThat(Json.object(depot.get(id).body().get("return"))).containsEntry("status", "refused")
        .containsEntry("detail", "all of it is in a return already");
    depot.resolve(id, "k3", "{\"kind\": \"return\"}");
    depot.hears(back(1, null));
    assertThat(depot.get(id).body()).as("the second asking goes on").containsEntry("status", "returning");
    var made = ReturnId.of(Depot.ORDER, 1);
    depot.hears(back(2, made), back(2, made), back(1, null));
    Map<String, Object> over = depot.get(id).body();
    assertThat(over).containsEntry("status", "resolved");
    assertThat(Json.object(over.get("resolution"))).containsEntry("kind", "return").containsEntry("by", "ops");
    assertThat(Json.object(over.get("return"))).containsEntry("return_id", made.value());
    assertThat(depot.resolve(id, "k4", refund(1)).body()).as("its return refunds it").containsEntry("code",
        "incident_resolved");
    assertThat(depot.resolve(id, "k5", claim(10_000)).status()).as("its carrier pays").isEqualTo(200);
  }
}
