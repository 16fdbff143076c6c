package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.EmbeddedCloud;
import waybill.local.functions.FaultKind;
import waybill.journeys.Traveller.Leg;
import waybill.journeys.Traveller.Way;

/**
 * Every function dies once after each of its calls to AWS, for each kind of message that it gets, on each way that an order can
 * go; and every order still ends as if nothing had died. The cases are not listed but found: scouts travel undisturbed, and what
 * each function called meanwhile says where it can die. A traveller dies once on each leg at most, and has recovered before the
 * next.
 */
class CrashTest {
  /** Functions die in it, and its clock jumps under their leases. */
  @RegisterExtension
  static final RunningCloud CLOUD = RunningCloud.ofItsOwn();
  private static final int AT_ONCE = 8;
  private static final int SCOUTS = 2;
  private static final int MOST_ATTEMPTS = 3;
  /** Some 390 are found; a few less where messages of a scout came in one batch, or two scouts went unlike each other. */
  private static final int LEAST_CASES = 350;
  /** More than any queue lets a message be received: what still fails then is a dead letter, of which there may be none. */
  private static final int MOST_RETRIES = 21;
  /** What a function calls after it lost a race it calls only then, and no traveller may lose just that race again. */
  private static final int MOST_BY_RACES = 8;
  /**
   * They call as often as there are labels of the day, parcels on their way, orders that wait for keys, pages of the feed, deliveries or events that wait, and as others append to the feed at the
   * same moment: another number for each traveller. Each must die all the same, only not at each of its calls.
   */
  private static final Set<String> IN_ROUNDS = Set.of("ImportKeys", "ResendGrants", "DeliverEvents",
      "RecordEvents", "RedeliverEvents", "DeleteWebhookEndpoint",
      "ExpireReservations", "WithdrawLots", "ReconcileStock", "FollowVoids", "FollowCarrierPickups", "PollTracking",
      "CheckParcels", "RedateParcels",
      "CreateManifest",
      "GetManifest", "CreateCarrierPickup", "GetCarrierPickup", "DecideCarrierPickup");
  /** Where it dies makes no difference. */
  private static final String CALLS_NOTHING = "GetFloor";
  /** Longer than the leases of mails, labels and refunds, and than any sweep waits for an answer. */
  private static final Duration LEASES = Duration.ofMinutes(3);
  /** All do their work under one lease, which a death leaves held. */
  private static final Set<String> LEASED = Set.of("DeliverEvents", "ReconcileStock");
  /** A secret is read again after five minutes: it has to be, where it is the call to die after. */
  private static final Duration SECRETS = Duration.ofMinutes(6);
  private static final String GET_SECRET = "GetParameter";
  /** Callers of these may never come back; what they wrote is for a sweep to finish. */
  private static final Map<String, Leg> LEFT_TO_SWEEPS = Map.of("PlaceOrder", Leg.PLACED, "PackFulfillment",
      Leg.PACKED, "CancelOrder", Leg.CANCELLED, "ReportShortage", Leg.SHORTED, "SwapLots", Leg.SWAPPED);
  /** Which schedule a leg is about. On the others they fire too, and find what they find. */
  private static final Map<Leg, String> SWEEPS = Map.ofEntries(
      Map.entry(Leg.EXPIRED, "ResendDueOrders"),
      Map.entry(Leg.FORGOTTEN, "ResendPacked"),
      Map.entry(Leg.REPLENISHED, "ResendShortages"),
      Map.entry(Leg.UNCLAIMED, "RefundUnclaimed"),
      Map.entry(Leg.UNLABELLED, "ReportUnlabelled"),
      Map.entry(Leg.WAITED, "ResendGrants"),
      Map.entry(Leg.LAPSED, "ExpireReservations"),
      Map.entry(Leg.SPOILED, "WithdrawLots"),
      Map.entry(Leg.RECONCILED, "ReconcileStock"),
      Map.entry(Leg.UNUSED, "FollowVoids"), Map.entry(Leg.COLLECTED, "FollowCarrierPickups"),
      Map.entry(Leg.UNHEARD, "PollTracking"),
      Map.entry(Leg.PICKS_RESENT, "ResendPicks"), Map.entry(Leg.PUT_OFF, "CheckParcels"),
      Map.entry(Leg.OVERDUE, "SweepReturns"));
  /** Here the others get what they get elsewhere, and find an order in another state. */
  private static final Set<Leg> UNLIKE_OTHERS = Set.of(Leg.EXPIRED, Leg.UNCLAIMED);
  /** What time sets off on these it sets off for all who wait for it, so that nothing is left to die of for the next. */
  private static final Set<Leg> ALONE = Set.of(Leg.WAITED, Leg.REPLENISHED);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A point where a function can die.
   *
   * @param message what it gets; empty where it is called or fires
   * @param calls   those that it makes until then, the one that it dies after included
   */
  private record Point(Leg leg, String function, String message, List<String> calls) {
    String operation() {
      return calls.getLast();
    }

    /** The number of its last call among those of that operation. */
    int number() {
      return Collections.frequency(calls, operation());
    }

    boolean readsSecret() {
      return operation().equals(GET_SECRET);
    }

    /** What makes it another one than those before. Whether a function had its secret already matters nothing. */
    Point essence() {
      return new Point(UNLIKE_OTHERS.contains(leg) ? leg : null, function, message, calls.stream()
          .filter(it -> !it.equals(GET_SECRET) || readsSecret()).toList());
    }
  }

  private record Case(Way way, Point point, boolean vanishes) {
    String name() {
      return "%s: %s dies %safter call %d (%s)%s, %s".formatted(way.text(), point.function, point.message.isEmpty()
          ? ""
          : "with " + point.message + " ", point.calls.size(), point.operation(),
          vanishes
              ? " and nobody asks again"
              : "",
          point.leg.text());
    }
  }

  /** Who is to die next, and where. What others left on their way must not be struck in the place of it: a mail of theirs would be lost. */
  private record Aim(Point point, Traveller traveller) {}

  /** A message that was received. @param about who is named in it; null if nobody is */
  private record Received(String type, Traveller about) {}

  private final EmbeddedCloud cloud = CLOUD.get();
  private final LinkedBlockingQueue<Map<String, Object>> strikes = new LinkedBlockingQueue<>();
  private final Map<String, List<Received>> received = new ConcurrentHashMap<>();
  private final Map<String, String> queues = new ConcurrentHashMap<>();
  private final AtomicReference<Aim> armed = new AtomicReference<>();
  private final List<Traveller> all = new CopyOnWriteArrayList<>();
  private final Map<Case, Traveller> struck = new LinkedHashMap<>();
  private final Map<Traveller, Integer> lostMails = new HashMap<>();
  /** How each traveller ended, once that was looked at. */
  private final Map<Traveller, Optional<AssertionError>> ends = new HashMap<>();
  private final Set<Point> known = new HashSet<>();
  private final List<Case> cases = new ArrayList<>();
  private volatile String dying = "";
  private final Receiver receiver = new Receiver();
  private Shop shop;
  private String location;

  /** The tests are made once all have travelled. */
  @AfterEach
  void close() {
    receiver.close();
  }

  @TestFactory
  Stream<DynamicTest> whereverAFunctionDiesTheOrderEndsTheSame() {
    shop = new Shop(cloud, "crash");
    location = shop.location("leipzig");
    cloud.onLog(line -> {
      if ("Fault struck".equals(line.get("message")) && line.get("fn").equals(dying)) {
        strikes.add(line);
      }
    });
    cloud.onMessage(this::arm);
    var travellers = new LinkedHashSet<Traveller>();
    for (Way way : Way.values()) {
      travellers.addAll(travel(way));
    }
    shop.pass(Duration.ofHours(25)); // what was heard again only after the jump has its day, too
    List<DynamicTest> tests = new ArrayList<>();
    struck.forEach((it, traveller) -> tests.add(DynamicTest.dynamicTest(it.name(),
        () -> assertEnded(traveller))));
    tests.add(DynamicTest.dynamicTest("no way to die was overlooked",
        () -> assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST_CASES)));
    tests.add(DynamicTest.dynamicTest("all but the few who only come there by a race have died there",
        () -> assertThat(cases).filteredOn(it -> !struck.containsKey(it) && !IN_ROUNDS.contains(it.point.function))
            .hasSizeLessThanOrEqualTo(MOST_BY_RACES)));
    tests.add(DynamicTest.dynamicTest("nobody is harmed by another's death", () -> assertThat(travellers)
        .allSatisfy(this::assertEnded)));
    tests.add(DynamicTest.dynamicTest("no message was given up", () -> assertThat(shop.deadLetters()).isEmpty()));
    tests.add(DynamicTest.dynamicTest("every function of the template has died", () -> assertThat(
        struck.keySet().stream().map(it -> it.point.function))
        .containsAll(cloud.functions().stream().filter(it -> !it.equals(CALLS_NOTHING)).toList())));
    return tests.stream();
  }

  /** Nothing moves any more, so each is looked at once, however many cases are about it. */
  private void assertEnded(Traveller traveller) {
    ends.computeIfAbsent(traveller, it -> {
      try {
        it.assertEnded(lostMails.getOrDefault(it, 0));
        return Optional.empty();
      } catch (AssertionError e) {
        return Optional.of(e);
      }
    }).ifPresent(it -> {
      throw it;
    });
  }

  private List<Traveller> travel(Way way) {
    List<Traveller> scouts = travellers(way, 0, SCOUTS);
    List<Case> found = cases(way, scouts);
    cases.addAll(found);
    int most = way.legs.stream().filter(it -> !ALONE.contains(it)).mapToInt(leg -> on(leg, found).size()).max()
        .orElse(0);
    List<Traveller> travellers = new ArrayList<>(travellers(way, SCOUTS, most));
    for (Leg leg : way.legs) {
      travel(leg, on(leg, found), way, travellers);
    }
    return Stream.concat(scouts.stream(), travellers.stream()).toList();
  }

  private List<Traveller> travellers(Way way, int first, int count) {
    List<Traveller> travellers = IntStream.range(first, first + count)
        .mapToObj(it -> new Traveller(shop, receiver, location, way, it)).toList();
    all.addAll(travellers);
    return travellers;
  }

  private static List<Case> on(Leg leg, List<Case> cases) {
    return cases.stream().filter(it -> it.point.leg == leg).toList();
  }

  /** Each point that every scout came by, but for those that lie on an earlier way just so. */
  private List<Case> cases(Way way, List<Traveller> scouts) {
    var points = new LinkedHashMap<Point, Integer>();
    for (Traveller scout : scouts) {
      for (Leg leg : way.legs) {
        Set<Point> seen = scouted(scout, leg);
        seen.forEach(it -> points.merge(it, 1, Integer::sum));
      }
    }
    points.values().removeIf(times -> times < scouts.size());
    var found = new ArrayList<Case>();
    for (Point point : points.keySet()) {
      if (known.add(point.essence())) {
        found.add(new Case(way, point, false));
        if (LEFT_TO_SWEEPS.get(point.function) == point.leg) {
          found.add(new Case(way, point, true));
        }
      }
    }
    return found;
  }

  private Set<Point> scouted(Traveller scout, Leg leg) {
    rest();
    cloud.clock().advance(SECRETS);
    rest();
    received.clear();
    var before = new HashMap<String, Integer>();
    cloud.functions().forEach(it -> before.put(it, cloud.calls(it).size()));
    scout.travel(leg);
    pause(scout, leg);
    rest();
    cloud.clearFaults();
    strikes.clear();
    var seen = new LinkedHashSet<Point>();
    for (String function : cloud.functions()) {
      if (SWEEPS.containsValue(function) && !function.equals(SWEEPS.get(leg))) {
        continue;
      }
      List<List<String>> all = cloud.calls(function);
      List<List<String>> invocations = all.subList(before.get(function), all.size());
      List<Received> messages = received.getOrDefault(queue(function), List.of());
      if (!queue(function).isEmpty() && messages.size() != invocations.size()) {
        continue; // two came in one batch, and which call was whose is anybody's guess
      }
      for (int i = 0; i < invocations.size(); i++) {
        if (!messages.isEmpty() && messages.get(i).about != null && messages.get(i).about != scout) {
          continue; // what an earlier traveller left waiting is not on this one's way
        }
        List<String> calls = invocations.get(i);
        for (int call = 1; call <= calls.size(); call++) {
          seen.add(new Point(leg, function, messages.isEmpty() ? "" : messages.get(i).type,
              List.copyOf(calls.subList(0, call))));
        }
      }
    }
    return seen;
  }

  /** The queue that feeds a function; empty where none does. */
  private String queue(String function) {
    return queues.computeIfAbsent(function, _ -> {
      String name = "waybill-" + function.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      return cloud.sqs().listQueues().queueUrls().stream().anyMatch(it -> it.endsWith("/" + name)) ? name : "";
    });
  }

  private void travel(Leg leg, List<Case> dying, Way way, List<Traveller> travellers) {
    Deque<Traveller> waiting = new ArrayDeque<>(travellers);
    var vanished = new ArrayList<Traveller>();
    Point before = null;
    for (Case it : dying) {
      boolean other = before == null || !before.function.equals(it.point.function)
          || !before.message.equals(it.point.message);
      if (other) {
        rest(); // else what the last one left on its way could be struck
      }
      before = it.point;
      int attempts = IN_ROUNDS.contains(it.point.function) ? 1 : MOST_ATTEMPTS;
      for (int attempt = 0; attempt < attempts && !struck.containsKey(it); attempt++) {
        if (LEASED.contains(it.point.function)) {
          rest();
          cloud.clock().advance(LEASES);
          rest();
        }
        Traveller traveller = waiting.isEmpty() || ALONE.contains(leg)
            ? late(way, leg, travellers)
            : waiting.remove();
        if (die(it, traveller)) {
          struck.put(it, traveller);
          lostMails.merge(traveller, it.point.function.equals("NotifyCustomer") ? 1 : 0, Integer::sum);
        }
        if (it.vanishes) {
          vanished.add(traveller);
        }
      }
    }
    undisturbed(leg, waiting);
    recover();
    vanished.stream().filter(it -> !it.isTaken(leg)).forEach(it -> it.travel(leg)); // nothing had come of it
    rest();
  }

  /** Somebody who sets out only now, and has come as far as this leg. */
  private Traveller late(Way way, Leg leg, List<Traveller> travellers) {
    Traveller late = travellers(way, SCOUTS + travellers.size(), 1).getFirst();
    travellers.add(late);
    for (Leg earlier : way.legs.subList(0, way.legs.indexOf(leg))) {
      late.travel(earlier);
      pause(late, earlier);
      rest();
    }
    return late;
  }

  private void undisturbed(Leg leg, Deque<Traveller> travellers) {
    try (var people = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all = new ArrayList<>();
      travellers.forEach(it -> all.add(people.submit(() -> it.travel(leg))));
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    rest();
    // The longest pause is one for all.
    travellers.stream().max(Comparator.comparing(it -> it.pause(leg))).ifPresent(it -> pause(it, leg));
  }

  /** @return whether it died where it should */
  private boolean die(Case it, Traveller traveller) {
    if (it.point.readsSecret()) {
      cloud.clock().advance(SECRETS);
    }
    strikes.clear();
    dying = it.point.function;
    if (it.point.message.isEmpty()) {
      strike(it.point, "");
    } else {
      armed.set(new Aim(it.point, traveller));
    }
    if (it.vanishes) {
      traveller.travelAndVanish(it.point.leg);
    } else {
      traveller.travel(it.point.leg);
    }
    pause(traveller, it.point.leg);
    boolean died = awaitStrike(it.point);
    armed.set(null);
    cloud.clearFaults();
    return died;
  }

  /** A message is received: if it is the one, whom it is for dies. */
  private void arm(String queue, String body) {
    String type;
    try {
      type = JSON.readTree(body).path("type").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
    Traveller about = all.stream().filter(it -> it.isNamedIn(body)).findFirst().orElse(null);
    received.computeIfAbsent(queue, _ -> new CopyOnWriteArrayList<>()).add(new Received(type, about));
    Aim aim = armed.get();
    if (aim != null && aim.point.message.equals(type) && queue(aim.point.function).equals(queue)
        && all.stream().noneMatch(it -> it != aim.traveller && it.isNamedIn(body)) && armed.compareAndSet(aim, null)) {
      strike(aim.point, Traveller.named(body));
    }
  }

  /** @param about what the event of the invocation names; empty if it may be any */
  private void strike(Point point, String about) {
    cloud.fault(point.function, point.number(), point.operation(), about, FaultKind.KILL_AFTER, 1);
  }

  /** Waits for the strike, or until all rests without one. To ask whether it rests takes the time of others. */
  private boolean awaitStrike(Point point) {
    try {
      for (boolean rests = false;; rests = cloud.idle()) {
        Map<String, Object> strike = strikes.poll(rests ? 0 : 500, TimeUnit.MILLISECONDS);
        if (strike != null) {
          return strike.get("operation").equals(point.operation());
        }
        if (rests) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    }
  }

  /** Time goes by where the leg is about that, and what is due by then happens. */
  private void pause(Traveller traveller, Leg leg) {
    Duration time = traveller.pause(leg);
    if (time.isPositive()) {
      rest();
      cloud.clock().advance(time);
      shop.logIn(); // a day may have gone by
    }
  }

  /** Until no message waits for another try, and the sweeps have found what nobody asks for again. */
  private void recover() {
    int retried = 1;
    for (int tries = 0; retried > 0; tries++) {
      assertThat(tries).as("tries, and %d messages fail: see the log", retried).isLessThan(MOST_RETRIES);
      rest();
      cloud.clock().advance(LEASES);
      rest();
      retried = shop.operator.post("/local/queues/retry", "").expect(200).json().path("retried").asInt();
    }
    rest();
  }

  private void rest() {
    shop.rest();
  }
}
