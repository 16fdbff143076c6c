package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.catalog.Address;
import waybill.platform.Json;
import waybill.shipping.carrier.AddressOpinion;
import waybill.shipping.carrier.AddressOpinion.Objection;

class EasyPostAddressesTest {

  private static Address whole(String country) {
    return new Address("Grace Hopper", "Navy", "PSC 3 BOX 4120", "c/o John Doe", "東京", "Ķurzeme", "00926", country,
        "+4930555011");
  }

  /** On the label, and on whatever Waybill prints itself. */
  @Test
  void everyPartOfAnAddressStandsOnTheLabelInEveryCountry() {
    for (String country : Locale.getISOCountries()) {
      Address address = whole(country);
      Map<String, Object> written = EasyPostAddresses.written(address);
      boolean territory = List.of("PR", "VI", "GU", "AS", "MP", "UM").contains(country);
      assertThat(written.values()).contains("Grace Hopper", "Navy", "PSC 3 BOX 4120", "c/o John Doe", "東京",
          territory ? country : "Ķurzeme", "00926", territory ? "US" : country, "+4930555011");
      assertThat(String.join("\n", address.lines(Locale.ENGLISH))).contains("Grace Hopper", "Navy", "PSC 3 BOX 4120",
          "c/o John Doe", "東京", "Ķurzeme", "00926");
    }
  }

  @Test
  void puertoRicoIsAStateOnTheLabelHoweverTheShopSendsIt() {
    Address asCountry = new Address(null, null, "Calle 5", null, "Ponce", null, "00716", "PR", null);
    Address asState = new Address(null, null, "Calle 5", null, "Ponce", "PR", "00716", "US", null);

    assertThat(EasyPostAddresses.written(asCountry)).isEqualTo(EasyPostAddresses.written(asState));
  }

  /** EasyPost's own answers, as its documentation has them. */
  @Test
  void anAddressThatEasyPostKnowsIsProposedAsItWritesIt() {
    Address given = new Address("Ada", "EasyPost", "417 Montgomery St", "Floor 5", "San Francisco", "CA", "94104", "US",
        "4151234567");
    AddressOpinion opinion = EasyPostAddresses.opinion(Json.readObject("""
        {"street1": "417 MONTGOMERY ST FL 5", "street2": "", "city": "SAN FRANCISCO", "state": "CA",
         "zip": "94104-1129", "country": "US", "verifications": {
         "zip4": {"success": true, "errors": [], "details": null},
         "delivery": {"success": true, "errors": [], "details": {"latitude": 37.79342}}}}"""), given).orElseThrow();

    assertThat(opinion)
        .isEqualTo(new AddressOpinion(true, new Address("Ada", "EasyPost", "417 MONTGOMERY ST FL 5", null,
            "SAN FRANCISCO", "CA", "94104-1129", "US", "4151234567"), List.of()));
  }

  @Test
  void anAddressThatEasyPostDoesNotKnowHasItsErrorsAndNoProposal() {
    AddressOpinion opinion = EasyPostAddresses.opinion(Json.readObject(
        """
            {"street1": "000 unknown street", "zip": "00001", "country": "US", "verifications": {
             "zip4": {"success": false, "errors": [{"code": "E.ADDRESS.NOT_FOUND", "field": "address", "message": "Address not found", "suggestion": null}]},
             "delivery": {"success": false, "errors": [{"code": "E.ADDRESS.NOT_FOUND", "field": "address", "message": "Address not found", "suggestion": null},
               {"code": "E.ZIP.INVALID", "field": "zip", "message": "Invalid zip", "suggestion": null}], "details": {}}}}"""),
        whole("US")).orElseThrow();

    assertThat(opinion.deliverable()).isFalse();
    assertThat(opinion.proposal()).isNull();
    assertThat(opinion.objections()).containsExactly(new Objection(null, "e_address_not_found", "Address not found"),
        new Objection("postal_code", "e_zip_invalid", "Invalid zip"));
  }

  @Test
  void anAddressThatWasNotVerifiedIsNoOpinion() {
    assertThat(EasyPostAddresses.opinion(Json.readObject("{\"street1\": \"X\", \"verifications\": {}}"), whole("US")))
        .isEmpty();
  }
}
