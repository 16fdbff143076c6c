package waybill.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import waybill.simulation.catalog.Caretaker;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.documents.Dispatcher;
import waybill.simulation.engine.Timeline;
import waybill.simulation.faults.Coverage;
import waybill.simulation.faults.Sabotage;
import waybill.simulation.fulfillment.Packer;
import waybill.simulation.incidents.Advocate;
import waybill.simulation.inventory.Assembler;
import waybill.simulation.inventory.Haulier;
import waybill.simulation.inventory.LotKeeper;
import waybill.simulation.inventory.Purchaser;
import waybill.simulation.inventory.StockKeeper;
import waybill.simulation.notifications.MailServers;
import waybill.simulation.orders.Checkout;
import waybill.simulation.orders.Clerk;
import waybill.simulation.orders.Editor;
import waybill.simulation.orders.Stockroom;
import waybill.simulation.payments.Accountant;
import waybill.simulation.payments.Benefactor;
import waybill.simulation.payments.Cashier;
import waybill.simulation.payments.PaymentProvider;
import waybill.simulation.returns.Returner;
import waybill.simulation.returns.ReturnsClerk;
import waybill.simulation.shipping.Driver;
import waybill.simulation.shipping.LabelSaver;
import waybill.simulation.system.Clockwork;
import waybill.simulation.system.Customer;
import waybill.simulation.system.Operator;
import waybill.simulation.system.Promiser;
import waybill.simulation.system.Visitor;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * One simulation: a shop, its customers and all that can happen to them in some days of trouble, then calm, in which everything
 * must come to its end.
 */
final class Simulation {
  private static final int MOST_STEPS = 2_000_000;
  private static final Duration TROUBLE = Duration.ofMinutes(70);
  private static final Duration TROUBLE_AGAIN = Duration.ofMinutes(20);
  private static final Duration PATIENCE = Duration.ofHours(25);
  private static final Duration TO_REST = Duration.ofMinutes(40);
  /** Longer than anybody's patience: of leases, sweeps and providers. */
  private static final List<Duration> CALM = List.of(Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofHours(26),
      Duration.ofDays(4), Duration.ofDays(14), Duration.ofHours(3), Duration.ofHours(3));

  /** Banks need their time after what people settle. */
  private static final Duration LAST_SETTLED = Duration.ofDays(4);

  /** What to simulate. @param left actors and faults that are left out, by name. */
  record Plan(long seed, Set<String> left, boolean traced, Sabotage sabotage) {
    static Plan of(long seed) {
      return new Plan(seed, Set.of(), false, Sabotage.none());
    }
  }

  /**
   * How it went.
   *
   * @param findings what was wrong, the first first; empty where all was well
   * @param steps how many calls to services there were
   */
  record Outcome(long seed, List<String> findings, List<String> actors, List<String> struck, int orders, long steps,
      Coverage coverage, List<String> history) {}

  private final Plan plan;
  private final Blueprint blueprint;
  private final World world;
  private final List<Actor> actors = new ArrayList<>();

  private Simulation(Blueprint blueprint, Plan plan) {
    this.plan = plan;
    this.blueprint = blueprint;
    this.world = new World(blueprint, plan.seed, plan.left, plan.traced, plan.sabotage);
  }

  static Outcome run(Blueprint blueprint, Plan plan) {
    var simulation = new Simulation(blueprint, plan);
    try (World world = simulation.world) {
      int orders = simulation.run();
      return new Outcome(plan.seed, world.findings(), simulation.actors.stream().map(Actor::name).toList(),
          world.weather().struck(), orders, world.coverage().calls(), world.coverage(), world.journal().lines());
    }
  }

  private int run() {
    var invariants = new Invariants(world);
    var shop = new Shop(world);
    world.begin(shop::live);
    until(() -> world.cloud().rests() && world.timeline().rests());

    var provider = new PaymentProvider(world);
    var driver = new Driver(world);
    var clockwork = new Clockwork(world, blueprint);
    var operator = new Operator(world);
    var accountant = new Accountant(world, provider);
    List<Packer> packers = shop.locations().stream().map(it -> new Packer(it, 1, world)).toList();
    int customers = world.dice().named("customers").between(5, 8);
    for (int number = 1; number <= customers; number++) {
      join(new Customer(number, world, shop, provider, accountant));
    }
    var keeper = new StockKeeper(world, shop);
    join(keeper);
    join(new Purchaser(world, shop));
    join(new Promiser(world, shop, provider, accountant));
    join(new Haulier(world, shop));
    join(new Assembler(world, shop));
    join(new LotKeeper(world, shop));
    join(new Checkout(world, shop));
    join(new Visitor(world, shop));
    join(new Clerk(world));
    join(new LabelSaver(world));
    join(new Advocate(world));
    var dispatcher = new Dispatcher(world, shop.locations());
    join(dispatcher);
    join(new Stockroom(world));
    var returns = new ReturnsClerk(world, shop);
    join(returns);
    join(new Returner(world, shop));
    join(accountant);
    var cashier = new Cashier(world);
    join(cashier);
    join(new Benefactor(world, customers));
    join(new Editor(world, shop.skus()));
    join(new Caretaker(world, shop));
    join(new MailServers(world));
    join(operator);
    packers.forEach(this::join);
    join(provider);
    join(driver);
    join(clockwork);

    Runnable routine = () -> {
      operator.redrive();
      clockwork.fireAll();
      packers.forEach(Packer::packOpen);
      keeper.replenish();
      cashier.settle();
      dispatcher.settle();
    };
    trouble(TROUBLE);
    // What waits for a day meets trouble too.
    pass(PATIENCE);
    invariants.afterADay();
    world.begin(routine);
    trouble(TROUBLE_AGAIN);
    boolean settles = true;
    for (Duration time : CALM) {
      pass(time);
      settles &= time.compareTo(LAST_SETTLED) <= 0;
      if (time.compareTo(PATIENCE) >= 0) {
        invariants.afterADay();
      }
      world.begin(routine);
      if (settles && !plan.left.contains(accountant.name())) {
        accountant.settle();
      }
      if (settles && !plan.left.contains(returns.name())) {
        returns.settle(time.compareTo(LAST_SETTLED) < 0);
      }
      pass(TO_REST);
    }
    clockwork.close();
    until(world.timeline()::rests);
    if (world.findings().isEmpty()) {
      invariants.atRest(driver.ends());
    }
    return customers;
  }

  /** Lets somebody live, unless they are left out. */
  private void join(Actor actor) {
    if (plan.left.contains(actor.name())) {
      return;
    }
    actors.add(actor);
    world.begin(actor::live);
  }

  private void trouble(Duration time) {
    world.weather().calm(false);
    pass(time);
    world.weather().calm(true);
  }

  private void pass(Duration time) {
    boolean[] over = new boolean[1];
    world.timeline().after(time, () -> over[0] = true);
    until(() -> over[0]);
  }

  /** Until it is so, or something is found. */
  private void until(BooleanSupplier end) {
    Timeline timeline = world.timeline();
    timeline.until(
        () -> !world.findings().isEmpty() || timeline.happened() > MOST_STEPS || end.getAsBoolean());
    if (timeline.happened() > MOST_STEPS && world.findings().isEmpty()) {
      world.find("it never comes to rest");
    }
  }
}
