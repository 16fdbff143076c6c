package waybill.shipping.karrio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.platform.Json;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.Rates;

class KarrioRatesTest {
  private static final Address HOME = new Address("Grace Hopper", null, "Hauptstr. 5", null, "Leipzig", null, "04109",
      "DE", null);
  private static final CarrierAccount ACCOUNT = CarrierAccount.of("karrio", false, List.of());

  private static Map<String, Object> answer(String carrier, String service, String charge) {
    return Json.readObject("""
        {"messages": [{"carrier_id": "ups-de", "carrier_name": "ups", "code": "250003", "message":
          "Hauptstr. 5, 04109: invalid access license number"}],
         "rates": [{"id": "rat_91df5946", "object_type": "rate", "carrier_name": "%s", "carrier_id": "warehouse",
          "currency": "EUR", "service": "%s", "total_charge": %s, "transit_days": 3, "extra_charges": [{"name":
          "Base Charge", "amount": %s, "currency": "EUR", "id": null}], "estimated_delivery": null, "meta": {},
          "test_mode": true}]}""".formatted(carrier, service, charge, charge));
  }

  @Test
  void aRateHasItsCarrierAsCustomersKnowItAndItsPriceToTheCent() {
    Rates rates = KarrioRates.read(answer("ups", "ups_standard", "1234567.89"), ACCOUNT, HOME);

    assertThat(rates.rates()).singleElement().satisfies(it -> {
      assertThat(it.name()).isEqualTo("UPS/ups_standard");
      assertThat(it.price()).isEqualTo(new Money(123_456_789, "EUR"));
      assertThat(it.days()).isEqualTo(3);
      assertThat(it.deliveryAt()).isNull();
    });
  }

  @Test
  void whatACarrierObjectsToIsBesideTheRatesWithoutWordsOfTheAddress() {
    assertThat(KarrioRates.read(answer("test_post", "ground", "8.2"), ACCOUNT, HOME).messages()).singleElement()
        .satisfies(it -> {
          assertThat(it.carrier()).isEqualTo("UPS");
          assertThat(it.text()).contains("invalid access license number").doesNotContain("Hauptstr", "04109");
        });
  }

  @Test
  void aPriceOfZeroIsNoneAsKarriosOwnCarrierHasItIfNobodyHasEnteredPrices() {
    Rates rates = KarrioRates.read(answer("test_post", "standard_service", "0.0"), ACCOUNT, HOME);

    assertThat(rates.rates()).isEmpty();
    assertThat(rates.messages()).anyMatch(it -> it.code().equals("unreadable_rate"));
  }

  @Test
  void theAccountsServicesAndCurrencyCount() {
    Map<String, Object> answer = answer("test_post", "ground", "8.2");

    assertThat(KarrioRates.read(answer, ACCOUNT.buying(List.of("test_post/ground"), "EUR"), HOME).rates()).hasSize(1);
    assertThat(KarrioRates.read(answer, ACCOUNT.buying(List.of("test_post/express"), null), HOME).rates()).isEmpty();
    assertThat(KarrioRates.read(answer, ACCOUNT.buying(List.of(), "USD"), HOME).rates()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"UPS,ups", "FedEx,fedex", "DHL,dhl_universal", "DHL Express,dhl_express", "Canada Post,canadapost",
    "' usps ',usps"})
  void aCarrierThatAPersonNamesIsKarriosCode(String name, String code) {
    assertThat(KarrioNames.code(name)).contains(code);
  }

  @ParameterizedTest
  @CsvSource({"''", "?", "1"})
  void whatCannotBeACarrierIsNone(String name) {
    assertThat(KarrioNames.code(name)).isEmpty();
    assertThat(KarrioNames.code(null)).isEmpty();
  }
}
