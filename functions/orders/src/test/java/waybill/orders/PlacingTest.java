package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;
import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.catalog.Product;
import waybill.messages.ChannelId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Fields;
import waybill.platform.Json;
import waybill.platform.Violation;

class PlacingTest {
  private static final Channel CHANNEL = new Channel(new ChannelId("de-web"), "Shop", List.of("EUR"), "de-DE",
      "Europe/Berlin", "shop@example.com", false,
      List.of(new Channel.PaymentAccount("stripe", "shop-eu")), List.of(), new StockPool("default"), 30, null, 0,
      Channel.Capture.MANUAL,
      List.of(new waybill.catalog.ShippingMethod("express", "Express")), Brand.PLAIN);

  @Property
  void aFormThatAddsUpIsRight(@ForAll("forms") Map<String, Object> body) {
    OrderForm form = read(body);
    assertThat(Placing.checkSums(form)).isEmpty();
  }

  @Property
  void anAmountThatIsOffByOneIsToldWhereTheSumDoesNotHold(@ForAll("forms") Map<String, Object> body,
      @ForAll("amounts") String amount, @ForAll boolean up) {
    List<String> pointers = pointers(body, amount);
    for (String pointer : pointers) {
      Map<String, Object> changed = Json.readObject(Json.write(body));
      long value = (Long) at(changed, pointer);
      if (!up && value == 0) {
        continue;
      }
      Shop.set(changed, pointer, value + (up ? 1 : -1));
      assertThat(Placing.checkSums(read(changed))).as(pointer).extracting(Violation::pointer)
          .containsExactlyInAnyOrderElementsOf(brokenBy(pointer, changed));
    }
  }

  @Test
  void theSampleOrderAddsUp() {
    assertThat(Placing.checkSums(read(Shop.sample()))).isEmpty();
  }

  @Test
  void aSumThatDoesNotHoldSaysWhatItShouldBe() {
    assertThat(sums(it -> Shop.set(it, "/lines/0/total", 3581))).extracting(Violation::toString)
        .containsExactly(
            "Violation[pointer=/lines/0/total, code=sum_mismatch, detail=is quantity x unit_price - discounts, which is 3582, not 3581]",
            "Violation[pointer=/total, code=sum_mismatch, detail=is the totals of lines and shipping, which is 6071, not 6072]");
  }

  @Test
  void taxesAreAddedUnlessTheyAreIncluded() {
    assertThat(sums(it -> it.put("taxes_included", false))).extracting(Violation::pointer, Violation::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/lines/0/total",
                "is quantity x unit_price - discounts + taxes, which is 4154, not 3582"),
            org.assertj.core.groups.Tuple.tuple("/lines/1/total",
                "is quantity x unit_price - discounts + taxes, which is 1739, not 1500"),
            org.assertj.core.groups.Tuple.tuple("/shipping/total",
                "is price - discounts + taxes, which is 1148, not 990"));
  }

  @Test
  void aDiscountNeverMakesALineNegative() {
    assertThat(sums(it -> Shop.set(it, "/lines/0/discounts/0/amount", 3981))).extracting(Violation::pointer)
        .containsExactly("/lines/0/total");
  }

  @Test
  void paymentsAddUpToAtMostTheTotal() {
    assertThat(sums(it -> Shop.set(it, "/payments/0/amount", 5573)))
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("/payments", "too_much"));
    assertThat(sums(it -> Shop.set(it, "/payments/0/amount", 1))).isEmpty();
  }

  @Test
  void theGreatestAmountsDoNotOverflow() {
    Map<String, Object> line = Map.of("sku", "A", "quantity", 1_000_000, "unit_price", 1_000_000_000_000L, "total",
        1_000_000_000_000L);
    assertThat(sums(it -> it.put("lines", java.util.Collections.nCopies(500, line)))).hasSize(501).first()
        .matches(it -> it.detail().contains("which is 1000000000000000000, not 1000000000000"));
  }

  @Test
  void whatTheChannelDoesNotKnowIsRefused() {
    assertThat(channel(_ -> {})).isEmpty();
    assertThat(channel(it -> it.put("currency", "USD"))).containsExactly("/currency not_of_channel");
    assertThat(channel(it -> Shop.set(it, "/shipping/method", "rocket")))
        .containsExactly("/shipping/method not_of_channel");
    assertThat(channel(it -> Shop.set(it, "/payments/0/account", "shop-us")))
        .containsExactly("/payments/0/account not_of_channel");
    assertThat(channel(it -> it.remove("shipping"))).isEmpty();
    assertThat(channel(it -> Json.object(it.get("shipping")).remove("method"))).isEmpty();
  }

  @Test
  void aPaymentIsNamedOnce() {
    List<Object> payments = new ArrayList<>((List<?>) Shop.sample().get("payments"));
    payments.add(Map.of("provider", "external", "reference", "GC-8831", "amount", 0));
    payments.add(Map.of("provider", "external", "reference", "GC-8832", "amount", 0));
    assertThat(channel(it -> it.put("payments", payments))).containsExactly("/payments/2/reference repeated");
  }

  @Test
  void aProductThatIsNotThereIsRefusedAtItsLine() {
    assertThat(products(Map.of("TEA-200", true), _ -> {})).containsExactly("/lines/1/sku unknown",
        "/lines/2/sku unknown");
  }

  @Test
  void whatShipsNeedsAnAddress() {
    assertThat(products(Map.of("TEA-200", false, "MUG-BLUE", true), it -> it.remove("shipping_address")))
        .containsExactly("/shipping_address required");
    assertThat(products(Map.of("TEA-200", false, "MUG-BLUE", false), it -> it.remove("shipping_address"))).isEmpty();
  }

  private static List<Violation> sums(Consumer<Map<String, Object>> change) {
    return Placing.checkSums(changed(change));
  }

  private static List<String> channel(Consumer<Map<String, Object>> change) {
    return Placing.checkChannel(changed(change), CHANNEL).stream().map(it -> it.pointer() + " " + it.code()).toList();
  }

  private static List<String> products(Map<String, Boolean> shipped, Consumer<Map<String, Object>> change) {
    var products = new HashMap<Sku, Product>();
    shipped.forEach((sku, ships) -> products.put(new Sku(sku),
        new Product(new Sku(sku), sku, 0, 0, 0, 0, ships, null, null, null, Map.of())));
    return Placing.checkProducts(changed(change), products).stream().map(it -> it.pointer() + " " + it.code()).toList();
  }

  private static OrderForm changed(Consumer<Map<String, Object>> change) {
    Map<String, Object> body = Shop.sample();
    change.accept(body);
    return read(body);
  }

  private static OrderForm read(Map<String, Object> body) {
    Fields fields = Fields.of(Json.readObject(Json.write(body)));
    OrderForm form = FormReader.read(fields);
    fields.verify();
    return form;
  }

  /** The sums that an amount stands in. */
  private static List<String> brokenBy(String pointer, Map<String, Object> body) {
    String sum = pointer.replaceFirst("/(unit_price|price|(discounts|taxes)/.*)$", "/total");
    if (pointer.endsWith("/total")) {
      return pointer.equals("/total") ? List.of("/total") : List.of(pointer, "/total");
    }
    boolean free = pointer.contains("/taxes/") && (Boolean) body.get("taxes_included");
    return free ? List.of() : List.of(sum);
  }

  private static List<String> pointers(Map<String, Object> body, String amount) {
    var pointers = new ArrayList<String>();
    collect(body, "", pointers);
    return pointers.stream().filter(it -> it.endsWith("/" + amount) || amount.equals("amount") && it.endsWith("amount"))
        .toList();
  }

  private static void collect(Object tree, String pointer, List<String> pointers) {
    switch (tree) {
      case Map<?, ?> map -> map.forEach((name, value) -> collect(value, pointer + "/" + name, pointers));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          collect(list.get(i), pointer + "/" + i, pointers);
        }
      }
      default -> pointers.add(pointer);
    }
  }

  private static Object at(Object tree, String pointer) {
    Object at = tree;
    for (String name : pointer.substring(1).split("/")) {
      at = at instanceof List<?> list ? list.get(Integer.parseInt(name)) : Json.object(at).get(name);
    }
    return at;
  }

  @Provide
  Arbitrary<String> amounts() {
    return Arbitraries.of("total", "unit_price", "price", "amount");
  }

  /** Orders that add up: one to four lines, with and without discounts, taxes and shipping. */
  @Provide
  Arbitrary<Map<String, Object>> forms() {
    var lines = Combinators.combine(Arbitraries.integers().between(1, 5), Arbitraries.longs().between(0, 3_000),
        Arbitraries.integers().between(0, 100),
        Arbitraries.longs().between(0, 500)).as(PlacingTest::priced).list().ofMinSize(1).ofMaxSize(4);
    return Combinators
        .combine(lines, Arbitraries.of(true, false), Arbitraries.longs().between(0, 900), Arbitraries.of(true, false))
        .as((parts, included, price, ships) -> {
          Map<String, Object> body = Shop.sample();
          body.keySet().removeAll(List.of("payments", "shipping"));
          body.put("taxes_included", included);
          body.put("lines", parts.stream().map(it -> line(it, included)).toList());
          long total = parts.stream().mapToLong(it -> total(it, included)).sum();
          if (ships) {
            body.put("shipping",
                Map.of("price", price, "discounts", List.of(Map.of("amount", price / 2)), "total", price - price / 2));
            total += price - price / 2;
          }
          body.put("total", total);
          return Json.readObject(Json.write(body));
        });
  }

  private static Tuple.Tuple4<Integer, Long, Long, Long> priced(int quantity, long price, int discountPercent,
      long tax) {
    return Tuple.of(quantity, price, quantity * price * discountPercent / 100, tax);
  }

  private static long total(Tuple.Tuple4<Integer, Long, Long, Long> line, boolean included) {
    return line.get1() * line.get2() - line.get3() + (included ? 0 : line.get4());
  }

  private static Map<String, Object> line(Tuple.Tuple4<Integer, Long, Long, Long> it, boolean included) {
    return Map.of("sku", "TEA-200", "quantity", it.get1(), "unit_price", it.get2(), "discounts",
        List.of(Map.of("amount", it.get3())), "taxes",
        List.of(Map.of("amount", it.get4())), "total", total(it, included));
  }

  @Test
  void aTotalMayDifferFromItsLinesByARoundingThatSaysSo() {
    Map<String, Object> body = Shop.simple("rounded", "TEA-200", 3);
    body.put("total", 3001);
    assertThat(Placing.checkSums(Samples.content(body).form())).extracting(Violation::pointer)
        .containsExactly("/total");
    body.put("rounding", Map.of("amount", 1, "reason", "total"));
    assertThat(Placing.checkSums(Samples.content(body).form())).isEmpty();
    body.put("rounding", Map.of("amount", -501, "reason", "cash"));
    body.put("total", 2499);
    assertThat(Placing.checkSums(Samples.content(body).form())).extracting(Violation::pointer)
        .containsExactly("/rounding/amount");
  }

  @Test
  void includedTaxesAreAtMostWhatTheyAreIncludedIn() {
    Map<String, Object> body = Shop.set(Shop.sample(), "/lines/0/taxes/0/amount", 3583);
    assertThat(Placing.checkTaxes(Samples.content(body).form())).extracting(Violation::pointer)
        .containsExactly("/lines/0/taxes");
  }

  @ParameterizedTest(name = "{0} in steps of {1}")
  @CsvSource({"KWD, 10", "BHD, 10", "JOD, 10", "OMR, 10", "TND, 10", "MGA, 100", "EUR, 1", "JPY, 1", "ISK, 1"})
  void anAmountThatStripeCannotChargeIsNamed(String currency, long step) {
    assertThat(Placing.step("stripe", currency)).isEqualTo(step);
    assertThat(Placing.step("external", currency)).isEqualTo(1);
  }
}
