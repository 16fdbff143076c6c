package waybill.catalog.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.catalog.Address;
import waybill.platform.Violation;

class AddressCheckTest {

  private static Address address(String line1, String city, String state, String postalCode, String country) {
    return new Address("Grace Hopper", null, line1, null, city, state, postalCode, country, null);
  }

  private static AddressCheck check(String city, String state, String postalCode, String country) {
    return AddressCheck.of(address("Main St 1", city, state, postalCode, country));
  }

  private static List<String> codes(AddressCheck check) {
    return check.findings().stream().map(it -> it.field() + " " + it.severity().text() + " " + it.code()).toList();
  }

  @ParameterizedTest
  @CsvSource({"DE, 10827", "US, 95014-2084", "US, 00501", "GB, GIR 0AA", "GB, BF1 0AA", "GB, SW1A 1AA", "GB, BFPO 58",
    "IE, D6W XY00", "IE, A65 F4E2", "CA, K1A 0B1", "BR, 01310-100", "KY, KY1-1001", "JP, 100-0001", "PL, 00-001",
    "SE, 114 55", "PT, 1000-205", "AR, C1000AAA", "TW, 100012", "NL, 1234 AB", "XK, 10000", "GR, 151 24", "CH, 8001"})
  void aPostalCodeAsItsCountryWritesItIsRight(String country, String code) {
    assertThat(PostalCodes.written(country, code)).contains(code);
  }

  @ParameterizedTest
  @CsvSource({"NL, 1234ab, 1234 AB", "GB, gir0aa, GIR 0AA", "JP, 1000001, 100-0001", "PL, 00001, 00-001",
    "CA, k1a0b1, K1A 0B1", "BR, 01310100, 01310-100", "SE, 11455, 114 55", "DE, D-10827, 10827", "CH, CH-8001, 8001",
    "GB, sw1a1aa, SW1A 1AA", "US, 950142084, 95014-2084", "DK, DK 1050, 1050"})
  void aPostalCodeIsProposedAsItsCountryWritesIt(String country, String given, String written) {
    AddressCheck check = AddressCheck
        .of(address("Main St 1", "Place", country.equals("US") ? "CA" : "ON", given, country));
    assertThat(check.proposal().postalCode()).isEqualTo(written);
    assertThat(codes(check)).contains("postal_code info form");
    assertThat(check.refusals("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DE, 1082", "DE, SW1A 1AA", "PT, 1000", "US, 9501", "GB, 10827", "CA, 10827"})
  void aPostalCodeOfAnotherShapeIsDoubtedAndNeverRefused(String country, String code) {
    AddressCheck check = check("Place", null, code, country);
    assertThat(codes(check)).contains("postal_code warning malformed");
    assertThat(check.refusals("/shipping_address")).isEmpty();
    assertThat(check.doubts()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"ZA", "GR", "SG", "GB", "TW", "DE", "US", "CA", "JP"})
  void nothingIsDeliveredWithoutAPostalCodeIfItsCountryRequiresOne(String country) {
    assertThat(check("Place", "CA", " ", country).refusals("/shipping_address"))
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("/shipping_address/postal_code", "required"));
  }

  @ParameterizedTest
  @CsvSource({"IE", "HK", "AE", "PA", "QA", "JM", "GH", "BS", "SA", "IL", "VN", "PE", "GI"})
  void aCountryThatRequiresNoPostalCodeIsFineWithoutOne(String country) {
    assertThat(check("Place", null, null, country).findings()).isEmpty();
  }

  /** Requests of Emirates and Qatar often say 00000, and it stays on the label. */
  @ParameterizedTest
  @CsvSource({"AE, 00000", "QA, 00000", "HK, 999077"})
  void whatIsGivenForACountryWithoutPostalCodesStays(String country, String code) {
    assertThat(check("Dubai", null, code, country)).isEqualTo(new AddressCheck(List.of(), null));
  }

  @Test
  void theOnlyCodeOfAPlaceIsProposedAndItsLackRefusesNothing() {
    AddressCheck check = check("Stanley", null, null, "FK");
    assertThat(check.findings()).isEmpty();
    assertThat(check.proposal().postalCode()).isEqualTo("FIQQ 1ZZ");
  }

  @ParameterizedTest
  @CsvSource({"US, california, 95014, CA", "US, Ca, 95014, CA", "CA, Québec, H3Z 2Y7, QC",
    "AU, new south wales, 2060, NSW",
    "US, US-NY, 10001, NY"})
  void aStateIsProposedByItsCode(String country, String state, String code, String proposed) {
    AddressCheck check = check("Place", state, code, country);
    assertThat(check.findings()).isEmpty();
    assertThat(check.proposal().state()).isEqualTo(proposed);
  }

  @Test
  void aStateThatIsNoneIsDoubted() {
    assertThat(codes(check("Place", "Calif.", "95014", "US"))).containsExactly("state warning unknown");
  }

  @Test
  void aZipCodeOfAnotherStateIsDoubted() {
    assertThat(codes(check("Cupertino", "NY", "95014", "US"))).containsExactly("postal_code warning other_state");
    assertThat(codes(check("Fishers Island", "NY", "06390", "US"))).isEmpty();
    assertThat(codes(check("Alta", "WY", "83414", "US"))).isEmpty();
  }

  @Test
  void aMissingStateFollowsFromTheZipCodeAndIsDoubtedElsewhere() {
    AddressCheck us = check("Cupertino", null, "95014", "US");
    assertThat(codes(us)).containsExactly("state info missing");
    assertThat(us.proposal().state()).isEqualTo("CA");
    assertThat(codes(check("Toronto", null, "M5V 2T6", "CA"))).containsExactly("state warning missing");
    assertThat(codes(check("Madrid", null, "28001", "ES"))).containsExactly("state info missing");
    assertThat(codes(check("Dublin", null, "D02 AF30", "IE"))).isEmpty();
  }

  /** As Shopify sends it in two ways. */
  @Test
  void puertoRicoAsACountryAndAsAStateIsOne() {
    Address asState = address("150 Calle A", "San Juan", "PR", "00926", "US");
    assertThat(AddressCheck.of(asState)).isEqualTo(new AddressCheck(List.of(), null));
    AddressCheck asCountry = AddressCheck.of(address("150 Calle A", "San Juan", null, "00926", "PR"));
    assertThat(codes(asCountry)).containsExactly("country info territory");
    assertThat(asCountry.proposal()).isEqualTo(asState);
  }

  @Test
  void kosovoIsACountry() {
    assertThat(check("Prishtina", null, "10000", "XK").findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'PSC 3 BOX 4120', APO, AE, 09021", "'UNIT 2050 BOX 4190', FPO, AP, 96278",
    "'UNIT 3050', DPO, AA, 34033"})
  void militaryMailPassesAndIsNamed(String line, String city, String state, String code) {
    assertThat(codes(AddressCheck.of(address(line, city, state, code, "US")))).containsExactly("null info military");
  }

  @Test
  void militaryMailIsOfTheUnitedStatesWhereverItGoes() {
    AddressCheck check = AddressCheck.of(address("PSC 3 BOX 4120", "APO", "AE", "09021", "DE"));
    assertThat(codes(check)).contains("country warning military_country");
    assertThat(check.proposal().country()).isEqualTo("US");
  }

  @ParameterizedTest
  @CsvSource({"'PO Box 123', line1 info po_box", "'P.O. Box 9', line1 info po_box",
    "'Postfach 10 20 30', line1 info po_box",
    "'Packstation 145', line1 info locker"})
  void boxesAreNamed(String line, String code) {
    assertThat(codes(AddressCheck.of(address(line, "Leipzig", null, "04109", "DE")))).containsExactly(code);
  }

  /** A cleaner for addresses of the United States must leave all of these alone. */
  @ParameterizedTest
  @CsvSource({"'RR 2 Box 152', Nome, AK, 99762", "'Calle 5 #10', Ponce, PR, 00716",
    "'123 N Main St # 4', Nome, AK, 99762",
    "'1 Infinite Loop', Cupertino, CA, 95014-2084", "'c/o John Doe', Nome, AK, 99762"})
  void ruralRoutesAndTerritoriesPassUntouched(String line, String city, String state, String code) {
    assertThat(AddressCheck.of(address(line, city, state, code, "US"))).isEqualTo(new AddressCheck(List.of(), null));
  }

  @Test
  void aLineThatIsTooLongForALabelIsBrokenAtABlank() {
    AddressCheck check = AddressCheck
        .of(address("Geschwister-Scholl-Strasse 123 Hinterhaus links", "Leipzig", null, "04109", "DE"));
    assertThat(codes(check)).containsExactly("line1 info too_long");
    assertThat(check.proposal().line1()).isEqualTo("Geschwister-Scholl-Strasse 123");
    assertThat(check.proposal().line2()).isEqualTo("Hinterhaus links");
  }

  /** What is proposed is right: asked about it, nothing more is proposed. */
  @Test
  void aProposalIsFinal() {
    for (String country : Locale.getISOCountries()) {
      for (String code : List.of("00501", "1010", "SW1A1AA", "123456", "k1a0b1", "1234ab", " ")) {
        Address proposal = AddressCheck.of(address("Main St 1", "Place", "Ontario", code, country)).proposal();
        if (proposal != null) {
          assertThat(AddressCheck.of(proposal).proposal()).describedAs("%s of %s", proposal, country).isNull();
        }
      }
    }
  }
}
