package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final ChannelId CHANNEL = new ChannelId("de-web");
  private static final OrderId ORDER = OrderId.of(CHANNEL, "5512033");

  @Test
  void theSameChannelAndReferenceAreTheSameOrderForEver() {
    // Written down, not computed: an id that changes with a release would place old orders again.
    assertThat(ORDER).hasToString("ord_8wbx56kav7d3kerhkfart51jp5")
        .isEqualTo(OrderId.of(new ChannelId("de-web"), "5512033"));
  }

  @Test
  void aPaymentKeepsItsIdForEver() {
    assertThat(PaymentId.of("stripe", "shop-eu", "pi_3Q")).hasToString("pay_vck27hpwk9rardhkr609emfs4f");
  }

  @Test
  void anotherChannelOrReferenceIsAnotherOrder() {
    Set<OrderId> ids = new HashSet<>(List.of(ORDER, OrderId.of(CHANNEL, "5512034"),
        OrderId.of(new ChannelId("at-web"), "5512033"), OrderId.of(CHANNEL, "5512033 ")));
    assertThat(ids).hasSize(4);
  }

  @Property
  void partsAreNeverRunTogether(@ForAll @NumericChars @StringLength(max = 6) String digits,
      @ForAll @IntRange(max = 6) int at, @ForAll @IntRange(max = 6) int other) {
    int one = Math.min(at, digits.length());
    int two = Math.min(other, digits.length());
    boolean same = one == two;
    assertThat(PaymentId.of("stripe", digits.substring(0, one), digits.substring(one))
        .equals(PaymentId.of("stripe", digits.substring(0, two), digits.substring(two))))
        .isEqualTo(same);
  }

  @Property
  void aFulfillmentAndAParcelNameTheirOrder(@ForAll String reference,
      @ForAll @IntRange(min = 1, max = 9999) int fulfillment, @ForAll @IntRange(min = 1, max = 999) int parcel) {
    OrderId order = OrderId.of(CHANNEL, reference);
    FulfillmentId part = FulfillmentId.of(order, fulfillment);
    ParcelId box = ParcelId.of(part, parcel);
    assertThat(part.order()).isEqualTo(order);
    assertThat(part.number()).isEqualTo(fulfillment);
    assertThat(box.fulfillment()).isEqualTo(part);
    assertThat(box.order()).isEqualTo(order);
  }

  @Test
  void fulfillmentsStandInTheOrderOfTheirNumbers() {
    assertThat(Stream.of(10, 2, 1).map(it -> FulfillmentId.of(ORDER, it)).sorted().map(FulfillmentId::number))
        .containsExactly(1, 2, 10);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "ord_", "ord_8wbx56kav7d3kerhkfart51jp", "ord_8wbx56kav7d3kerhkfart51jp52",
    "ORD_8wbx56kav7d3kerhkfart51jp2", "ord_8wbx56kav7d3kerhkfart51jpu",
    "pay_8wbx56kav7d3kerhkfart51jp2", " ord_8wbx56kav7d3kerhkfart51jp5", "ord_8wbx56kav7d3kerhkfart51jp5\n"})
  void whatIsNoOrderIdIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new OrderId(value)).withMessage("not a OrderId");
  }

  /** The form that the API declares; it is checked without a pattern. */
  @Property
  void anIdIsWhatItsPatternSays(@ForAll @IntRange(max = 40) int at, @ForAll @IntRange(max = 2) int left,
      @ForAll @CharRange(from = '0', to = 'z') @StringLength(max = 3) String instead) {
    String id = "par_8wbx56kav7d3kerhkfart51jp5_17_123";
    int from = Math.min(at, id.length());
    String text = id.substring(0, from) + instead + id.substring(Math.min(from + left, id.length()));
    boolean matches = text.matches("par_" + IdText.DIGEST + "_[1-9][0-9]{0,3}_[1-9][0-9]{0,2}");
    assertThat(catchThrowable(() -> new ParcelId(text)) == null).as(text).isEqualTo(matches);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"ful_8wbx56kav7d3kerhkfart51jp2", "ful_8wbx56kav7d3kerhkfart51jp2_0",
    "ful_8wbx56kav7d3kerhkfart51jp2_01", "ful_8wbx56kav7d3kerhkfart51jp2_10000",
    "par_8wbx56kav7d3kerhkfart51jp2_1", "ful_8wbx56kav7d3kerhkfart51jp2_1_1"})
  void whatIsNoFulfillmentIdIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FulfillmentId(value));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"par_8wbx56kav7d3kerhkfart51jp2", "par_8wbx56kav7d3kerhkfart51jp2_1",
    "par_8wbx56kav7d3kerhkfart51jp2_1_0", "par_8wbx56kav7d3kerhkfart51jp2_1_1000",
    "ful_8wbx56kav7d3kerhkfart51jp2_1_1"})
  void whatIsNoParcelIdIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ParcelId(value));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "TEA 200", "-TEA", "TEA\n", "TÉA", "TEA#1", "TEA/1", "<script>"})
  void whatIsNoSkuIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sku(value)).withMessage("not a Sku");
  }

  @Test
  void aSkuHasUpTo64Characters() {
    assertThat(new Sku("A".repeat(64)).value()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> new Sku("A".repeat(65)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "DE", "-de", "de_web", "de web", "de#web"})
  void whatIsNoNameOfTheMerchantsIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChannelId(value));
    assertThatIllegalArgumentException().isThrownBy(() -> new LocationId(value));
    assertThatIllegalArgumentException().isThrownBy(() -> new StockPool(value));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "1", "line_", "line_1000", "line_-1", "LINE_1"})
  void whatIsNoLineIdIsRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new LineId(value));
  }

  @Test
  void twoLinesOfOneSkuAskForItTogether() {
    var tea = new Sku("TEA-200");
    var mug = new Sku("MUG-BLUE");
    List<LineQuantity> lines = List.of(new LineQuantity(new LineId("line_1"), tea, 2),
        new LineQuantity(new LineId("line_2"), mug, 1),
        new LineQuantity(new LineId("line_3"), tea, 3));
    assertThat(LineQuantity.bySku(lines)).containsExactly(new SkuQuantity(mug, 1), new SkuQuantity(tea, 5));
  }

  @Test
  void theParcelOfAReturnNamesItsReturnAndIsNoneThatWasSent() {
    OrderId order = OrderId.of(new ChannelId("de-web"), "5512033");
    ParcelId back = ParcelId.of(ReturnId.of(order, 2), 3);
    assertThat(back.comesBack()).isTrue();
    assertThat(back.returned()).isEqualTo(ReturnId.of(order, 2));
    assertThat(back.number()).isEqualTo(3);
    assertThat(back.order()).isEqualTo(order);
    assertThat(new ParcelId(back.value())).isEqualTo(back);
    assertThatIllegalArgumentException().isThrownBy(() -> ParcelId.sent(back.value()));
    assertThatIllegalArgumentException().isThrownBy(() -> new ParcelId(back.value() + "_1"));
    ParcelId sent = ParcelId.of(FulfillmentId.of(order, 1), 1);
    assertThat(ParcelId.sent(sent.value())).isEqualTo(sent);
    assertThat(sent.comesBack()).isFalse();
  }
}
