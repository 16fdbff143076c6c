package waybill.simulation.returns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/**
 * Customers who are not content: they ask to return or to exchange what came, or claim that it is broken, wrong, missing or never arrived; also twice
 * at once, of what they have returned or claimed already, of more than they have, and when it is too late. Some pay what an exchange costs more.
 */
public final class Returner extends Actor {
  private static final String CUSTOMER = "orders:place";
  private static final String OPERATE = "orders:operate";
  /** Not so much may have come, or it is too late. */
  private static final Set<Integer> ASKED = Set.of(201, 409, 422);
  private static final Set<Integer> PAID = Set.of(200, 404, 409, 422);
  private static final List<String> REFUND_TO = List.of("original_payment", "store_credit");
  private static final double SHOPS = 0.6;
  private static final int MOST = 5;
  /** From the end of the first trouble to the beginning of the second. */
  private static final Duration TROUBLE_AGAIN = Duration.ofMinutes(26 * 60 + 10);

  private final Shop shop;

  public Returner(World world, Shop shop) {
    super("returner", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    if (!dice.chance(SHOPS)) {
      return;
    }
    if (dice.chance(0.7)) {
      policy();
    }
    int times = dice.between(2, MOST);
    for (int time = 1; time <= times; time++) {
      double when = dice.fraction();
      Duration at = when < 0.2
          ? dice.between(Duration.ofMinutes(40), Duration.ofMinutes(70))
          : when < 0.9
              ? TROUBLE_AGAIN.plus(dice.between(Duration.ofMinutes(-30), Duration.ofMinutes(18)))
              : dice.between(Duration.ofDays(2), Duration.ofDays(5));
      boolean late = at.compareTo(Duration.ofDays(2)) >= 0;
      String key = "unhappy-" + time;
      beside(() -> {
        world.timeline().sleep(at.minus(world.timeline().elapsed()));
        complain(key, late);
      });
    }
  }

  /** What the shop takes back, and how much of it. */
  private void policy() {
    var policy = new LinkedHashMap<String, Object>();
    policy.put("window_days", dice.between(1, 20));
    policy.put("arrival_days", dice.between(1, 8));
    policy.put("approves", dice.chance(0.5));
    policy.put("fee_percent", dice.chance(0.4) ? dice.between(1, 33) : 0);
    if (dice.chance(0.3)) {
      policy.put("refund_to", "store_credit");
    }
    if (dice.chance(0.5)) {
      policy.put("labels", dice.pick(List.of("always", "faults")));
      policy.put("label_days", dice.between(1, 10));
    }
    policy.put("rules", List.of(new TreeMap<>(
        Map.of("outcome", "not_restocked", "fault", "customer", "refund_percent", dice.between(0, 100)))));
    insist(STUBBORN, Set.of(200, 201),
        () -> put("catalog:write", "/channels/" + Shop.CHANNEL + "/return-policy", policy));
  }

  /** What has left of an order: what is in its parcels, as it was packed. */
  private record Delivery(String order, String parcel, boolean arrived, List<Document> lines) {}

  private List<Delivery> deliveries() {
    Set<String> orders = Set.copyOf(world.expected().values());
    return world.store().items("OrdersTable").stream().map(Document::new)
        .filter(it -> it.text("sk").startsWith("par_") && it.has("tracking_number") && orders.contains(it.text("pk")))
        .map(it -> new Delivery(it.text("pk"), it.text("sk"), it.child("scan").text("status").equals("delivered"),
            it.child("parcel").children("lines")))
        .sorted(java.util.Comparator.comparing(Delivery::parcel)).toList();
  }

  private void complain(String key, boolean late) {
    List<Delivery> all = deliveries();
    List<Delivery> arrived = all.stream().filter(Delivery::arrived).toList();
    boolean never = dice.chance(0.15);
    List<Delivery> which = never || arrived.isEmpty() ? all : arrived;
    if (which.isEmpty() || arrived.isEmpty() && !never && dice.chance(0.8)) {
      return;
    }
    Delivery delivery = dice.pick(which);
    boolean claims = never || dice.chance(0.4);
    if (claims) {
      claim(key, delivery, never);
    } else {
      giveBack(key, delivery, late);
    }
    if (dice.chance(0.35)) { // once more, whatever became of it
      sleep(Duration.ZERO, Duration.ofMinutes(6));
      if (dice.chance(0.5)) {
        claim(key + "-more", delivery, never);
      } else {
        giveBack(key + "-more", delivery, late);
      }
    }
  }

  private void giveBack(String key, Delivery of, boolean late) {
    boolean operates = dice.chance(0.4);
    boolean exchanges = !late && dice.chance(0.4);
    var lines = new ArrayList<Map<String, Object>>();
    for (Document line : some(of.lines())) {
      var asked = new TreeMap<String, Object>();
      asked.put("line_id", line.text("line_id"));
      asked.put("quantity", units(line));
      asked.put("reason", dice.pick(List.of("unwanted", "size_too_small", "defective")));
      if (exchanges && dice.chance(0.8)) {
        asked.put("exchange", instead(operates));
      }
      lines.add(asked);
    }
    var form = new LinkedHashMap<String, Object>();
    form.put("order_id", of.order());
    form.put("lines", lines);
    if (operates && exchanges && dice.chance(0.5)) {
      form.put("in_advance", true);
    }
    if (dice.chance(0.3)) { // also where the policy says otherwise
      form.put("refund_to", dice.pick(REFUND_TO));
    }
    if (operates && dice.chance(0.2)) {
      form.put("override_reason", "A good customer");
    }
    tell("asks to return %s of %s", lines, of.order());
    ask("/returns", operates ? OPERATE : CUSTOMER, key, form);
    if (exchanges) {
      beside(() -> payDifference(of.order()));
    }
  }

  private Map<String, Object> instead(boolean operates) {
    return !operates || dice.chance(0.4)
        ? Map.of()
        : new TreeMap<>(Map.of("sku", dice.pick(shop.skus()), "unit_price", dice.pick(List.of(700, 1000, 1300))));
  }

  private void claim(String key, Delivery of, boolean never) {
    var lines = new ArrayList<Map<String, Object>>();
    for (Document line : some(of.lines())) {
      lines.add(new TreeMap<>(Map.of("line_id", line.text("line_id"), "quantity", units(line), "reason",
          never ? "never_arrived" : dice.pick(List.of("damaged", "damaged", "wrong", "missing")))));
    }
    var form = new LinkedHashMap<String, Object>();
    form.put("order_id", of.order());
    form.put("lines", lines);
    form.put("wish", dice.pick(List.of("refund", "replacement", "refund_and_replacement", "store_decides")));
    if (never) {
      form.put("parcel_id", of.parcel());
    }
    tell("claims %s of %s", lines, of.parcel());
    ask("/claims", CUSTOMER, key, form);
  }

  private List<Document> some(List<Document> lines) {
    List<Document> some = lines.stream().filter(_ -> dice.chance(0.7)).limit(3).toList();
    return some.isEmpty() ? List.of(dice.pick(lines)) : some;
  }

  private long units(Document line) {
    int all = Math.toIntExact(line.number("quantity"));
    return dice.chance(0.1) ? all + 1 : dice.between(1, all);
  }

  private void ask(String path, String scopes, String key, Map<String, Object> form) {
    Runnable asking = () -> insist(dice.chance(0.8) ? STUBBORN : 1, ASKED, () -> post(scopes, path, key, form));
    if (dice.chance(0.25)) {
      beside(asking);
    }
    asking.run();
  }

  /** What is sent instead may cost more: some pay that, by a transfer. */
  private void payDifference(String order) {
    if (!dice.chance(0.6)) {
      return;
    }
    sleep(Duration.ofMinutes(3), Duration.ofMinutes(50));
    for (String instead : List.copyOf(world.expected().values())) {
      Document content = Document.of(world.store(), "OrdersTable", instead, "content");
      if (content.text("replaces").equals(order)) {
        pay(instead);
      }
    }
  }

  private void pay(String order) {
    Optional<Answer> found = insist(STUBBORN, Set.of(200, 404), () -> get(OPERATE, "/orders/" + order, Map.of()));
    found.filter(it -> "pending".equals(it.json().get("payment_status"))).ifPresent(it -> {
      var transfer = new LinkedHashMap<String, Object>();
      transfer.put("provider", "external");
      transfer.put("method", "bank_transfer");
      transfer.put("reference", "DIFF-" + order);
      transfer.put("amount", it.json().get("total"));
      transfer.put("status", "captured");
      tell("pays what %s costs more", order);
      insist(STUBBORN, PAID, () -> post(OPERATE, "/orders/" + order + "/payments", "difference-" + order, transfer));
    });
  }
}
