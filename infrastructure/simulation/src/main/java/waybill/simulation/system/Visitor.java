package waybill.simulation.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.simulation.catalog.Shop;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who looks at everything: orders, lists, stock, work, and the tracking pages that mails link to; puts again what is there, and something new. */
public final class Visitor extends Actor {
  private static final String SCOPES = "catalog:write orders:place orders:operate fulfillment:work stock:write";
  private static final Pattern TRACKING = Pattern.compile("https://shop\\.example(/tracking/[A-Za-z0-9_.-]+)");
  private static final int TURNS = 14;

  private final Shop shop;

  public Visitor(World world, Shop shop) {
    super("visitor", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    for (int turn = 0; turn < TURNS; turn++) {
      sleep(Duration.ofSeconds(10), Duration.ofMinutes(9));
      String path = dice.pick(pages());
      insist(STUBBORN, Set.of(200, 404), () -> get(SCOPES, path, Map.of()));
      if (dice.chance(0.4)) {
        shop.putAgain(dice);
      }
      if (dice.chance(0.3)) {
        shop.putNew(dice, turn);
      }
    }
  }

  private List<String> pages() {
    var pages = new ArrayList<>(List.of("/products", "/locations", "/channels/" + Shop.CHANNEL,
        "/products/" + shop.skus().getFirst(), "/stock/" + dice.pick(shop.skus()), "/stock/NEW-" + dice.below(TURNS)));
    for (String order : world.expected().values()) {
      pages.add("/orders/" + order);
      pages.add("/fulfillments/" + order.replaceFirst("ord", "ful") + "_1");
    }
    world.ses().sent().forEach(mail -> {
      Matcher link = TRACKING.matcher(mail.message().body().text().data());
      if (link.find()) {
        pages.add(link.group(1));
      }
    });
    return pages;
  }
}
