package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.platform.Json;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.Rates;

class EasyPostRatesTest {
  private static final Address HOME = new Address("Grace Hopper", null, "Hauptstr. 5", null, "Leipzig", null, "04109",
      "DE", "+4930555011");
  private static final CarrierAccount ACCOUNT = CarrierAccount.of("easypost", false, List.of());

  private static String rate(String carrier, String service, String price, String currency) {
    return """
        {"id": "rate_%s", "object": "Rate", "carrier": "%s", "service": "%s", "rate": "%s", "currency": "%s",
         "list_rate": "9.74", "list_currency": "USD", "retail_rate": "13.85", "retail_currency": "USD",
         "delivery_days": 3, "delivery_date": null, "delivery_date_guaranteed": false, "est_delivery_days": 4}"""
        .formatted(service, carrier, service, price, currency);
  }

  private static Rates read(CarrierAccount account, String messages, String... rates) {
    Map<String, Object> shipment = Json
        .readObject("{\"rates\": [" + String.join(",", rates) + "], \"messages\": [" + messages + "]}");
    return EasyPostRates.read(shipment, account, HOME);
  }

  @Test
  void aRateHasItsNegotiatedItsListAndItsRetailPrice() {
    assertThat(read(ACCOUNT, "", rate("USPS", "GroundAdvantage", "8.20", "USD")).rates()).singleElement()
        .isEqualTo(new Rates.Rate("rate_GroundAdvantage", "USPS", "GroundAdvantage", new Money(820, "USD"),
            new Money(974, "USD"), new Money(1_385, "USD"), 3, null, false));
  }

  @Test
  void theCheapestCountsAndOfEqualsTheFirstByName() {
    Rates rates = read(ACCOUNT, "", rate("USPS", "Priority", "11.01", "USD"), rate("UPS", "Ground", "8.20", "USD"),
        rate("USPS", "Ground", "8.20", "USD"));

    assertThat(rates.cheapest().orElseThrow().name()).isEqualTo("UPS/Ground");
  }

  @Test
  void theServiceThatWasPaidForIsBoughtAlsoIfAnotherIsCheaper() {
    Rates rates = read(ACCOUNT, "", rate("USPS", "Priority", "11.01", "USD"), rate("UPS", "Ground", "8.20", "USD"));

    assertThat(rates.only("USPS/Priority").cheapest().orElseThrow().name()).isEqualTo("USPS/Priority");
    assertThat(rates.only("Priority").cheapest().orElseThrow().name()).isEqualTo("USPS/Priority");
    assertThat(rates.only("DHL/Express").cheapest()).isEmpty();
    assertThat(rates.only(null)).isEqualTo(rates);
  }

  @Test
  void aRateThatCannotBeReadIsReportedAndSpoilsNoOther() {
    Rates rates = read(ACCOUNT, "", rate("USPS", "Priority", "free", "USD"), rate("USPS", "Ground", "8.20", "USD"),
        rate("USPS", "Media", "0.00", "USD"), "{\"carrier\": \"DHL\"}", "7");

    assertThat(rates.rates()).extracting(Rates.Rate::name).containsExactly("USPS/Ground");
    assertThat(rates.messages()).extracting(Rates.Message::code).containsOnly("unreadable_rate").hasSize(3);
  }

  @Test
  void pricesInTwoCurrenciesAreComparedOnlyInTheAccounts() {
    String[] both = {rate("FedEx", "Ground", "6.00", "CAD"), rate("USPS", "Ground", "8.20", "USD")};

    assertThat(read(ACCOUNT, "", both).rates()).isEmpty();
    assertThat(read(ACCOUNT, "", both).messages()).singleElement()
        .satisfies(it -> assertThat(it.code()).isEqualTo("several_currencies"));
    Rates inDollars = read(ACCOUNT.buying(List.of(), "USD"), "", both);
    assertThat(inDollars.cheapest().orElseThrow().name()).isEqualTo("USPS/Ground");
    assertThat(inDollars.messages()).extracting(Rates.Message::toString)
        .containsExactly("FedEx: FedEx/Ground is priced in CAD, not in USD");
    assertThat(read(ACCOUNT.buying(List.of(), "EUR"), "", both[1]).cheapest()).isEmpty();
  }

  @Test
  void whatACarrierObjectsToStandsBesideTheRatesWithoutAWordOfTheAddress() {
    Rates rates = read(ACCOUNT, """
        {"carrier": "UPS", "type": "rate_error", "message": "HAUPTSTR. 5 in 04109 Leipzig is not in zone 4"},
        {"carrier": "DHL", "type": "rate_error", "message": null}""", rate("USPS", "Ground", "8.20", "USD"));

    assertThat(rates.rates()).hasSize(1);
    assertThat(rates.messages()).extracting(Rates.Message::toString)
        .containsExactly("UPS: … in … … is not in zone 4", "DHL: no text");
  }

  @Test
  void aRateWithoutDaysHasNoneAndAnEstimateCountsIfTheCarrierGivesNoDays() {
    assertThat(EasyPostRates.rate(Map.of("carrier", "UPS", "service", "Ground", "rate", "1.00", "currency", "USD"))
        .orElseThrow().days()).isNull();
    assertThat(EasyPostRates.rate(Map.of("carrier", "UPS", "service", "Ground", "rate", "1.00", "currency", "USD",
        "est_delivery_days", 5L)).orElseThrow().days()).isEqualTo(5);
  }

  @Test
  void codesAreWrittenAsOursAre() {
    assertThat(CarrierText.code("ADDRESS.VERIFY.FAILURE")).isEqualTo("address_verify_failure");
    assertThat(CarrierText.code(null)).isEqualTo("refused");
    assertThat(CarrierText.code("422")).isEqualTo("refused");
  }
}
