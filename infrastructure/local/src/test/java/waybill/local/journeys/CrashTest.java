package waybill.local.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.EmbeddedCloud;
import waybill.local.FaultKind;

/**
 * Every function dies once after each of its calls to AWS, and every order still ends as if nothing had died. The cases are not
 * listed but found: a first order travels undisturbed, and what each function called on its way says where it can die.
 */
class CrashTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static final int AT_ONCE = 8;
  private static final int MOST_RETRIES = 5;
  /** Longer than a mail's and a label's lease. */
  private static final Duration LEASES = Duration.ofMinutes(3);
  /** A secret is read again after five minutes: it has to be, where it is the call to die after. */
  private static final Duration SECRETS = Duration.ofMinutes(6);

  /** @param leg where on its way an order first meets this sequence of calls */
  private record Case(String function, int call, String operation, boolean readsSecret, Traveller.Leg leg) {
    String name() {
      return "%s dies after call %d (%s), %s".formatted(function, call, operation, leg.text());
    }
  }

  private final EmbeddedCloud cloud = CLOUD.get();
  private final LinkedBlockingQueue<Map<String, Object>> strikes = new LinkedBlockingQueue<>();
  private final Map<Case, Traveller> travellers = new LinkedHashMap<>();
  private final Map<Case, Object> struck = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> whereverAFunctionDiesTheOrderEndsTheSame() {
    var shop = new Shop(cloud, "crash");
    String location = shop.location("leipzig");
    var cases = cases(new Traveller(shop, location, 0));
    cloud.onLog(line -> {
      if ("Fault struck".equals(line.get("message"))) {
        strikes.add(line);
      }
    });
    var onlooker = new Traveller(shop, location, 1); // looking changes nothing, so one may do it for all
    cases.forEach(it -> travellers.put(it,
        it.leg() == Traveller.Leg.LOOKED_AT ? onlooker : new Traveller(shop, location, travellers.size() + 2)));
    for (Traveller.Leg leg : Traveller.Leg.values()) {
      undisturbed(leg);
      travellers.forEach((it, traveller) -> {
        if (it.leg() == leg) {
          dying(it, traveller);
        }
      });
      recover();
    }
    return Stream.concat(cases.stream().map(it -> DynamicTest.dynamicTest(it.name(), () -> {
      assertThat(struck.get(it)).as("died there").isEqualTo(it.operation());
      travellers.get(it).assertArrived(it.function().equals("NotifyCustomer") ? 3 : 4);
    })), Stream.of(DynamicTest.dynamicTest("no message was given up", () -> assertThat(shop.deadLetters()).isEmpty())));
  }

  /** Where a function can die on this order's way: each sequence of calls that it may die after, once. */
  private List<Case> cases(Traveller first) {
    var cases = new ArrayList<Case>();
    var known = new HashSet<List<String>>();
    var seen = new LinkedHashMap<String, Integer>();
    cloud.functions().forEach(it -> seen.put(it, cloud.calls(it).size()));
    for (Traveller.Leg leg : Traveller.Leg.values()) {
      first.travel(leg);
      first.rest();
      for (String function : cloud.functions()) {
        List<List<String>> invocations = cloud.calls(function);
        for (List<String> calls : invocations.subList(seen.put(function, invocations.size()), invocations.size())) {
          for (int call = 1; call <= calls.size(); call++) {
            if (known.add(Stream.concat(Stream.of(function), calls.stream().limit(call)).toList())) {
              cases.add(new Case(function, call, calls.get(call - 1), calls.contains("GetParameter"), leg));
            }
          }
        }
      }
    }
    first.assertArrived(4);
    return cases;
  }

  private void undisturbed(Traveller.Leg leg) {
    try (var people = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all = new ArrayList<>();
      Set<Traveller> others = new LinkedHashSet<>(travellers.values());
      travellers.forEach((it, traveller) -> {
        if (it.leg() == leg) {
          others.remove(traveller);
        }
      });
      others.forEach(it -> all.add(people.submit(() -> it.travel(leg))));
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    travellers.values().iterator().next().rest();
  }

  private void dying(Case it, Traveller traveller) {
    if (it.readsSecret()) {
      cloud.clock().advance(SECRETS);
    }
    cloud.fault(it.function(), it.call(), it.operation(), FaultKind.KILL_AFTER, 1);
    traveller.travel(it.leg());
    try {
      Map<String, Object> strike = strikes.poll(10, TimeUnit.SECONDS);
      struck.put(it, strike == null ? "nothing" : strike.get("operation"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    }
    cloud.clearFaults();
  }

  /** Until no message waits for another try. */
  private void recover() {
    Traveller any = travellers.values().iterator().next();
    any.rest();
    for (int tries = 0; any.retryAll() > 0; tries++) {
      assertThat(tries).as("tries").isLessThan(MOST_RETRIES);
      any.rest();
      cloud.clock().advance(LEASES);
    }
  }
}
