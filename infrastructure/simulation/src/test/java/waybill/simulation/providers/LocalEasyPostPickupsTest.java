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
import waybill.local.providers.easypost.EasyPost;
import waybill.local.providers.easypost.EasyPostEndpoint;
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

/** EasyPost's client and the EasyPost of the embedded cloud, over HTTP: both keep to what every pickup must do. */
class LocalEasyPostPickupsTest extends PickupContract {
  private static final Instant READY = Instant.parse("2026-12-01T14:00:00Z");

  private final EasyPost easyPost = EasyPost.silent(InstantSource.system());
  private final EasyPostEndpoint endpoint = new EasyPostEndpoint(easyPost, BrokerAccounts.read("easypost",
      "{\"labels\":{\"carrier\":\"easypost\",\"api_key\":\"EZTK_fake\",\"webhook_secrets\":[]}}"));

  LocalEasyPostPickupsTest() throws IOException {}

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Override
  protected Carrier carrier(Duration later) {
    return carrier(List.of());
  }

  private Carrier carrier(List<String> services) {
    return new waybill.shipping.easypost.EasyPost().carrier(CarrierAccount.of("easypost", false, List.of())
        .calledWith("EZTK_fake", endpoint.endpoint().toString()).buying(services, "USD")).orElseThrow();
  }

  @Override
  protected OptionalInt visits() {
    return OptionalInt.of(easyPost.pickupCharges());
  }

  private Visit visit(Carrier carrier, Duration window) {
    var consignment = CarrierContract.consignment(1, 1_250);
    String draft = carrier.create(consignment).orElseThrow().draft();
    Carrier.Label label = carrier.buy(draft).orElseThrow();
    return new Visit("pku_x", consignment.from(), label.carrier(), READY, READY.plus(window), "Ring", null,
        List.of(new Load(draft, label.trackingNumber())));
  }

  @Test
  void aBookingWhoseAnswerWasLostAtEasyPostIsFoundAndChargedOnce() {
    for (String kind : List.of("error_500_after", "timeout_after")) {
      int before = easyPost.pickupCharges();
      Carrier carrier = carrier(List.of("UPSDAP/Ground"));
      Visit visit = visit(carrier, Duration.ofHours(2));
      Pickups pickups = carrier.pickups().orElseThrow();
      Pickups.Quote quote = pickups.quote(visit).orElseThrow();
      assertThat(quote.rates()).extracting(Pickups.Rate::price).containsExactly(new Money(1_052, "USD"),
          new Money(1_684, "USD"));
      easyPost.faults().add("buy_pickup", kind, 1);
      assertThatThrownBy(() -> pickups.book(visit, quote.draft(), quote.rates().getFirst()))
          .isInstanceOf(RetryLater.class);

      assertThat(pickups.find(visit, quote.draft(), READY)).isInstanceOfSatisfying(Pickups.Booked.class,
          it -> {
            assertThat(it.confirmation().number()).startsWith("WTC");
            assertThat(it.confirmation().cost()).as("EasyPost does not show which rate was booked").isNull();
          });
      assertThat(pickups.book(visit, quote.draft(), quote.rates().getFirst())).isInstanceOf(Outcome.Accepted.class);
      assertThat(easyPost.pickupCharges()).isEqualTo(before + 1);
    }
  }

  @Test
  void aRefusedBookingChargesNothingAndSaysWhyAndABusyEasyPostIsAskedAgain() {
    Carrier carrier = carrier(List.of());
    Visit visit = visit(carrier, Duration.ofHours(2));
    Pickups pickups = carrier.pickups().orElseThrow();
    Pickups.Quote quote = pickups.quote(visit).orElseThrow();
    easyPost.faults().add("buy_pickup", "refuse", 1);
    assertThat(pickups.book(visit, quote.draft(), quote.rates().getFirst())).isInstanceOfSatisfying(
        Outcome.Declined.class, it -> assertThat(it.refused().detail()).contains("The carrier refuses this for now."));
    easyPost.faults().add("buy_pickup", "busy", 1);
    assertThatThrownBy(() -> pickups.book(visit, quote.draft(), quote.rates().getFirst()))
        .isInstanceOf(RetryLater.class);

    assertThat(pickups.find(visit, quote.draft(), READY)).isEqualTo(new Pickups.NotBooked());
    assertThat(easyPost.pickupCharges()).isZero();
  }

  @Test
  void whatItsCarrierObjectsToIsBesideTheRates() {
    Carrier carrier = carrier(List.of());
    Pickups.Quote quote = carrier.pickups().orElseThrow().quote(visit(carrier, Duration.ofMinutes(30))).orElseThrow();

    assertThat(quote.rates()).isEmpty();
    assertThat(quote.messages()).singleElement()
        .satisfies(it -> assertThat(it.text()).isEqualTo("The pickup window is too short."));
  }
}
