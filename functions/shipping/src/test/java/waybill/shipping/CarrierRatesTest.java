package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Location;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.shipping.CarrierRates.Answer;
import waybill.shipping.CarrierRates.Problem;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Rates;
import waybill.shipping.tablerate.TableRate;

/** Several accounts are asked for one parcel. */
class CarrierRatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Consignment PARCEL = new Consignment(Samples.parcel(Samples.PARCEL),
      new Location(Samples.BERLIN, "Berlin", Samples.HOME, "Europe/Berlin", null, null, true, Samples.POOL),
      Samples.HOME, null);

  /** Answers with what a test wants. */
  private interface Answers {
    Outcome<Rates> rates();
  }

  private static waybill.shipping.carrier.CarrierProvider provider(String code, Answers answers) {
    return Samples.provider(code, (waybill.shipping.carrier.Carrier) java.lang.reflect.Proxy.newProxyInstance(
        CarrierRatesTest.class.getClassLoader(), new Class<?>[]{waybill.shipping.carrier.Carrier.class},
        (_, _, _) -> answers.rates()));
  }

  private static Outcome<Rates> one(String carrier, int cents, int days) {
    return Outcome.of(new Rates(
        List.of(new Rates.Rate("rate", carrier, "std", new Money(cents, "EUR"), null, null, days, null, false)),
        List.of()));
  }

  private static CarrierAccountId account(String carrier) {
    return new CarrierAccountId(carrier, carrier + "-account");
  }

  private static Answer ask(Duration patience, List<CarrierAccountId> accounts,
      waybill.shipping.carrier.CarrierProvider... providers) {
    Ports ports = new Ports(Map.of("CARRIER_ACCOUNTS_PARAMETER", "/accounts"), InstantSource.system())
        .with(SsmClient.class,
            new FixedParameters().with("/accounts",
                """
                    {"ups-account": {"carrier": "ups", "livemode": true}, "dhl-account": {"carrier": "dhl", "livemode": true},
                     "gls-account": {"carrier": "gls", "livemode": true}, "test-account": {"carrier": "test", "livemode": false}}
                    """))
        .with(Carriers.class, new Carriers(List.of(providers)));
    return new CarrierRates(ports).ask(accounts, true, PARCEL, patience);
  }

  @Test
  void ofThreeAccountsTwoAnswerAndTheThirdsProblemStandsBesideTheirRates() {
    Answer answer = ask(PATIENCE, List.of(account("ups"), account("dhl"), account("gls")),
        provider("ups", () -> one("UPS", 790, 2)), provider("dhl", () -> one("DHL", 650, 3)),
        provider("gls", () -> Refused.conflict("wrong_key", "GLS refuses the account's api_key").outcome()));

    assertThat(answer.rates()).extracting(it -> it.account().carrier() + " " + it.rate().price())
        .containsExactly("ups 790 EUR", "dhl 650 EUR");
    assertThat(answer.problems())
        .containsExactly(new Problem(account("gls"), null, "wrong_key", "GLS refuses the account's api_key"));
  }

  @Test
  void anAccountThatFailsOrIsTooSlowTakesNoRateAway() {
    Answer failing = ask(PATIENCE, List.of(account("ups"), account("dhl")), provider("ups", () -> {
      throw new RetryLater("UPS did not answer");
    }), provider("dhl", () -> one("DHL", 650, 3)));
    Answer slow = ask(Duration.ZERO, List.of(account("ups")), provider("ups", () -> {
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
      return one("UPS", 790, 2);
    }));

    assertThat(failing.rates()).hasSize(1);
    assertThat(failing.problems()).extracting(Problem::code).containsExactly("no_answer");
    assertThat(slow.problems()).extracting(Problem::code).containsExactly("too_slow");
  }

  @Test
  void anAccountThatTakesNoSuchParcelIsNotAsked() {
    Answer answer = ask(PATIENCE, List.of(account("test"), account("gone")), provider("test", () -> {
      throw new AssertionError("asked");
    }));

    assertThat(answer.rates()).isEmpty();
    assertThat(answer.problems()).extracting(Problem::code, Problem::detail).containsExactly(
        org.assertj.core.groups.Tuple.tuple("not_taken", "the account is for live orders only".replace("live", "test")),
        org.assertj.core.groups.Tuple.tuple("not_taken",
            "the account belongs to a carrier that this version of Waybill does not know"));
  }

  @Test
  void whatTheTableChargesForVolumeIsWhatItSellsTheLabelFor() {
    var large = new Consignment(Samples.parcel(Samples.PARCEL), PARCEL.from(), Samples.HOME, "par_1");
    var byVolume = new TableRate().carrier(TableRate.BUILT_IN_ACCOUNT.chargingVolume(1_000)).orElseThrow();
    var byWeight = new TableRate().carrier(TableRate.BUILT_IN_ACCOUNT).orElseThrow();

    // 30 x 20 x 15 cm by 1000 are 9 kg, and it weighs 1.25 kg.
    assertThat(byVolume.rates(large).orElseThrow().cheapest().orElseThrow().price()).isEqualTo(new Money(999, "EUR"));
    assertThat(byVolume.create(large).orElseThrow().price()).isEqualTo(new Money(999, "EUR"));
    assertThat(byWeight.rates(large).orElseThrow().cheapest()).map(Rates.Rate::price)
        .isEqualTo(Optional.of(new Money(549, "EUR")));
  }
}
