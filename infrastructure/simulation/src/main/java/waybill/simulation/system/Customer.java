package waybill.simulation.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import waybill.local.providers.Providers;
import waybill.platform.Json;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.engine.Dice;
import waybill.simulation.orders.Checkout;
import waybill.simulation.payments.PaymentProvider.CurrencyCode;
import waybill.simulation.payments.Accountant;
import waybill.simulation.payments.PaymentProvider;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who buys: places an order, repeats it, pays in one of many ways or not at all, cancels, or vanishes. */
public final class Customer extends Actor {
  private static final String PLACE = "orders:place";
  private static final double RESERVES = 0.15;
  private static final double CHOOSES = 0.3;
  private static final double SAVES = 0.15;
  private static final Set<Integer> PLACED = Set.of(200, 201);
  /** An option may have expired by then. */
  private static final Set<Integer> PLACED_OR_LATE = Set.of(200, 201, 422);
  /** Or somebody was faster with the same cart, whose option had not. */
  private static final Set<Integer> PLACED_AT_LAST = Set.of(200, 201, 409);
  private static final Set<Integer> CANCELLED = Set.of(200, 404, 409);

  private final Shop shop;
  private final PaymentProvider provider;
  private final Accountant accountant;
  private final String reference;
  private final Map<String, Integer> cart = new LinkedHashMap<>();
  private boolean knowsWhat;

  public Customer(int number, World world, Shop shop, PaymentProvider provider, Accountant accountant) {
    super("customer-" + number, world);
    this.shop = shop;
    this.provider = provider;
    this.accountant = accountant;
    this.reference = "r" + number;
  }

  /** @param wanted what they buy */
  Customer(int number, World world, Shop shop, PaymentProvider provider, Accountant accountant,
      Map<String, Integer> wanted) {
    this(number, world, shop, provider, accountant);
    cart.putAll(wanted);
    knowsWhat = true;
  }

  /** How they pay. */
  private enum Paying {
    ONCE, IN_TWO_PARTS, WITH_GIFT_CARD, WITH_CREDIT, ALL_WITH_GIFT_CARD, TWICE, TOO_LITTLE, OTHER_CURRENCY, NEVER
  }

  private static final List<Paying> PAYING = List.of(Paying.ONCE, Paying.ONCE, Paying.ONCE, Paying.ONCE, Paying.ONCE,
      Paying.ONCE, Paying.IN_TWO_PARTS, Paying.WITH_GIFT_CARD, Paying.ALL_WITH_GIFT_CARD, Paying.TWICE, Paying.TWICE,
      Paying.TOO_LITTLE, Paying.OTHER_CURRENCY, Paying.NEVER);

  private Paying paying(Paying otherwise) {
    return dice.named("credit").chance(SAVES) ? Paying.WITH_CREDIT : otherwise;
  }

  private static final List<Duration> HESITATIONS = List.of(Duration.ofSeconds(10), Duration.ofMinutes(3),
      Duration.ofMinutes(15), Duration.ofMinutes(45), Duration.ofHours(4));

  /** How long a storefront waits for the payment before it places the order; the last one only remembers it days later. */
  private static final List<Duration> PAYS_FIRST = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15),
      Duration.ofMinutes(45), Duration.ofDays(3));

  @Override
  public void live() {
    fillCart();
    if (buysRange()) {
      sleep(Shop.SALE, Shop.SALE.plusMillis(100));
    } else {
      sleep(Duration.ZERO, Duration.ofMinutes(3));
    }
    Paying paying = knowsWhat ? Paying.ONCE : paying(dice.pick(PAYING));
    long total = total();
    Map<String, Object> form = form(paying, total);
    String order = orderId();
    world.expect(reference, order);
    beside(() -> pay(paying, total, order));
    tell("buys %s as %s and pays %s", cart, order, paying);
    reserve(form);
    choose(form);
    if (dice.chance(0.1)) {
      beside(() -> place(form)); // an impatient finger
    }
    if (dice.chance(0.03)) {
      return; // pays, and never orders
    }
    if (dice.chance(0.2)) {
      payFirst(total, order);
    }
    boolean placed = place(form);
    if (placed && dice.chance(0.1)) {
      beside(() -> {
        sleep(Duration.ZERO, Duration.ofHours(2));
        place(form);
      });
    }
    if (dice.chance(buysRange() ? 0.6 : 0.3)) {
      sleep(Duration.ZERO, dice.pick(HESITATIONS));
      cancel(order);
    }
  }

  /** Some storefronts keep what is in the cart first; then the order names that, though the cart may have changed or the time be over. */
  private void reserve(Map<String, Object> form) {
    Dice thrown = dice.named("checkout");
    var kept = new LinkedHashMap<>(cart);
    kept.remove(Shop.VOUCHER);
    if (!thrown.chance(RESERVES) || kept.isEmpty()) {
      return;
    }
    if (!buysRange() && thrown.chance(0.3)) {
      kept.replaceAll((_, units) -> thrown.between(1, units + 1));
    }
    int minutes = thrown.between(1, 20);
    String key = "cart-" + reference;
    tell("keeps %s for %d minutes", kept, minutes);
    insist(STUBBORN, Checkout.ANSWERS,
        () -> post(PLACE, "/reservations", key, Checkout.form(kept, minutes))).filter(it -> it.status() == 201)
        .map(it -> (String) it.json().get("id")).ifPresent(it -> {
          form.put("reservation_id", it);
          shop.keep(it);
        });
    if (!shop.kept().isEmpty() && thrown.chance(0.1)) {
      form.put("reservation_id", thrown.pick(shop.kept())); // perhaps another customer's
    }
    world.timeline().sleep(thrown.between(Duration.ZERO, Duration.ofMinutes(thrown.chance(0.7) ? 2 : minutes + 4)));
  }

  /** Some storefronts show how it can be delivered, and the order names what was chosen, at no price. */
  private void choose(Map<String, Object> form) {
    Dice thrown = dice.named("option");
    var lines = new ArrayList<Map<String, Object>>();
    cart.forEach((sku, units) -> {
      if (!sku.equals(Shop.VOUCHER)) {
        lines.add(new TreeMap<>(Map.of("sku", sku, "quantity", units)));
      }
    });
    if (!thrown.chance(CHOOSES) || lines.isEmpty() || buysRange()) {
      return;
    }
    var asked = new LinkedHashMap<String, Object>();
    asked.put("channel", Shop.CHANNEL);
    asked.put("destination", new TreeMap<>(Map.of("country", "DE", "postal_code", "10827")));
    asked.put("lines", lines);
    List<?> offered = insist(5, Set.of(200), () -> post(PLACE, "/delivery-options", "", asked))
        .map(it -> (List<?>) it.json().get("data")).orElse(List.of());
    if (!offered.isEmpty()) {
      Map<String, Object> option = Json.object(thrown.pick(offered));
      tell("chooses %s", option.get("id"));
      var shipping = new LinkedHashMap<String, Object>();
      shipping.put("method", option.get("method"));
      shipping.put("price", option.get("price"));
      shipping.put("total", option.get("price"));
      form.put("shipping", shipping);
      form.put("delivery_option_id", option.get("id"));
    }
  }

  private void payFirst(long total, String order) {
    Duration most = dice.pick(PAYS_FIRST);
    sleep(Duration.ZERO, most);
    // What was paid days ago is on its way back by now.
    if (most.compareTo(Duration.ofDays(1)) > 0) {
      if (dice.chance(0.5)) {
        beside(() -> provider.pay(intent(3), total, CurrencyCode.EUR, order, null));
      } else {
        beside(() -> provider.pay(intent(3), total - 300, CurrencyCode.EUR, order, null));
        beside(() -> provider.pay(intent(4), 300, CurrencyCode.EUR, order, null));
      }
    }
  }

  private void fillCart() {
    if (knowsWhat) {
      return;
    }
    if (dice.chance(0.6) && !shop.range().isEmpty()) {
      shop.range().forEach(it -> cart.put(it, 1));
      return;
    }
    int lines = dice.between(1, 2);
    for (int i = 0; i < lines; i++) {
      cart.merge(dice.chance(0.1) ? Shop.VOUCHER : dice.pick(shop.skus()), dice.between(1, 3), Integer::sum);
    }
    Dice hampers = dice.named("hampers");
    if (shop.assembles() && hampers.chance(0.25)) {
      cart.merge(Shop.HAMPER, hampers.between(1, 2), Integer::sum);
    }
    Dice creams = dice.named("creams");
    if (shop.sellsLots() && creams.chance(0.7)) {
      cart.merge(Shop.CREAM, creams.between(1, 4), Integer::sum);
    }
    Dice kits = dice.named("kits");
    if (kits.chance(0.15)) {
      cart.merge(Shop.KIT, kits.between(1, 2), Integer::sum);
    }
  }

  private boolean buysRange() {
    return cart.size() >= Math.max(1, shop.range().size()) && !shop.range().isEmpty();
  }

  private long total() {
    return cart.entrySet().stream().mapToLong(it -> Shop.price(it.getKey()) * it.getValue()).sum();
  }

  /** As the shop's ids are made: by channel and reference. */
  private String orderId() {
    return waybill.messages.OrderId.of(new waybill.messages.ChannelId(Shop.CHANNEL), reference).value();
  }

  private String intent(int number) {
    return "pi_" + reference + "x" + number;
  }

  private boolean place(Map<String, Object> form) {
    int patience = dice.chance(0.8) ? STUBBORN : 1; // or vanishes
    boolean chosen = form.containsKey("delivery_option_id");
    Optional<Answer> answer = insist(patience, chosen ? PLACED_OR_LATE : PLACED,
        () -> post(PLACE, "/orders", "", form));
    if (answer.filter(it -> it.status() == 422).isEmpty()) {
      return answer.isPresent();
    }
    tell("is too late for %s", form.get("delivery_option_id"));
    var plain = new LinkedHashMap<>(form);
    plain.keySet().removeAll(List.of("delivery_option_id", "shipping"));
    return insist(patience, PLACED_AT_LAST, () -> post(PLACE, "/orders", "", plain)).isPresent();
  }

  private void cancel(String order) {
    boolean twice = dice.chance(0.3);
    Runnable asking = () -> insist(dice.chance(0.8) ? STUBBORN : 1, CANCELLED, () -> post(PLACE + " orders:operate",
        "/orders/" + order + "/cancellation", "cancel-" + reference, Map.of("reason", "customer")));
    tell("cancels %s", order);
    if (twice) {
      beside(asking);
    }
    asking.run();
  }

  private void pay(Paying paying, long total, String order) {
    String named = dice.chance(0.5) ? order : null;
    switch (paying) {
      case ONCE -> provider.pay(intent(1), total, CurrencyCode.EUR, named, order);
      case IN_TWO_PARTS -> {
        beside(() -> provider.pay(intent(1), total - 300, CurrencyCode.EUR, named, null));
        beside(() -> provider.pay(intent(2), 300, CurrencyCode.EUR, named, null));
      }
      case WITH_GIFT_CARD, WITH_CREDIT -> provider.pay(intent(1), total - 300, CurrencyCode.EUR, named, null);
      case TWICE -> {
        beside(() -> provider.pay(intent(1), total, CurrencyCode.EUR, named, null));
        beside(() -> provider.pay(intent(2), total, CurrencyCode.EUR, order, null));
      }
      case TOO_LITTLE -> provider.pay(intent(1), total - 100, CurrencyCode.EUR, named, null);
      case OTHER_CURRENCY -> provider.pay(intent(1), total, CurrencyCode.USD, named, null);
      case NEVER -> {
        tell("pays nothing at the provider");
        if (dice.named("transfer").chance(0.7)) {
          sleep(Duration.ofMinutes(1), Duration.ofMinutes(25));
          accountant.takeElsewhere(order);
        }
      }
      case ALL_WITH_GIFT_CARD -> tell("pays nothing at the provider");
    }
  }

  private Map<String, Object> form(Paying paying, long total) {
    var form = new LinkedHashMap<String, Object>();
    form.put("reference", reference);
    form.put("number", "#" + reference);
    form.put("channel", Shop.CHANNEL);
    form.put("placed_at", world.timeline().instant().toString());
    form.put("currency", Shop.CURRENCY);
    form.put("taxes_included", true);
    form.put("customer", Map.of("id", Shop.customer(name()), "email", name() + World.PERSONAL + "@example.com", "name",
        "Ada " + World.PERSONAL, "locale", "de-DE"));
    form.put("shipping_address", Map.of("name", "Grace " + World.PERSONAL, "line1", World.PERSONAL + "str. 5", "city",
        "Berlin", "postal_code", "10827", "country", "DE"));
    var lines = new ArrayList<Map<String, Object>>();
    cart.forEach((sku, quantity) -> lines.add(Map.of("reference", "L" + (lines.size() + 1), "sku", sku, "name", "Thing",
        "quantity", quantity, "unit_price", Shop.price(sku), "total", Shop.price(sku) * quantity)));
    form.put("lines", lines);
    form.put("total", total);
    form.put("payments", payments(paying, total));
    if (dice.named("backorders").chance(0.5)) {
      form.put("backorders", "partial");
    }
    return form;
  }

  private List<Map<String, Object>> payments(Paying paying, long total) {
    return switch (paying) {
      case ONCE, TWICE, TOO_LITTLE, OTHER_CURRENCY, NEVER -> List.of(stripe(1, total));
      case IN_TWO_PARTS -> List.of(stripe(1, total - 300), stripe(2, 300));
      case WITH_GIFT_CARD -> List.of(stripe(1, total - 300), giftCard(300));
      case WITH_CREDIT -> List.of(stripe(1, total - 300), credit(300));
      case ALL_WITH_GIFT_CARD -> List.of(giftCard(total));
    };
  }

  private Map<String, Object> stripe(int number, long amount) {
    return Map.of("provider", "stripe", "account", Providers.PAYMENT_ACCOUNT, "reference", intent(number), "amount",
        amount);
  }

  /** They may have as much, or not, or not any more. */
  private Map<String, Object> credit(long amount) {
    return Map.of("provider", "store_credit", "reference", "SC-" + reference, "amount", amount);
  }

  private Map<String, Object> giftCard(long amount) {
    return Map.of("provider", "external", "method", "gift_card", "reference", "GC-" + reference, "amount", amount,
        "status", "captured");
  }
}
