package waybill.simulation.catalog;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import waybill.local.providers.Providers;
import waybill.simulation.cloud.Cloud;
import waybill.simulation.engine.Dice;
import waybill.simulation.providers.SimulatedReceiver;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** The shop that all of it is about: its channel, its warehouses, what it sells, and what there was of it at first. */
public final class Shop extends Actor {
  public static final String CHANNEL = "shop";
  public static final String POOL = "pool";
  public static final String CURRENCY = "EUR";
  /** Sold, but never shipped. */
  public static final String VOUCHER = "VOUCHER";
  /** Stocked, but never sold. */
  public static final String HOARD = "HOARD";
  /** Packed out of two others, or of two of one. */
  public static final String KIT = "KIT";
  /** Assembled out of what is sold alone, too, in some shops. */
  public static final String HAMPER = "HAMPER";
  /** Counted by lots, which expire, in some shops. */
  public static final String CREAM = "CREAM";
  /** Sold before they are there, in some shops: one comes late, and the other later. */
  public static final String PROMISED = "PROMISED";
  public static final String AWAITED = "AWAITED";
  /** So many units of what is promised are there at first. */
  public static final int STOCKED = 3;
  private static final double SHOPS_AHEAD = 0.4;
  private static final double ASSEMBLING_SHOPS = 0.35;
  private static final double LOT_SHOPS = 0.4;
  /** How many of the shops with several locations say what their parcels cost. */
  private static final double PRICED_SHOPS = 0.4;
  private static final double WAITING_SHOPS = 0.3;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final List<String> CAPTURES = List.of("on_authorization", "on_dispatch", "on_dispatch", "manual");
  private static final List<String> WITHOUT_MULTICAPTURE = List.of("capture_all_at_first", "release_rest", "hold");
  private static final String SCOPES = "catalog:write stock:write";
  /** More than one transaction can move, and more than two. */
  private static final List<Integer> LARGE_RANGES = List.of(105, 105, 190);
  /** When the range is on sale, and everybody comes at once. */
  public static final Duration SALE = Duration.ofMinutes(3);

  private final List<String> locations;
  private final List<String> skus;
  private final List<String> range;
  private final String capture;
  private final String withoutMulticapture;
  private final boolean assembles;
  private final boolean sellsLots;
  private final boolean sellsAhead;
  private int freshLots;
  private final List<String> kept = new ArrayList<>();
  private final Map<String, Map<String, Object>> oversell = new LinkedHashMap<>();

  public Shop(World world) {
    super("shop", world);
    this.locations = names("warehouse-", dice.between(1, 3));
    this.skus = names("SKU-", dice.between(1, 3));
    this.capture = dice.named("capture").pick(CAPTURES);
    this.withoutMulticapture = dice.named("multicapture").pick(WITHOUT_MULTICAPTURE);
    this.range = dice.chance(world.weather().focus().contains("Stock") ? 0.35 : 0.02)
        ? names("RANGE-", dice.pick(LARGE_RANGES))
        : List.of();
    this.assembles = dice.named("hampers").chance(ASSEMBLING_SHOPS);
    this.sellsLots = dice.named("lots").chance(LOT_SHOPS);
    this.sellsAhead = dice.named("ahead").chance(SHOPS_AHEAD);
    oversell(dice.named("oversell"));
    for (String sku : sellsAhead ? List.of(PROMISED, AWAITED) : List.<String>of()) {
      oversell.put(sku, Map.of("policy", "backorder", "limit", 12));
    }
  }

  /** Most shops sell some products before they have them. */
  private void oversell(Dice thrown) {
    boolean sellsAhead = thrown.chance(0.75);
    for (String sku : skus) {
      int limit = thrown.between(1, 12);
      String out = world.timeline().instant().plus(thrown.between(Duration.ofHours(1), Duration.ofDays(3))).toString();
      boolean ahead = thrown.chance(0.8);
      boolean later = thrown.chance(0.3);
      if (sellsAhead && ahead) {
        oversell.put(sku, later
            ? Map.of("policy", "preorder", "limit", limit, "available_from", out)
            : Map.of("policy", "backorder", "limit", limit));
      }
    }
  }

  /** What is only bought all together, one of each; empty where the shop has no such range. */
  public List<String> range() {
    return range;
  }

  private static List<String> names(String prefix, int count) {
    var names = new ArrayList<String>();
    for (int i = 1; i <= count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  public List<String> locations() {
    return locations;
  }

  /** What is shipped. */
  public List<String> skus() {
    return skus;
  }

  /** Whether it sells hampers. */
  public boolean assembles() {
    return assembles;
  }

  /** Whether it sells what is counted by lots. */
  public boolean sellsLots() {
    return sellsLots;
  }

  /** Whether it sells what it learns is late. */
  public boolean sellsAhead() {
    return sellsAhead;
  }

  /** What orders may wait for. */
  public List<String> counted() {
    return Stream
        .of(skus.stream(), Stream.of(PROMISED, AWAITED).filter(_ -> sellsAhead),
            Stream.of(HAMPER).filter(_ -> assembles), Stream.of(CREAM).filter(_ -> sellsLots))
        .flatMap(it -> it).toList();
  }

  /** The day so many days from now, where the warehouses are. */
  public String day(int days) {
    return LocalDate.ofInstant(world.timeline().instant(), ZONE).plusDays(days).toString();
  }

  /** Units that come; of what is counted by lots, of a new one that is good for long. */
  public Map<String, Object> received(String sku, String location, int units) {
    return sku.equals(CREAM)
        ? received(location, units, "FRESH-" + ++freshLots, 60)
        : received(location, units, null, 0);
  }

  /** @param days after which the lot is good no more */
  public Map<String, Object> received(String location, int units, String lot, int days) {
    var adjustment = new LinkedHashMap<String, Object>();
    adjustment.put("location_id", location);
    adjustment.put("quantity", units);
    adjustment.put("reason", "received");
    if (lot != null) {
      adjustment.put("lot", lot);
      adjustment.put("expires_on", day(days));
    }
    return adjustment;
  }

  /** As it calls who buys under this name. */
  public static String customer(String name) {
    return "c-" + name;
  }

  /** A kit costs what it is packed out of costs. */
  public static long price(String sku) {
    return switch (sku) {
      case VOUCHER -> 2500;
      case KIT -> 2000;
      default -> 1000;
    };
  }

  @Override
  public void live() {
    must(put(SCOPES, "/channels/" + CHANNEL, channel()));
    must(put("orders:operate", "/webhook-endpoints/follower", Map.of("url", SimulatedReceiver.URL)));
    locations.forEach(it -> must(put(SCOPES, "/locations/" + it, location(true))));
    Dice prices = dice.named("sourcing");
    if (locations.size() > 1 && prices.chance(PRICED_SHOPS)) {
      must(put(SCOPES, "/sourcing-rules/" + POOL, sourcing(prices)));
    }
    skus.forEach(it -> must(put(SCOPES, "/products/" + it, product(it))));
    must(put(SCOPES, "/products/" + VOUCHER, product(VOUCHER)));
    must(put(SCOPES, "/products/" + KIT, kit(false)));
    must(put(SCOPES, "/products/" + HOARD, product(HOARD)));
    if (assembles) {
      must(put(SCOPES, "/products/" + HAMPER, hamper()));
    }
    if (sellsAhead) {
      must(put(SCOPES, "/products/" + PROMISED, product(PROMISED)));
      must(put(SCOPES, "/products/" + AWAITED, product(AWAITED)));
      receive(PROMISED, locations.getFirst(), STOCKED);
    }
    if (sellsLots) {
      sellCream(dice.named("creams"));
    }
    for (String sku : range) {
      must(put(SCOPES, "/products/" + sku, product(sku)));
      receive(sku, locations.getFirst(), range.getLast().equals(sku) ? 1 : 2);
    }
    for (String sku : skus) {
      for (String location : locations) {
        int range = dice.below(8);
        int units = oversell.containsKey(sku) ? range % 3 : range;
        if (units > 0) {
          receive(sku, location, units);
        }
      }
    }
  }

  private void sellCream(Dice thrown) {
    must(put(SCOPES, "/products/" + CREAM, cream(thrown.below(2), thrown.chance(0.5))));
    for (String location : locations) {
      for (String lot : List.of("EARLY", "LATE")) {
        int units = thrown.below(5);
        if (units > 0) {
          must(post(SCOPES, "/stock/" + CREAM + "/adjustments", lot + location,
              received(location, units, lot, lot.equals("EARLY") ? 2 : 40)));
        }
      }
    }
  }

  /** A checkout has units under this id. */
  public void keep(String reservation) {
    kept.add(reservation);
  }

  /** The reservations that checkouts made, the first first. */
  public List<String> kept() {
    return kept;
  }

  private void receive(String sku, String location, int units) {
    must(post(SCOPES, "/stock/" + sku + "/adjustments", sku + location,
        Map.of("location_id", location, "quantity", units, "reason", "received")));
  }

  /** Somebody saves what nobody has changed. */
  public void putAgain(Dice thrown) {
    Set<Integer> saved = Set.of(200, 201);
    if (thrown.named("kit").chance(0.3)) {
      // What is ordered already is packed out of what it was.
      insist(STUBBORN, saved, () -> put(SCOPES, "/products/" + KIT, kit(thrown.named("other").chance(0.5))));
      return;
    }
    switch (thrown.below(3)) {
      case 0 -> insist(STUBBORN, saved, () -> put(SCOPES, "/channels/" + CHANNEL, channel()));
      case 1 -> insist(STUBBORN, saved, () -> put(SCOPES, "/locations/" + locations.getFirst(), location(true)));
      default -> insist(STUBBORN, saved, () -> put(SCOPES, "/products/" + skus.getFirst(), product(skus.getFirst())));
    }
  }

  /** No order is sent there from now on. */
  void close(String location) {
    insist(STUBBORN, Set.of(200), () -> put(SCOPES, "/locations/" + location, location(false)));
  }

  void open(String location) {
    insist(STUBBORN, Set.of(200), () -> put(SCOPES, "/locations/" + location, location(true)));
  }

  /** Somebody opens a channel and a warehouse that nobody uses yet, and lists what nobody buys. @param number of what is new */
  public void putNew(Dice thrown, int number) {
    Set<Integer> saved = Set.of(200, 201);
    switch (thrown.below(3)) {
      case 0 -> insist(STUBBORN, saved, () -> put(SCOPES, "/channels/channel-" + number, channel()));
      case 1 -> insist(STUBBORN, saved, () -> put(SCOPES, "/locations/annex-" + number, location(false)));
      default -> insist(STUBBORN, saved, () -> put(SCOPES, "/products/NEW-" + number, product("NEW-" + number)));
    }
  }

  private void must(java.util.Optional<Cloud.Answer> answer) {
    if (answer.isEmpty() || answer.get().status() >= 300) {
      throw new IllegalStateException("the shop cannot be set up: " + answer);
    }
  }

  private Map<String, Object> channel() {
    var channel = new LinkedHashMap<String, Object>();
    channel.put("name", "Shop");
    channel.put("currencies", List.of(CURRENCY));
    channel.put("locale", "de-DE");
    channel.put("time_zone", "Europe/Berlin");
    channel.put("mail_sender", "shop@example.com");
    channel.put("livemode", false);
    channel.put("payment_accounts", List.of(Map.of("provider", "stripe", "account", Providers.PAYMENT_ACCOUNT,
        "without_multicapture", withoutMulticapture)));
    channel.put("stock_pool", POOL);
    channel.put("minutes_to_pay", 30);
    channel.put("pay_url", "https://shop.example/pay/{reference}");
    channel.put("payment_reminder_minutes", 10);
    channel.put("capture", capture);
    channel.put("shipping_methods", List.of(method()));
    return channel;
  }

  private static Map<String, Object> method() {
    var zone = new LinkedHashMap<String, Object>();
    zone.put("countries", List.of("DE"));
    zone.put("min_days", 1);
    zone.put("max_days", 3);
    zone.put("prices", List.of(new TreeMap<>(Map.of("currency", CURRENCY, "amount", 0))));
    var method = new LinkedHashMap<String, Object>();
    method.put("code", "standard");
    method.put("name", "Standard");
    method.put("zones", List.of(zone));
    return method;
  }

  private static Map<String, Object> location(boolean active) {
    return Map.of("name", "Warehouse", "address",
        Map.of("company", "Shop GmbH", "line1", "Speicherweg 12", "city", "Leipzig", "postal_code", "04129", "country",
            "DE"),
        "time_zone", "Europe/Berlin", "active", active, "stock_pool", POOL);
  }

  /** Parcels cost more from one location than from another, and some keep a unit back; all send them everywhere that orders go to. */
  private Map<String, Object> sourcing(Dice thrown) {
    var rules = new TreeMap<String, Object>(Map.of("currency", "EUR", "extra_parcel_cost", thrown.below(200)));
    if (thrown.chance(WAITING_SHOPS)) {
      rules.put("split", Map.of("margin_percent", 1 + thrown.below(30), "wait_days", 1));
    }
    rules.put("locations", locations.stream().map(it -> {
      var reach = new TreeMap<String, Object>(Map.of("countries", List.of("DE", "AT")));
      reach.put("parcel_cost", thrown.below(900));
      reach.put("days", thrown.below(4));
      return new TreeMap<String, Object>(
          Map.of("location_id", it, "keep_back", thrown.below(2), "ships_to", List.of(reach)));
    }).toList());
    return rules;
  }

  /** @param other whether it is packed out of something else */
  private Map<String, Object> kit(boolean other) {
    List<String> parts = other || skus.size() == 1 ? List.of(skus.getLast()) : List.of(skus.getFirst(), skus.getLast());
    return Map.of("name", "Set", "components",
        parts.stream().map(it -> Map.of("sku", it, "quantity", 2 / parts.size())).toList());
  }

  /** Those who want it wait until it is made. */
  private Map<String, Object> hamper() {
    return Map.of("name", "Hamper", "sold_from", "stock", "oversell", Map.of("policy", "backorder", "limit", 4),
        "components", skus.stream().map(it -> Map.of("sku", it, "quantity", 1)).toList());
  }

  private static Map<String, Object> cream(int minimumLifeDays, boolean ahead) {
    var product = new LinkedHashMap<String, Object>();
    product.put("name", "Cream");
    product.put("weight_grams", 100);
    product.put("lot_tracked", true);
    product.put("expires", true);
    product.put("minimum_life_days", minimumLifeDays);
    if (ahead) {
      product.put("oversell", new TreeMap<>(Map.of("policy", "backorder", "limit", 4)));
    }
    return product;
  }

  private Map<String, Object> product(String sku) {
    var product = new LinkedHashMap<String, Object>(
        Map.of("name", "Thing", "weight_grams", 200, "requires_shipping", !sku.equals(VOUCHER)));
    if (oversell.containsKey(sku)) {
      product.put("oversell", oversell.get(sku));
    }
    return product;
  }
}
