package waybill.simulation.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import waybill.platform.Json;
import waybill.platform.Lease;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.limits.FaultyServices.Fault;
import waybill.simulation.limits.FaultyServices.Sent;
import waybill.simulation.limits.FaultyServices.World;
import waybill.simulation.limits.Stage.Invocation;
import waybill.simulation.limits.Stage.Played;
import waybill.store.Store;
import waybill.template.FunctionDeclaration;
import waybill.template.FunctionDeclaration.RouteEvent;
import waybill.template.FunctionDeclaration.ScheduleEvent;

/**
 * Every function of the template over real HTTP, while from each of its calls on the service hangs, throttles, or closes connections:
 * the invocation ends by itself within four fifths of its timeout and says that it failed, and once the service is well again the
 * same event does all that it would have done.
 */
class LimitsOfCallsTest {
  private static final List<String> PROPERTIES = List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey",
      "aws.endpointUrlDynamoDb", "aws.endpointUrlSqs", "aws.endpointUrlSsm", "aws.endpointUrlSes", "aws.endpointUrlS3");
  private static final Duration LATER = Duration.ofSeconds(61);
  private static final Set<Fault> FOR_GOOD = EnumSet.complementOf(EnumSet.of(Fault.DELAYS));
  /** Before a message is a dead letter. */
  private static final int RECEIVES = 4;
  /** Of a function that calls more often, not each call is struck first. */
  private static final int MOST_CALLS = 8;
  private static final int AT_ONCE = 128;
  private static final int FEWER = 8;
  /** They coalesce stock, and claim nothing. */
  private static final Set<String> WITHOUT_LEASES = Set.of("ReserveStock", "AllocateStock", "ShipStock",
      "ReleaseStock", "ApplyStockImport",
      "RecordEvents");
  private static final PrintStream STANDARD_OUTPUT = System.out;
  private static FaultyServices services;
  private static Stage stage;
  private static Rehearsal rehearsal;
  private static Blueprint blueprint;

  @BeforeAll
  static void rehearse() throws Exception {
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    blueprint = Blueprint.read(Path.of("../../template.yaml").toAbsolutePath().normalize());
    services = new FaultyServices(new Store(List.of()), blueprint.secrets());
    PROPERTIES.forEach(
        it -> System.setProperty(it, it.contains("endpoint") ? services.address().toString() : "eu-central-1"));
    stage = new Stage(blueprint, services);
    rehearsal = new Rehearsal(blueprint, stage);
    rehearsal.run();
  }

  @AfterAll
  static void close() throws Exception {
    services.close();
    PROPERTIES.forEach(System::clearProperty);
    System.setOut(STANDARD_OUTPUT);
  }

  @Test
  void everyFunctionIsRehearsed() {
    assertThat(rehearsal.single().keySet()).containsExactlyInAnyOrderElementsOf(blueprint.names());
  }

  @Test
  void whateverAServiceDoesAnInvocationEndsByItselfAndNothingIsLost() throws Exception {
    var trials = new ArrayList<Trial>();
    for (Invocation batch : rehearsal.batches().values()) {
      trials.add(new Trial(batch, Fault.DELAYS, 1));
      trials.add(new Trial(batch, Fault.HANGS, 1));
      trials.add(new Trial(batch, Fault.THROTTLES, 1));
    }
    for (Invocation invocation : rehearsal.single().values()) {
      int step = 1 + (invocation.calls() - 1) / MOST_CALLS;
      for (int call = 1; call <= invocation.calls(); call += step) {
        for (Fault fault : FOR_GOOD) {
          trials.add(new Trial(invocation, fault, call));
        }
      }
    }
    assertThat(trials).hasSizeGreaterThan(600);
    assertThat(findings(trials)).isEmpty();
  }

  /** What a busy machine spoils is tried again with fewer at once, and at last alone, when only a fault of ours can spoil it. */
  private static Collection<String> findings(List<Trial> trials) throws InterruptedException {
    List<Trial> suspects = trials;
    for (int atOnce = AT_ONCE; atOnce > 1; atOnce /= FEWER) {
      suspects = suspects(suspects, atOnce);
    }
    return suspects.stream().flatMap(trial -> trial.run().stream().map(it -> trial + ": " + it)).toList();
  }

  private static List<Trial> suspects(List<Trial> trials, int atOnce) throws InterruptedException {
    var suspects = new ConcurrentLinkedQueue<Trial>();
    var permits = new Semaphore(atOnce);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Trial trial : trials) {
        permits.acquire();
        threads.execute(() -> {
          try {
            if (!trial.run().isEmpty()) {
              suspects.add(trial);
            }
          } finally {
            permits.release();
          }
        });
      }
    }
    return List.copyOf(suspects);
  }

  /** One invocation whose calls go wrong from one of them on, and the same event some minutes later without a fault. */
  private record Trial(Invocation invocation, Fault fault, int from) {
    List<String> run() {
      World world = stage.restore(invocation);
      Duration timeout = invocation.function().declaration().timeout();
      world.strike(fault, from);
      Played struck = stage.play(world, invocation, invocation.at(), timeout);
      world.strike(null, 0);
      var sent = new ArrayList<>(struck.sent());
      Played later = struck;
      for (int receive = 1; receive <= RECEIVES && (receive == 1 || !isDone(later)); receive++) {
        later = stage.play(world, invocation, invocation.at().plus(LATER.multipliedBy(receive)),
            timeout.multipliedBy(10));
        sent.addAll(later.sent());
      }
      long uncertain = stage.uncertainMails(world);
      stage.drop(world);
      return Stream.of(late(struck, timeout), unreported(struck), undone(later), lost(sent),
          twice(later, uncertain)).filter(it -> !it.isEmpty()).toList();
    }

    private static String late(Played struck, Duration timeout) {
      return struck.took().compareTo(timeout.multipliedBy(4).dividedBy(5)) > 0
          ? "took %s of %s".formatted(struck.took(), timeout)
          : "";
    }

    /** A schedule's function may fail; the others answer. */
    private String unreported(Played struck) {
      FunctionDeclaration function = invocation.function().declaration();
      if (!function.events(ScheduleEvent.class).isEmpty()) {
        return "";
      }
      if (struck.failure() != null) {
        return "threw " + struck.failure();
      }
      Map<String, Object> answer = Json.readObject(struck.answer());
      boolean isRefused = function.events(RouteEvent.class).isEmpty() || answer.get("statusCode").equals(503L)
          && Json.object(answer.get("headers")).containsKey("retry-after");
      return isRefused || isDone(struck) ? "" : "answered " + struck.answer();
    }

    private String undone(Played later) {
      return later.failure() == null && isDone(later) ? "" : "later: " + later.answer() + later.failure();
    }

    /** What was created before is found. */
    private boolean isDone(Played played) {
      return ended(played).equals(ended(invocation.played()));
    }

    private static String ended(Played played) {
      Map<String, Object> answer = played.answer().isEmpty() ? Map.of() : Json.readObject(played.answer());
      return answer.containsKey("statusCode")
          ? answer.get("statusCode").toString().replace("201", "200")
          : answer.toString();
    }

    private String lost(List<Sent> sent) {
      Set<String> kinds = sent.stream().map(Trial::kind).collect(Collectors.toSet());
      return invocation.played().sent().stream().map(Trial::kind).filter(it -> !kinds.contains(it)).findFirst()
          .map(it -> "lost " + it).orElse("");
    }

    private static String kind(Sent sent) {
      Map<String, Object> message = Json.readObject(sent.body());
      return sent.queue() + " " + message.get("type") + " " + message.get("order");
    }

    /** Mails and refunds are what must not be made twice. A mail that SES may have taken is given up, and that is recorded. */
    private String twice(Played later, long uncertain) {
      Played once = invocation.played();
      return later.refunds() == once.refunds() && later.mails() <= once.mails()
          && later.mails() + uncertain >= once.mails()
              ? ""
              : "%d mails, %d uncertain, and %d refunds, not %d and %d".formatted(later.mails(), uncertain,
                  later.refunds(), once.mails(), once.refunds());
    }

    @Override
    public String toString() {
      return "%s of %d, %s from call %d".formatted(invocation.function().name(), invocation.messages(), fault, from);
    }
  }

  @Test
  void aLeaseOutlivesItsFunctionAndEndsBeforeItsMessageIsReceivedAgain() {
    var leased = new ArrayList<String>();
    blueprint.queues().forEach(queue -> blueprint.consumer(queue).ifPresent(it -> {
      String name = it.getKey().name();
      if (!WITHOUT_LEASES.contains(name)) {
        leased.add(name);
        assertThat(Lease.LENGTH).as(name).isGreaterThan(it.getKey().declaration().timeout())
            .isLessThan(Duration.ofSeconds(queue.visibilitySeconds()));
      }
    }));
    assertThat(leased).contains("RefundPayment", "CollectPayment", "BuyLabel", "NotifyCustomer");
  }

  @Test
  void theJdkRepeatsNoPost() {
    assertThat(System.getProperty("sun.net.http.retryPost")).isEqualTo("false");
  }
}
