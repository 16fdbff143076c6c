package waybill.simulation.returns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import waybill.simulation.catalog.Shop;
import waybill.simulation.world.Actor;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/**
 * The people who see to what comes back: they approve, reject and cancel, count in parts and at any location, decide what becomes of units, deny claims
 * and make them good; in any order, some of it twice at once or with other words. In calm times they come to an end with all of it.
 */
public final class ReturnsClerk extends Actor {
  private static final String SCOPES = "orders:operate";
  private static final String WAREHOUSE = "fulfillment:work";
  /** Somebody was faster, it is over already, or it was never so many. */
  private static final Set<Integer> ANSWERS = Set.of(200, 201, 409, 412, 422);
  private static final int TURNS = 8;
  private static final Duration TROUBLE = Duration.ofMinutes(22);
  private static final Duration TROUBLE_AGAIN = Duration.ofMinutes(26 * 60);

  private final Shop shop;
  private int requests;

  public ReturnsClerk(World world, Shop shop) {
    super("returns-clerk", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    for (int turn = 0; turn < 2 * TURNS; turn++) {
      Duration at = (turn < TURNS ? TROUBLE : TROUBLE_AGAIN).plus(dice.between(Duration.ZERO, Duration.ofMinutes(45)));
      beside(() -> {
        world.timeline().sleep(at.minus(world.timeline().elapsed()));
        turn();
      });
    }
  }

  private List<Document> orders() {
    return world.store().items("ReturnsTable").stream().map(Document::new).filter(it -> it.text("sk").equals("returns"))
        .sorted(java.util.Comparator.comparing((Document it) -> it.text("pk"))).toList();
  }

  private void turn() {
    List<Document> returns = orders().stream().flatMap(it -> it.children("all").stream())
        .filter(it -> !it.has("ended")).toList();
    boolean any = dice.chance(0.15);
    List<Document> claims = orders().stream().flatMap(it -> it.children("claims").stream())
        .filter(it -> any || isOpen(it)).toList();
    if (!claims.isEmpty() && (returns.isEmpty() || dice.chance(0.5))) {
      claim(dice.pick(claims), true);
    } else if (!returns.isEmpty()) {
      step(dice.pick(returns));
    }
  }

  /** Something of what could be done about it, or should not. */
  private void step(Document it) {
    if (!it.has("permitted")) {
      decide(it, dice.pick(List.of("approve", "approve", "approve", "reject", "cancel")));
      return;
    }
    switch (dice.below(10)) {
      case 0 -> decide(it, dice.pick(List.of("cancel", "approve", "reject")));
      case 1 -> exchange(it, dice.pick(List.of("waive", "charge", "write_off", "refund")));
      case 2 -> label(it, dice.pick(List.of("buy", "buy", "void")));
      case 3, 4 -> {
        dispose(it, false);
        if (dice.chance(0.4)) {
          dispose(it, false);
        }
      }
      default -> {
        receive(it, false);
        if (dice.chance(0.6)) {
          sleep(Duration.ZERO, Duration.ofMinutes(2));
          dispose(fresh(it), false);
        }
      }
    }
  }

  private Document fresh(Document it) {
    return orders().stream().flatMap(one -> one.children("all").stream())
        .filter(one -> one.text("id").equals(it.text("id"))).findFirst().orElseThrow();
  }

  private void decide(Document it, String decision) {
    ask(SCOPES, "/returns/" + it.text("id") + "/decision", new TreeMap<>(Map.of("decision", decision)));
  }

  private void exchange(Document it, String decision) {
    if (it.has("exchange")) {
      ask(SCOPES, "/returns/" + it.text("id") + "/exchange", new TreeMap<>(Map.of("decision", decision)));
    }
  }

  private void label(Document it, String decision) {
    var form = new TreeMap<String, Object>(Map.of("decision", decision));
    if (decision.equals("buy") && dice.chance(0.4)) {
      form.put("location_id", dice.pick(shop.locations()));
    }
    ask(SCOPES, "/returns/" + it.text("id") + "/label", form);
  }

  /** @param all whether all that is still expected has come */
  private void receive(Document it, boolean all) {
    var lines = new ArrayList<Map<String, Object>>();
    for (Document line : it.children("lines")) {
      int announced = Math.toIntExact(line.number("quantity"));
      long expected = announced - received(it, line) - missing(it, line);
      long came = all
          ? expected
          : dice.chance(0.15) ? dice.between(1, announced + 1) : Math.min(expected, dice.between(0, announced));
      if (came > 0) {
        lines.add(new TreeMap<>(Map.of("line_id", line.text("line_id"), "quantity", came)));
      }
    }
    var form = new LinkedHashMap<String, Object>();
    form.put("location_id", dice.pick(shop.locations()));
    form.put("lines", lines);
    if (!all && dice.chance(0.1)) {
      form.put("unexpected", List.of(new TreeMap<>(Map.of("sku", dice.pick(shop.skus()), "quantity", 1))));
    }
    if (it.has("expired_at") && dice.chance(0.7)) {
      form.put("accept_late", true);
    }
    if (!lines.isEmpty() || form.containsKey("unexpected")) {
      ask(form.containsKey("accept_late") ? SCOPES : WAREHOUSE, "/returns/" + it.text("id") + "/receipts", form);
    }
  }

  private static Stream<Document> lines(Document it, String of) {
    return it.children(of).stream().flatMap(one -> one.children("lines").stream());
  }

  private static long received(Document it, Document line) {
    return lines(it, "receipts").filter(one -> one.text("line_id").equals(line.text("line_id")))
        .mapToLong(one -> one.number("quantity")).sum();
  }

  private static long missing(Document it, Document line) {
    return lines(it, "disposals").filter(one -> one.text("line_id").equals(line.text("line_id")) && !one.has("to"))
        .mapToLong(one -> one.number("quantity")).sum();
  }

  /** @param all whether all is decided that was counted */
  private void dispose(Document it, boolean all) {
    for (String location : shop.locations()) {
      var lines = new ArrayList<Map<String, Object>>();
      for (Document line : it.children("lines")) {
        String id = line.text("line_id");
        long counted = it.children("receipts").stream().filter(one -> one.text("location").equals(location))
            .flatMap(one -> one.children("lines").stream()).filter(one -> one.text("line_id").equals(id))
            .mapToLong(one -> one.number("quantity")).sum();
        long left = counted - it.children("disposals").stream().filter(one -> one.text("location").equals(location))
            .flatMap(one -> one.children("lines").stream())
            .filter(one -> one.text("line_id").equals(id) && one.has("to")).mapToLong(one -> one.number("quantity"))
            .sum();
        long units = all || left <= 0 ? left : dice.between(1, Math.toIntExact(left) + (dice.chance(0.1) ? 1 : 0));
        if (units > 0) {
          lines.add(disposed(it, line, units));
        }
        if (!all && dice.chance(0.08)) {
          lines.add(new TreeMap<>(Map.of("line_id", id, "quantity", 1, "outcome", "missing")));
        }
      }
      if (!lines.isEmpty()) {
        var form = new LinkedHashMap<String, Object>();
        form.put("location_id", location);
        form.put("lines", lines);
        boolean operates = lines.stream().anyMatch(one -> one.containsKey("override"));
        ask(operates ? SCOPES : WAREHOUSE, "/returns/" + it.text("id") + "/dispositions", form);
      }
    }
  }

  private Map<String, Object> disposed(Document it, Document line, long units) {
    var disposed = new TreeMap<String, Object>();
    disposed.put("line_id", line.text("line_id"));
    disposed.put("quantity", units);
    disposed.put("outcome", dice.pick(List.of("restocked", "restocked", "not_restocked", "quarantined")));
    disposed.put("fault", dice.pick(List.of("nobody", "customer", "shop", "carrier")));
    if (line.text("sku").equals(Shop.CREAM)) {
      disposed.put("lot", disposed.get("outcome").equals("restocked") || dice.chance(0.5) ? "LATE" : "EARLY");
    }
    if (!it.text("source").equals("compensated") && dice.chance(0.15)) {
      disposed.put("override", new TreeMap<>(Map.of("refund_percent", dice.between(0, 100), "reason", "By word")));
    }
    return disposed;
  }

  /** @param any whether also something that should not be done */
  private void claim(Document it, boolean any) {
    String path = "/claims/" + it.text("id");
    if (it.has("found") && it.has("resolution") && !it.has("choice")) {
      ask(SCOPES, path + "/decision", new TreeMap<>(Map.of("decision", dice.pick(List.of("keep", "pay", "return")))));
    } else if (any && dice.chance(0.3) || it.has("found")) {
      ask(SCOPES, path + "/decision",
          new TreeMap<>(Map.of("decision",
              it.has("found") ? "deny" : dice.pick(List.of("approve", "approve", "approve", "deny", "keep")))));
    } else if (any || !it.has("denied") && !isMadeGood(it)) {
      ask(SCOPES, path + "/resolution", resolution(it, true));
    }
  }

  private static boolean isMadeGood(Document claim) {
    Document by = claim.child("resolution");
    return by.exists() && (!by.has("refused") || !by.text("remedy").equals("refund"));
  }

  private Map<String, Object> resolution(Document it, boolean sends) {
    var form = new LinkedHashMap<String, Object>();
    form.put("remedy", sends ? dice.pick(List.of("refund", "replacement", "refund_and_replacement")) : "refund");
    if (!form.get("remedy").equals("replacement") && dice.chance(0.3)) {
      form.put("amount", dice.between(1, 900));
    }
    if (!form.get("remedy").equals("replacement") && dice.chance(0.3)) {
      form.put("refund_to", "store_credit");
    }
    boolean damaged = it.children("lines").stream().anyMatch(one -> one.text("reason").equals("damaged"));
    if (damaged && dice.chance(0.4)) {
      form.put("send_back", true);
    }
    it.children("lines").stream().filter(one -> one.text("reason").equals("wrong")).findFirst()
        .filter(_ -> dice.chance(0.6)).ifPresent(wrong -> {
          form.put("sent_instead", List.of(new TreeMap<>(Map.of("line_id", wrong.text("line_id"), "sku",
              Shop.HOARD, "quantity", 1))));
          form.put("location_id", dice.pick(shop.locations()));
          if (dice.chance(0.5)) {
            form.put("send_back", true);
          }
        });
    return form;
  }

  private void ask(String scopes, String path, Map<String, Object> form) {
    String key = "desk-" + ++requests;
    tell("asks %s: %s", path, form);
    boolean twice = dice.chance(0.2);
    boolean otherwise = twice && dice.chance(0.3);
    String other = "desk-" + ++requests;
    Runnable asking = () -> insist(STUBBORN, ANSWERS, () -> post(scopes, path, key, form));
    if (twice) {
      beside(() -> insist(STUBBORN, ANSWERS, () -> post(scopes, path, otherwise ? other : key, form)));
    }
    asking.run();
  }

  /**
   * Sees to everything that waits for somebody.
   *
   * @param sends whether there is time for what would be sent now to arrive
   */
  public void settle(boolean sends) {
    for (Document order : orders()) {
      beside(() -> {
        order.children("claims").forEach(it -> settleClaim(it, sends));
        order.children("all").stream().filter(it -> !it.has("ended")).forEach(it -> settle(it, sends));
      });
    }
  }

  /** Whether it waits for a person. */
  private static boolean isOpen(Document claim) {
    return !claim.has("denied") && !claim.has("choice") && (!isMadeGood(claim) || claim.has("found"));
  }

  private void settleClaim(Document it, boolean sends) {
    if (!isOpen(it)) {
      return;
    }
    if (sends || it.has("found")) {
      claim(it, false);
    } else {
      ask(SCOPES, "/claims/" + it.text("id") + "/resolution", resolution(it, false));
    }
  }

  private void settle(Document it, boolean sends) {
    if (!it.has("permitted")) {
      decide(it, sends && dice.chance(0.8) ? "approve" : "reject");
      return;
    }
    if (it.child("label").has("failure")) {
      label(it, dice.pick(List.of("buy", "void")));
    }
    if (it.has("exchange") && !sends) {
      exchange(it, "refund");
      exchange(it, it.has("expired_at") && dice.chance(0.5) ? "write_off" : "charge");
      return;
    }
    exchange(it, "refund");
    if (dice.chance(0.7) && !it.has("expired_at")) {
      receive(it, true);
    }
    dispose(fresh(it), true);
    if (it.has("exchange") && it.has("expired_at")) {
      exchange(it, dice.chance(0.5) ? "charge" : "write_off");
    }
  }
}
