package waybill.simulation.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import waybill.local.providers.Providers;
import waybill.local.providers.Signatures;
import waybill.local.providers.stripe.Stripe;
import waybill.local.providers.stripe.StripeLedger;
import waybill.platform.Json;
import waybill.shipping.Carriers;
import waybill.shipping.easypost.EasyPost;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.cloud.Cloud.Request;
import waybill.simulation.cloud.Cloud;
import waybill.simulation.cloud.SimulatedDynamo;
import waybill.simulation.cloud.SimulatedS3;
import waybill.simulation.cloud.SimulatedSes;
import waybill.simulation.cloud.SimulatedSqs;
import waybill.simulation.cloud.SimulatedSsm;
import waybill.simulation.engine.Dice;
import waybill.simulation.engine.Timeline;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Coverage;
import waybill.simulation.faults.Journal;
import waybill.simulation.faults.Sabotage;
import waybill.simulation.faults.Surroundings;
import waybill.simulation.faults.Weather;
import waybill.simulation.providers.SimulatedCarrier;
import waybill.simulation.providers.SimulatedReceiver;
import waybill.simulation.providers.SimulatedStripe;
import waybill.store.Store;

/** All that there is in one simulation: the cloud, what it is connected to, and the people and companies around it. */
public final class World implements AutoCloseable {
  /** In all personal data that people enter; nowhere else but in the order's own items and in mails. */
  public static final String PERSONAL = "Zyxwvut";

  /** Longer than a simulation. */
  private static final Duration MOST_FORGETFUL = Duration.ofDays(40);

  private final Dice dice;
  private final Timeline timeline = new Timeline();
  private final Coverage coverage = new Coverage();
  private final Journal journal;
  private final Weather weather;
  private final Store store;
  private final SimulatedSes ses;
  private final SimulatedS3 s3;
  private final SimulatedCarrier carrier;
  private final Stripe stripe;
  private final SimulatedReceiver receiver;
  private final Cloud cloud;
  private final Map<String, String> expected = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();
  private Consumer<StripeLedger.News> stripeNews = _ -> {};

  /**
   * @param left the faults that are left out, by name
   * @param traced whether its history is kept
   */
  public World(Blueprint blueprint, long seed, Set<String> left, boolean traced, Sabotage sabotage) {
    this.dice = new Dice(seed);
    this.journal = new Journal(timeline, traced);
    this.weather = new Weather(dice.named("weather"), timeline, blueprint.names(), left);
    this.store = new Store(blueprint.tables());
    var here = new Surroundings(timeline, weather, journal, coverage);
    var boundary = new Boundary(here);
    this.ses = new SimulatedSes(boundary);
    this.s3 = new SimulatedS3(boundary);
    Dice memory = dice.named("carrier");
    Duration forgetful = memory.chance(0.8) ? Duration.ZERO : memory.between(Duration.ofHours(1), MOST_FORGETFUL);
    Dice mood = dice.named("closed");
    Duration closed = mood.chance(0.8) ? Duration.ZERO : mood.between(Duration.ofMinutes(10), Duration.ofDays(2));
    this.carrier = new SimulatedCarrier(boundary, () -> timeline.elapsed().compareTo(forgetful) < 0,
        () -> timeline.elapsed().compareTo(closed) < 0, sabotage);
    Dice names = dice.named("stripe");
    this.stripe = new Stripe(timeline, new ObjectNode(JsonNodeFactory.instance), names::name, _ -> {},
        news -> news.forEach(it -> stripeNews.accept(it)));
    this.receiver = new SimulatedReceiver(boundary, weather, dice.named("receiver"));
    this.cloud = new Cloud(blueprint, here, dice.named("cloud"),
        new Cloud.Services(new SimulatedDynamo(store, boundary, sabotage), ses,
            new SimulatedSsm(blueprint.secrets(), boundary), s3,
            new SimulatedStripe(stripe, Map.of(Providers.PAYMENT_KEY, Providers.PAYMENT_ACCOUNT), boundary,
                dice.named("bank"), sabotage),
            new Carriers(List.of(carrier, new EasyPost())), receiver),
        cloud -> new SimulatedSqs(cloud::send, boundary, sabotage));
  }

  public SimulatedS3 s3() {
    return s3;
  }

  public Dice dice() {
    return dice;
  }

  public Timeline timeline() {
    return timeline;
  }

  public Coverage coverage() {
    return coverage;
  }

  public Journal journal() {
    return journal;
  }

  public Weather weather() {
    return weather;
  }

  public Store store() {
    return store;
  }

  public SimulatedSes ses() {
    return ses;
  }

  public SimulatedCarrier carrier() {
    return carrier;
  }

  public SimulatedReceiver receiver() {
    return receiver;
  }

  public Stripe stripe() {
    return stripe;
  }

  public Cloud cloud() {
    return cloud;
  }

  /** Somebody with a token asks, in the running process. @return empty where no answer came */
  public Optional<Answer> ask(String who, String scopes, String method, String path, Map<String, String> query,
      String key,
      Object body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    if (!key.isEmpty()) {
      headers.put("idempotency-key", key);
    }
    return cloud.ask(new Request(method, path, query, who, scopes, headers, text(body)));
  }

  /** What is no JSON is sent as it is. */
  private static String text(Object body) {
    return switch (body) {
      case null -> "";
      case String text -> text;
      default -> Json.write(body);
    };
  }

  /** The payment provider sends an event, signed. */
  public Optional<Answer> tellPayment(String body) {
    return cloud.ask(new Request("POST", "/webhooks/payments/" + Providers.PAYMENT_ACCOUNT, Map.of(), "", "",
        Signatures.stripe(body, Providers.PAYMENT_SECRET, timeline.instant()), body));
  }

  /** The carrier sends an event, signed. */
  public Optional<Answer> tellTracking(String body) {
    String path = "/webhooks/carriers/" + Providers.CARRIER_ACCOUNT;
    return cloud.ask(new Request("POST", path, Map.of(), "", "",
        Signatures.easyPost(path, body, Providers.CARRIER_SECRET, timeline.instant()), body));
  }

  /** Who delivers Stripe's events. */
  public void onStripeNews(Consumer<StripeLedger.News> messenger) {
    stripeNews = messenger;
  }

  /** Sets a process going. What it fails with is a finding. */
  public void begin(Runnable body) {
    timeline.start(() -> {
      try {
        body.run();
      } catch (RuntimeException e) {
        find("somebody was answered what nobody understands: " + e);
      }
    });
  }

  /** Somebody means to place this order. */
  public void expect(String reference, String order) {
    expected.put(reference, order);
  }

  /** The orders that somebody meant to place, whether they came to be or not; by reference. */
  public Map<String, String> expected() {
    return expected;
  }

  /** Something is wrong. The first finding stands. */
  public void find(String what) {
    journal.add(() -> "FOUND " + what);
    findings.add(what);
  }

  public List<String> findings() {
    return findings;
  }

  @Override
  public void close() {
    timeline.close();
  }
}
