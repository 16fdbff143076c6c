package waybill.simulation.payments;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Somebody who sees to the money of orders: grants parts of it back, hears of frauds and disputes, names money that came elsewhere, and
 * releases the holds that follow from all that.
 */
public final class Accountant extends Actor {
  private static final String OPERATE = "orders:operate";
  /** The order may not be there yet, be cancelled, have too little, or be held for something else by now. */
  private static final Set<Integer> ANSWERS = Set.of(200, 404, 409, 422);
  /** So small that an order that is paid stays paid, whatever becomes of it. */
  private static final int SMALL = 60;
  private static final int MOST = 6;

  private final PaymentProvider provider;
  private int requests;

  public Accountant(World world, PaymentProvider provider) {
    super("accountant", world);
    this.provider = provider;
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 0; time < times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(20));
      List<String> orders = List.copyOf(world.expected().values());
      if (!orders.isEmpty()) {
        String order = dice.pick(orders);
        if (dice.chance(0.5)) {
          refund(order);
        } else {
          find(order).ifPresent(this::alert);
        }
      }
    }
  }

  private Optional<Map<String, Object>> find(String order) {
    return insist(STUBBORN, Set.of(200, 404), () -> get(OPERATE, "/orders/" + order, Map.of()))
        .filter(it -> it.status() == 200).map(Answer::json);
  }

  private void refund(String order) {
    String kind = dice.chance(0.5) ? "goodwill" : "refund";
    long amount = dice.between(1, SMALL);
    String key = "refund-" + ++requests;
    boolean paid = find(order).filter(it -> "paid".equals(it.get("payment_status"))).isPresent();
    if (paid) {
      tell("refunds %d of %s", amount, order);
      Runnable asking = () -> insist(STUBBORN, ANSWERS, () -> post(OPERATE, "/orders/" + order + "/refunds", key,
          Map.of("kind", kind, "amount", amount)));
      if (dice.chance(0.3)) {
        beside(asking);
      }
      asking.run();
    }
  }

  /** Something is reported of one of its payments at Stripe. */
  private void alert(Map<String, Object> order) {
    List<String> taken = objects(order, "payments").filter(it -> "stripe".equals(it.get("provider")))
        .filter(it -> ((Number) it.get("captured")).longValue() > 0).map(it -> (String) it.get("reference")).toList();
    if (!taken.isEmpty()) {
      beside(() -> provider.alert(dice.pick(taken), ++requests));
    }
  }

  /** A customer who pays nothing at the provider pays by a bank transfer. */
  public void takeElsewhere(String order) {
    Optional<Map<String, Object>> found = find(order).filter(it -> "pending".equals(it.get("payment_status")));
    if (found.isEmpty()) {
      return;
    }
    tell("names a transfer of %s", order);
    Map<String, Object> transfer = Map.of("provider", "external", "method", "bank_transfer", "reference", "BT-" + order,
        "amount", found.get().get("total"));
    Optional<Answer> named = insist(STUBBORN, ANSWERS,
        () -> post(OPERATE, "/orders/" + order + "/payments", "transfer-" + order, transfer));
    if (named.isPresent() && named.get().status() == 200 && dice.chance(0.7)) {
      objects(named.get().json(), "payments")
          .filter(it -> transfer.get("reference").equals(it.get("reference"))).map(it -> (String) it.get("id"))
          .findFirst().ifPresent(payment -> beside(() -> {
            sleep(Duration.ofMinutes(1), Duration.ofHours(30));
            tell("says that the transfer of %s has come", order);
            insist(STUBBORN, ANSWERS, () -> post(OPERATE, "/orders/" + order + "/payments/" + payment + "/captures",
                "came-" + order, Map.of()));
          }));
    }
  }

  /** Releases each hold that can be, but for what a bank has refused for good now and then. */
  public void settle() {
    for (String order : List.copyOf(world.expected().values())) {
      beside(() -> find(order).ifPresent(it -> objects(it, "holds").forEach(hold -> settle(order, hold))));
    }
  }

  private void settle(String order, Map<String, Object> hold) {
    Optional<String> resolution = ((List<?>) hold.get("resolutions")).stream().map(String.class::cast)
        .filter(Set.of("accept_loss", "refund_again")::contains).findFirst();
    if (resolution.isPresent() && (resolution.get().equals("accept_loss") || dice.chance(0.5))) {
      tell("releases %s of %s with %s", hold.get("reason"), order, resolution.get());
      var form = new LinkedHashMap<String, Object>(Map.of("note", "Seen to", "resolution", resolution.get()));
      String key = "settle-" + ++requests;
      insist(STUBBORN, ANSWERS,
          () -> post(OPERATE, "/orders/" + order + "/holds/" + hold.get("id") + "/release", key, form));
    }
  }

  private static Stream<Map<String, Object>> objects(Map<String, Object> tree, String name) {
    return ((List<?>) tree.get(name)).stream().map(Json::object);
  }
}
