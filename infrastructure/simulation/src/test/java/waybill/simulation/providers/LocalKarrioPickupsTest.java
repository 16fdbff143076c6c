package waybill.simulation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.local.providers.BrokerAccounts;
import waybill.local.providers.karrio.Karrio;
import waybill.local.providers.karrio.KarrioEndpoint;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.PickupContract;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Pickups.Load;
import waybill.shipping.carrier.Pickups.Visit;

/** Karrio's client and the Karrio of the embedded cloud, over HTTP: both keep to what every pickup must do. */
class LocalKarrioPickupsTest extends PickupContract {
  private static final Instant READY = Instant.parse("2026-12-01T14:00:00Z");

  private final Karrio karrio = Karrio.silent(InstantSource.system());
  private final KarrioEndpoint endpoint = new KarrioEndpoint(karrio, BrokerAccounts.read("karrio",
      "{\"labels\":{\"carrier\":\"karrio\",\"api_key\":\"key_fake\",\"webhook_secrets\":[]}}"));

  LocalKarrioPickupsTest() throws IOException {}

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Override
  protected Carrier carrier(Duration later) {
    return new waybill.shipping.karrio.Karrio(() -> InstantSource.system().instant().plus(later)).carrier(CarrierAccount
        .of("karrio", false, List.of()).calledWith("key_fake", endpoint.endpoint().toString())).orElseThrow();
  }

  @Override
  protected OptionalInt visits() {
    return OptionalInt.of(karrio.pickupCharges());
  }

  private String draft;

  private Visit visit(String instructions) {
    Carrier carrier = carrier(Duration.ZERO);
    var consignment = CarrierContract.consignment(1, 1_250);
    draft = carrier.create(consignment).orElseThrow().draft();
    Carrier.Label label = carrier.buy(draft).orElseThrow();
    return new Visit("pku_x", consignment.from(), label.carrier(), READY, READY.plus(Duration.ofHours(2)),
        instructions, null, List.of(new Load(draft, label.trackingNumber())));
  }

  private Pickups pickups(Duration later) {
    return carrier(later).pickups().orElseThrow();
  }

  @Test
  void aBookingWhoseAnswerWasLostAtKarrioIsFoundByItsReferenceAndChargedOnce() {
    Visit visit = visit("Ring");
    Pickups.Rate rate = pickups(Duration.ZERO).quote(visit).orElseThrow().rates().getFirst();
    karrio.faults().add("create_pickup", "timeout_after", 1);
    assertThatThrownBy(() -> pickups(Duration.ZERO).book(visit, "pku_x", rate)).isInstanceOf(RetryLater.class);

    assertThat(pickups(Duration.ZERO).find(visit, "pku_x", Instant.now())).isInstanceOfSatisfying(Pickups.Booked.class,
        it -> assertThat(it.confirmation().cost()).isEqualTo(new Money(490, "EUR")));
    assertThat(pickups(Duration.ZERO).book(visit, "pku_x", rate)).isInstanceOf(Outcome.Accepted.class);
    assertThat(karrio.pickupCharges()).isEqualTo(1);
    assertThat(karrio.overview().at("/pickups/0/ready_time").asText()).isEqualTo("15:00");
  }

  @Test
  void whileABookingMayStillBeRunningNobodyKnowsAndAfterThatItWasNone() {
    Visit visit = visit("Ring");
    Pickups.Rate rate = pickups(Duration.ZERO).quote(visit).orElseThrow().rates().getFirst();
    karrio.faults().add("create_pickup", "error_500_before", 1);
    assertThatThrownBy(() -> pickups(Duration.ZERO).book(visit, "pku_x", rate)).isInstanceOf(RetryLater.class);

    assertThatThrownBy(() -> pickups(Duration.ofMinutes(4)).find(visit, "pku_x", Instant.now()))
        .isInstanceOf(RetryLater.class);
    assertThat(pickups(Duration.ofMinutes(6)).find(visit, "pku_x", Instant.now())).isEqualTo(new Pickups.NotBooked());
    assertThat(karrio.pickupCharges()).isZero();
  }

  @Test
  void aBookingOfWhichKarrioHasNotHeardFromTheCarrierIsInDoubtAndNoRefusal() {
    Visit visit = visit("Ring");
    Pickups.Rate rate = pickups(Duration.ZERO).quote(visit).orElseThrow().rates().getFirst();
    karrio.faults().add("create_pickup", "carrier_away", 1);

    assertThatThrownBy(() -> pickups(Duration.ZERO).book(visit, "pku_x", rate)).isInstanceOf(Pickups.InDoubt.class);
  }

  @Test
  void aPickupThatAPersonHasFoundIsCancelledByOurReference() {
    Visit visit = visit("Ring");
    Pickups.Rate rate = pickups(Duration.ZERO).quote(visit).orElseThrow().rates().getFirst();
    pickups(Duration.ZERO).book(visit, "pku_x", rate).orElseThrow();
    var settled = new Pickups.Confirmation("pku_x", "PRG000001", null);

    assertThat(pickups(Duration.ZERO).cancel(settled)).isEqualTo(Outcome.of(true));
    assertThat(karrio.overview().at("/pickups/0/status").asText()).isEqualTo("cancelled");
    assertThat(pickups(Duration.ZERO).cancel(settled)).isInstanceOf(Outcome.Accepted.class);
    assertThat(pickups(Duration.ZERO).cancel(new Pickups.Confirmation("pku_none", "PRG000009", null)))
        .isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void whatKarrioDoesNotTakeIsRefusedByItsFieldBeforeItIsAsked() {
    assertThat(pickups(Duration.ZERO).unfit("x".repeat(51), "x".repeat(50))).singleElement()
        .satisfies(it -> assertThat(it.toString()).contains("/instructions", "too_long"));
  }

  @Test
  void aParcelThatADriverComesForIsNotCancelled() {
    Visit visit = visit("Ring");
    Pickups.Rate rate = pickups(Duration.ZERO).quote(visit).orElseThrow().rates().getFirst();
    pickups(Duration.ZERO).book(visit, "pku_x", rate).orElseThrow();

    assertThat(carrier(Duration.ZERO).requestRefund(draft)).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("state_error"));
  }
}
