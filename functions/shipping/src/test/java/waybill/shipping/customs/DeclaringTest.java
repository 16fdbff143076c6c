package waybill.shipping.customs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.catalog.CustomsTerms.Incoterm;
import waybill.catalog.CustomsTerms;
import waybill.catalog.Destination;
import waybill.catalog.Product;
import waybill.catalog.ProductCustoms.NationalCode;
import waybill.catalog.ProductCustoms.Value;
import waybill.catalog.ProductCustoms;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.ChannelId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.orders.Sale.Sold;
import waybill.orders.Sale;
import waybill.platform.Outcome.Declined;
import waybill.platform.Outcome;
import waybill.shipping.customs.Duty.Charged;
import waybill.shipping.customs.Duty.PaidBy;

/** Cases C10 and C10b of carriers, and what else customs want to know. */
class DeclaringTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
  private static final CustomsTerms DAP = new CustomsTerms("Ada Byron", Incoterm.DAP, null, null);
  private static final Destination DE = new Destination("DE", null, "10827");
  private static final Destination CH = new Destination("CH", null, "8001");
  private static final Destination US = new Destination("US", "CA", "95014");

  private static final Product TEA = product("TEA", "Assam tea, 200 g", "090240", ProductCustoms.NONE);
  private static final Product MUG = product("MUG", "Mug of porcelain", "691200", ProductCustoms.NONE);

  private static Product product(String sku, String name, String hsCode, ProductCustoms customs) {
    return new Product(new Sku(sku), name, 230, 90, 60, 180, true, null, hsCode, "IN", Map.of(), null, List.of(), false,
        false,
        0, null, List.of(), customs, "4006381333931", null, List.of(), false, List.of());
  }

  private static Sold sold(int line, Product product, int quantity, long net) {
    return new Sold(new LineId("line_" + line), product.sku(), product.name(), quantity, net);
  }

  private static Sale sale(String currency, long freight, boolean gift, Sold... sold) {
    return new Sale(currency, freight, gift, List.of(sold));
  }

  private static Parcel parcel(Sale sale) {
    return new Parcel(ParcelId.of(FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1), 1),
        sale.lines().stream().map(it -> new LineQuantity(it.line(), it.sku(), it.quantity())).toList(), 1_000, 300, 200,
        150, null,
        null);
  }

  private static Outcome<Declaration> declare(Destination from, Destination to, LocalDate day, Sale sale,
      Product... products) {
    Map<Sku, Product> known = IntStream.range(0, products.length).boxed()
        .collect(java.util.stream.Collectors.toMap(it -> products[it].sku(), it -> products[it]));
    return new Declaring(from, to, DAP, day).declare(parcel(sale), sale, known);
  }

  private static String refusal(Outcome<Declaration> outcome) {
    return outcome instanceof Declined<Declaration>(waybill.platform.Refused refused)
        ? refused.code() + ": " + refused.detail()
        : "";
  }

  @Test
  void aLineOfNoValueIsRefusedWithItsPointerAndAWayOut() {
    Sale sale = sale("EUR", 990, true, sold(1, TEA, 1, 1_990), sold(2, MUG, 1, 1_500), sold(3, MUG, 1, 0));

    assertThat(refusal(declare(DE, CH, TODAY, sale, TEA, MUG))).isEqualTo(
        "customs_incomplete: /lines/line_3 (MUG)/value: customs take no value of zero: put customs.value of the product, in EUR");

    Product worth = product("MUG", "Mug of porcelain", "691200",
        new ProductCustoms(null, List.of(), new Value(1_200, "EUR")));
    Declaration declared = declare(DE, CH, TODAY, sale, TEA, worth).orElseThrow();
    assertThat(declared.items()).extracting(Declaration.Item::value).containsExactly(1_990L, 1_500L, 1_200L);
    assertThat(declared.gift()).isTrue();
    assertThat(declared.goods()).isEqualTo(4_690);
    assertThat(declared.total()).isEqualTo(4_690 + 990);
  }

  @Test
  void theUnitedStatesNeedTenDigits() {
    Sale sale = sale("EUR", 0, false, sold(1, MUG, 1, 1_500));

    assertThat(refusal(declare(DE, US, TODAY, sale, MUG)))
        .contains("/lines/line_1 (MUG)/hs_code: the US needs 10 digits");
    assertThat(declare(DE, US, LocalDate.of(2026, 7, 23), sale, MUG).orElseThrow().items()).hasSize(1);

    Product national = product("MUG", "Mug of porcelain", "691200",
        new ProductCustoms(null, List.of(new NationalCode("US", "6912004810")), null));
    assertThat(declare(DE, US, TODAY, sale, national).orElseThrow().items().getFirst().hsCode())
        .isEqualTo("6912004810");
    assertThat(declare(DE, CH, TODAY, sale, national).orElseThrow().items().getFirst().hsCode()).isEqualTo("691200");
  }

  @ParameterizedTest
  @CsvSource({"item", "Items", "N/A", "promotional", "GOODS!", "Spare parts"})
  void theEuropeanUnionRefusesAStopWordAlone(String description) {
    Product generic = product("MUG", "Mug", "691200", new ProductCustoms(description, List.of(), null));
    Sale sale = sale("EUR", 0, false, sold(1, generic, 1, 1_500));

    assertThat(refusal(declare(CH, DE, TODAY, sale, generic))).contains("/description: the EU refuses \"");
    assertThat(refusal(declare(CH, DE, LocalDate.of(2026, 2, 1), sale, generic))).isEmpty();
    assertThat(refusal(declare(DE, CH, TODAY, sale, generic))).isEmpty();
  }

  @Test
  void aDescriptionThatSaysMoreThanAStopWordIsTaken() {
    Product mug = product("MUG", "Promotional items: mugs of porcelain", "691200", ProductCustoms.NONE);

    assertThat(refusal(declare(CH, DE, TODAY, sale("EUR", 0, false, sold(1, mug, 1, 1_500)), mug))).isEmpty();
  }

  @Test
  void aMissingIdentifierIsAWarningBeforeItsDayAndRefusedFromThenOn() {
    Product bare = new Product(new Sku("MUG"), "Mug", 230, 90, 60, 180, true, null, "691200", "IN", Map.of());
    Sale sale = sale("EUR", 0, false, sold(1, bare, 1, 1_500));

    assertThat(declare(CH, DE, LocalDate.of(2026, 10, 31), sale, bare).orElseThrow().warnings()).singleElement()
        .asString()
        .contains("/gtin");
    assertThat(refusal(declare(CH, DE, LocalDate.of(2026, 11, 1), sale, bare))).contains("/gtin");
    assertThat(refusal(declare(DE, CH, TODAY, sale, bare))).isEmpty();
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() {
    Product bare = new Product(new Sku("MUG"), "Mug", 0, 0, 0, 0, true, null, null, null, Map.of());
    Sale sale = sale("EUR", 0, false, sold(1, bare, 1, 1_500));
    Outcome<Declaration> outcome = new Declaring(DE, CH, CustomsTerms.NONE, TODAY).declare(parcel(sale), sale,
        Map.of(bare.sku(), bare));

    assertThat(refusal(outcome)).contains("/customs/signer", "/hs_code", "/origin", "/weight_grams");
  }

  @Test
  void anExportOfTheUnitedStatesAboveItsLimitIsFiledAndNoneToCanadaIs() {
    Product mug = product("MUG", "Mug", "6912004810", ProductCustoms.NONE);
    Destination canada = new Destination("CA", "ON", "M5V 2T6");

    assertThat(declare(US, CH, TODAY, sale("USD", 0, false, sold(1, mug, 1, 250_000)), mug).orElseThrow().exemption())
        .isEqualTo("NOEEI 30.37(a)");
    assertThat(refusal(declare(US, CH, TODAY, sale("USD", 0, false, sold(1, mug, 1, 250_001)), mug)))
        .contains("more than $2,500");
    assertThat(
        declare(US, canada, TODAY, sale("USD", 0, false, sold(1, mug, 1, 250_001)), mug).orElseThrow().exemption())
        .isEqualTo("NOEEI 30.36");
    assertThat(declare(DE, CH, TODAY, sale("EUR", 0, false, sold(1, mug, 1, 250_001)), mug).orElseThrow().exemption())
        .isNull();
  }

  @Test
  void aPartOfALineHasItsPartOfTheValueAndOfTheFreight() {
    Sale sale = sale("EUR", 990, false, sold(1, TEA, 3, 1_000), sold(2, MUG, 1, 500));
    List<LineQuantity> first = List.of(new LineQuantity(new LineId("line_1"), TEA.sku(), 2));

    assertThat(sale.lines().getFirst().net(2)).isEqualTo(667);
    assertThat(sale.freight(first)).isEqualTo(440);
    assertThat(sale.freight(parcel(sale).lines())).isEqualTo(990);
  }

  @ParameterizedTest
  @CsvSource({"DE, , 10827, FR, , 75001, false", "DE, , 10827, CH, , 8001, true", "CH, , 8001, LI, , 9490, false",
    "DE, , 10827, MC, , 98000, false", "DE, , 10827, ES, , 35001, true", "DE, , 10827, DE, , 27498, true",
    "DE, , 10827, AX, , 22100, true", "US, CA, 95014, PR, , 00926, false", "US, CA, 95014, US, PR, 00926, false",
    "US, CA, 95014, US, AE, 09021, true", "US, CA, 95014, VI, , 00802, true", "DE, , 10827, GB, , SW1A 1AA, true",
    "GB, , SW1A 1AA, IM, , IM1 1AA, false", "DE, , 10827, XK, , 10000, true", "DE, , 10827, FR, , 97100, true"})
  void goodsAreDeclaredWhereTheyCrossACustomsBorder(String from, String fromState, String fromCode, String to,
      String toState,
      String toCode, boolean needed) {
    assertThat(Declaring.isNeeded(new Destination(from, fromState, fromCode), new Destination(to, toState, toCode)))
        .isEqualTo(needed);
  }

  private static Duty duty(long goods, String... codes) {
    return Duty.of(CH, DE, java.util.Arrays.stream(codes).map(Charged::new).toList(), goods, "EUR", DAP, TODAY)
        .orElseThrow();
  }

  @Test
  void theFlatDutyOfTheEuropeanUnionIsForEachTariffNumberOfEachParcel() {
    Duty order = duty(2 * 1_990 + 1_500, "090240", "090240", "691200");
    assertThat(order).isEqualTo(new Duty("EUR", 600, 114, PaidBy.RECIPIENT));
    assertThat(order.total()).isEqualTo(714);
    assertThat(duty(4_500, "691200", "691200", "691200").duty()).isEqualTo(300);

    Duty split = duty(1_990 + 1_500, "090240", "691200").plus(duty(1_990, "090240"));
    assertThat(split.duty()).isEqualTo(900);
  }

  @Test
  void theFlatDutyIsForLowValuesInEurosWithinItsDays() {
    List<Charged> line = List.of(new Charged("0902400000"));

    assertThat(Duty.of(CH, DE, line, 15_000, "EUR", DAP, TODAY)).isPresent();
    assertThat(Duty.of(CH, DE, line, 15_001, "EUR", DAP, TODAY)).isEmpty();
    assertThat(Duty.of(CH, DE, line, 1_000, "CHF", DAP, TODAY)).isEmpty();
    assertThat(Duty.of(DE, CH, line, 1_000, "EUR", DAP, TODAY)).isEmpty();
    assertThat(Duty.of(new Destination("FR", null, "75001"), DE, line, 1_000, "EUR", DAP, TODAY)).isEmpty();
    assertThat(Duty.of(CH, DE, line, 1_000, "EUR", DAP, LocalDate.of(2026, 6, 30))).isEmpty();
    assertThat(Duty.of(CH, DE, line, 1_000, "EUR", DAP, LocalDate.of(2028, 7, 1))).isEmpty();
  }

  @Test
  void whoHoldsAnIossNumberOwesTheDuty() {
    var ioss = new CustomsTerms("Ada", Incoterm.DAP, "IM2760000742", null);

    assertThat(Duty.of(CH, DE, List.of(new Charged("090240")), 1_000, "EUR", ioss, TODAY).orElseThrow().paidBy())
        .isEqualTo(PaidBy.SHOP);
  }
}
