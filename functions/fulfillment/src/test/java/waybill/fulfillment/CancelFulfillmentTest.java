package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.allocated;
import static waybill.fulfillment.Floor.approved;
import static waybill.fulfillment.Floor.cancelled;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.refused;
import static waybill.fulfillment.Floor.released;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LocationId;
import waybill.messages.Message;

class CancelFulfillmentTest {
  private final Floor floor = new Floor();

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void anOrderThatIsCancelledBeforeItIsPlannedIsNeverPlanned() {
    floor.holds("berlin", "TEA", 9).holds("leipzig", "MUG", 9);

    assertThat(floor.cancel(cancelled(1), cancelled(2))).isEmpty();
    assertThat(floor.cancel(cancelled(1))).isEmpty();
    assertThat(floor.plan(released(1, line(0, "TEA", 1)), released(2, line(0, "TEA", 1), line(1, "MUG", 1)))).isEmpty();
    assertThat(floor.plan(released(1, line(0, "TEA", 1)))).isEmpty();

    assertThat(floor.bench.sent()).isEmpty();
    assertThat(floor.items(1)).containsExactly("1 cancelled tombstone r1");
    assertThat(floor.items(2)).containsExactly("1 cancelled tombstone r1");
  }

  @Test
  void whatWasNeverThereIsNotShown() {
    floor.cancel(cancelled(1));

    assertThat(floor.get(fulfillment(1, 1)).status()).isEqualTo(404);
    assertThat(floor.pack(fulfillment(1, 1), 0, 1).status()).isEqualTo(404);
    assertThat(floor.list(Map.of()).ids()).isEmpty();
  }

  @Test
  void newsOfWhatATombstoneStandsForComeBackForAPerson() {
    floor.cancel(cancelled(1));
    var never = new FulfillmentPlanned(order(1), fulfillment(1, 1), new LocationId("berlin"),
        List.of(line(0, "TEA", 1)));

    assertThat(floor.plan(allocated(never), refused(never))).hasSize(2);

    assertThat(floor.items(1)).containsExactly("1 cancelled tombstone r1");
  }

  @Test
  void whatIsPlannedOpenOrPackedIsCancelledAndItsStockLetGo() {
    floor.holds("berlin", "TEA", 1).holds("leipzig", "MUG", 1).holds("munich", "CUP", 1);
    floor.plan(released(1, line(0, "TEA", 1), line(1, "MUG", 1), line(2, "CUP", 1)));
    List<FulfillmentPlanned> planned = floor.planned();
    floor.plan(allocated(planned.get(0)), allocated(planned.get(1)));
    floor.pack(planned.get(0).fulfillment(), 0, 1);

    assertThat(floor.cancel(cancelled(1))).isEmpty();

    assertThat(floor.bench.sentTo(ReleaseStock.class)).containsExactlyElementsOf(planned.stream()
        .map(it -> (Message) new FulfillmentCancelled(it.order(), it.fulfillment(), it.location(), it.lines()))
        .toList());
    assertThat(floor.items(1)).containsExactly("1 cancelled r4", "2 cancelled r3", "3 cancelled r2",
        "4 cancelled tombstone r1");
    assertThat(floor.get(fulfillment(1, 1)).body()).containsEntry("status", "cancelled").containsEntry("location_id",
        "berlin");
    assertThat(floor.get(fulfillment(1, 4)).status()).isEqualTo(404);
    assertThat(floor.list(Map.of()).ids()).isEmpty();
    assertThat(floor.list(Map.of("status", "packed")).ids()).isEmpty();
  }

  @Test
  void whatWasRefusedStaysSoAndIsNotPlannedAgain() {
    floor.holds("berlin", "TEA", 5).holds("leipzig", "TEA", 3).holds("munich", "TEA", 3);
    floor.plan(released(1, line(0, "TEA", 1)));
    FulfillmentPlanned berlin = floor.planned().getFirst();
    floor.plan(refused(berlin));
    FulfillmentPlanned second = floor.planned().getLast();
    floor.bench.forgetSent();

    floor.cancel(cancelled(1));
    assertThat(floor.letGo()).containsExactly(fulfillment(1, 2));
    floor.bench.forgetSent();
    assertThat(floor.plan(refused(second), refused(berlin), released(1, line(0, "TEA", 1)))).isEmpty();

    assertThat(floor.bench.sent()).isEmpty();
    assertThat(floor.items(1)).containsExactly("1 refused r2", "2 cancelled r2", "3 cancelled tombstone r1");
  }

  @Test
  void stockThatIsAllocatedToWhatIsCancelledIsLetGoAgain() {
    floor.holds("berlin", "TEA", 5);
    floor.plan(released(1, line(0, "TEA", 1)));
    FulfillmentPlanned planned = floor.planned().getFirst();
    floor.cancel(cancelled(1));
    floor.bench.forgetSent();

    assertThat(floor.plan(allocated(planned))).isEmpty();
    assertThat(floor.plan(allocated(planned))).isEmpty();

    assertThat(floor.letGo()).containsExactly(fulfillment(1, 1), fulfillment(1, 1));
    assertThat(floor.status(fulfillment(1, 1))).isEqualTo("cancelled");
  }

  @Test
  void whatIsCancelledIsNotPackedAndThePackerIsToldToPutItBack() {
    floor.holds("berlin", "TEA", 5);
    FulfillmentId open = floor.open(1, line(0, "TEA", 1));
    FulfillmentId packed = floor.open(2, line(0, "TEA", 1));
    floor.pack(packed, 0, 1);
    floor.cancel(cancelled(1), cancelled(2));
    floor.bench.forgetSent();

    for (FulfillmentId it : List.of(open, packed)) {
      assertThat(floor.pack(it, 0, 1)).satisfies(answer -> {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).containsEntry("code", "cancelled").containsEntry("detail",
            "its order is cancelled: put the units back");
      });
    }
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void anOrderOfWhichSomethingIsDispatchedComesBackAndKeepsTheRest() {
    floor.holds("berlin", "TEA", 1).holds("leipzig", "MUG", 1);
    floor.plan(released(1, line(0, "TEA", 1), line(1, "MUG", 1)));
    List<FulfillmentPlanned> planned = floor.planned();
    floor.plan(allocated(planned.get(0)), allocated(planned.get(1)));
    floor.pack(planned.get(1).fulfillment(), 1, 1);
    floor.plan(approved(floor.packed().getFirst()).toArray(Message[]::new));
    floor.bench.forgetSent();

    assertThat(floor.cancel(cancelled(1))).hasSize(1);

    assertThat(floor.items(1)).containsExactly("1 open r2 listed", "2 dispatched r4 listed");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void twoWeeksLaterEveryMessageChangesNothingAndOnlyStockIsLetGoAgain() {
    floor.holds("berlin", "TEA", 1).holds("leipzig", "TEA", 1);
    var release = released(1, line(0, "TEA", 1));
    floor.plan(release);
    FulfillmentPlanned first = floor.planned().getFirst();
    floor.plan(refused(first));
    FulfillmentPlanned second = floor.planned().getLast();
    floor.plan(allocated(second));
    floor.cancel(cancelled(1));
    List<String> items = floor.items(1);
    floor.bench.clock().advance(Duration.ofDays(14));
    floor.bench.forgetSent();

    assertThat(floor.plan(release, refused(first), allocated(second))).isEmpty();
    assertThat(floor.cancel(cancelled(1))).isEmpty();

    assertThat(floor.items(1)).isEqualTo(items);
    assertThat(floor.letGo()).containsExactly(fulfillment(1, 2), fulfillment(1, 2));
    assertThat(floor.bench.sent()).hasSize(2);
  }

  @Test
  void aPoisonMessageFailsAlone() {
    assertThat(floor.cancel(released(1, line(0, "TEA", 1)), cancelled(2))).containsExactly("m-1");

    assertThat(floor.items(2)).hasSize(1);
  }

  // ---- In every order -------------------------------------------------------------------------------------------------

  /** What may happen to an order, each of it once. */
  private enum Event {
    RELEASED, ANSWERED_IN_PART, ALLOCATED, PACKED, CANCELLED
  }

  /** An order's life as the queues see it: what fails comes back at the end, and inventory answers every plan. */
  private final class Life {
    private final int order;
    private final List<Message> told = new ArrayList<>();
    private final List<Message> failed = new ArrayList<>();
    private final Set<FulfillmentId> answered = new HashSet<>();
    private final Set<FulfillmentId> kept = new HashSet<>();

    Life(int order) {
      this.order = order;
    }

    void happens(Event event) {
      switch (event) {
        case RELEASED -> plan(released(order, line(0, "TEA", 1), line(1, "MUG", 1)));
        case ANSWERED_IN_PART -> unanswered().stream().limit(1).forEach(it -> answer(it, false));
        case ALLOCATED -> unanswered().forEach(it -> answer(it, true));
        case PACKED -> kept.forEach(it -> List.of(0, 1).forEach(line -> floor.pack(it, line, 1)));
        case CANCELLED -> assertThat(floor.cancel(cancelled(order))).isEmpty();
      }
    }

    private List<FulfillmentPlanned> unanswered() {
      return floor.planned().stream().filter(it -> it.order().equals(order(order)))
          .filter(it -> !answered.contains(it.fulfillment())).distinct().toList();
    }

    private void answer(FulfillmentPlanned it, boolean held) {
      answered.add(it.fulfillment());
      if (held) {
        kept.add(it.fulfillment());
      }
      plan(held ? allocated(it) : refused(it));
    }

    private void plan(Message news) {
      told.add(news);
      if (!floor.plan(news).isEmpty()) {
        failed.add(news);
      }
    }

    void settle() {
      for (Message it : List.copyOf(failed)) {
        assertThat(floor.plan(it)).isEmpty();
      }
      while (!unanswered().isEmpty()) {
        unanswered().forEach(it -> answer(it, true));
      }
    }

    void allIsToldAgain() {
      told.forEach(it -> assertThat(floor.plan(it)).isEmpty());
      happens(Event.PACKED);
      happens(Event.CANCELLED);
    }
  }

  @Test
  void inWhicheverOrderThingsHappenACancelledOrderKeepsNothing() {
    floor.holds("berlin", "TEA", 999).holds("leipzig", "MUG", 999).holds("munich", "TEA", 99);
    int order = 0;
    for (List<Event> events : permutations(List.of(Event.values()))) {
      floor.bench.forgetSent();
      var life = new Life(++order);
      events.forEach(life::happens);
      life.settle();

      assertThat(floor.items(order)).as("%s", events).allMatch(it -> it.contains("refused") || it.contains("cancelled"))
          .last().asString().contains("tombstone");
      assertThat(floor.letGo()).as("%s", events).containsAll(life.kept);
      List<String> items = floor.items(order);
      life.allIsToldAgain();
      assertThat(floor.items(order)).as("%s twice", events).isEqualTo(items);
    }
    assertThat(order).isEqualTo(120);
  }

  private static <T> List<List<T>> permutations(List<T> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    var permutations = new ArrayList<List<T>>();
    for (T first : of) {
      var rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<T> others : permutations(rest)) {
        var permutation = new ArrayList<>(List.of(first));
        permutation.addAll(others);
        permutations.add(permutation);
      }
    }
    return permutations;
  }

  // ---- At once --------------------------------------------------------------------------------------------------------

  @Test
  void ofACancelAndAPlanAtOnceTheOrderIsCancelled() throws Exception {
    floor.holds("berlin", "TEA", 99).holds("leipzig", "MUG", 99);
    for (int i = 1; i <= 20; i++) {
      int order = i;
      // Every other order ships from one place, which is a plain insert and no transaction.
      var release = order % 2 == 0
          ? released(order, line(0, "TEA", 1))
          : released(order, line(0, "TEA", 1), line(1, "MUG", 1));

      atOnce(() -> floor.plan(release), () -> floor.cancel(cancelled(order)), () -> floor.plan(release),
          () -> floor.cancel(cancelled(order)));

      allIsLetGo(order);
    }
  }

  @Test
  void ofACancelAndPlansMadeAgainAtOnceNothingIsLeft() throws Exception {
    floor.holds("munich", "TEA", 99, "MUG", 99);
    for (int i = 1; i <= 20; i++) {
      int order = i;
      floor.holds("berlin", "TEA", 1, "MUG", 0).holds("leipzig", "TEA", 0, "MUG", 1).holds("munich", "TEA", 0, "MUG",
          0);
      floor.bench.forgetSent();
      var release = released(order, line(0, "TEA", 1), line(1, "MUG", 1));
      floor.plan(release);
      List<FulfillmentPlanned> planned = floor.planned();
      assertThat(planned).hasSize(2);
      floor.holds("berlin", "TEA", 0).holds("leipzig", "MUG", 0).holds("munich", "TEA", 1, "MUG", 1);

      atOnce(() -> floor.plan(refused(planned.get(0))), () -> floor.plan(refused(planned.get(1))),
          () -> floor.cancel(cancelled(order)), () -> floor.plan(release), () -> floor.cancel(cancelled(order)));

      allIsLetGo(order);
    }
  }

  @Test
  void ofACancelAndAPackingAtOnceThePackedIsCancelledAsWell() throws Exception {
    floor.holds("berlin", "TEA", 99);
    for (int i = 1; i <= 20; i++) {
      int order = i;
      floor.bench.forgetSent();
      FulfillmentId open = floor.open(order, line(0, "TEA", 1));
      FulfillmentPlanned planned = floor.planned().getLast();

      atOnce(() -> List.of(floor.pack(open, 0, 1).status() == 500 ? "failed" : "").stream().filter(it -> !it.isEmpty())
          .toList(), () -> floor.cancel(cancelled(order)), () -> floor.plan(allocated(planned)));

      allIsLetGo(order);
    }
  }

  private void allIsLetGo(int order) {
    List<String> items = floor.items(order);
    assertThat(items).allMatch(it -> it.contains("refused") || it.contains("cancelled")).last().asString()
        .contains("tombstone");
    assertThat(items.stream().filter(it -> it.contains("tombstone"))).hasSize(1);
    assertThat(floor.letGo().stream().filter(it -> it.order().equals(order(order))).distinct().count())
        .isEqualTo(items.stream().filter(it -> it.contains("cancelled") && !it.contains("tombstone")).count());
  }

  @SafeVarargs
  private static void atOnce(Callable<List<String>>... work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(work.length)) {
      for (var future : threads.invokeAll(List.of(work))) {
        assertThat(future.get()).as("what comes back").isEmpty();
      }
    }
  }

  /** DynamoDB's queries see what is committed item by item: one half of a transaction, the other a moment later. */
  @Test
  void aCancelThatSeesHalfOfAPlanCancelsAllOfIt() {
    floor.holds("berlin", "TEA", 1, "MUG", 0).holds("leipzig", "MUG", 1).holds("munich", "TEA", 0);
    for (int hidden = 1; hidden <= 3; hidden++) {
      int order = hidden;
      floor.holds("berlin", "TEA", 1).holds("munich", "TEA", 0);
      floor.bench.forgetSent();
      floor.plan(released(order, line(0, "TEA", 1), line(1, "MUG", 1)));
      floor.holds("berlin", "TEA", 0).holds("munich", "TEA", 1);
      floor.plan(refused(floor.planned().getFirst()));
      floor.through(firstQueryMisses(fulfillment(order, hidden)), floor.bench.sqs());

      assertThat(floor.cancel(cancelled(order))).isEmpty();

      floor.through(floor.bench.dynamo(), floor.bench.sqs());
      assertThat(floor.items(order)).containsExactly("1 refused r2", "2 cancelled r2", "3 cancelled r2",
          "4 cancelled tombstone r1");
      assertThat(floor.letGo()).containsExactly(fulfillment(order, 2), fulfillment(order, 3));
    }
  }

  private DynamoDbClient firstQueryMisses(FulfillmentId hidden) {
    var queries = new ArrayList<QueryRequest>();
    DynamoDbClient real = floor.bench.dynamo();
    var stale = (DynamoDbClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{
      DynamoDbClient.class}, (_, method, arguments) -> {
        QueryResponse response = real.query((QueryRequest) arguments[0]);
        queries.add((QueryRequest) arguments[0]);
        return queries.size() > 1
            ? response
            : response.toBuilder().items(response.items().stream()
                .filter(it -> !it.get("sk").s().equals(hidden.value())).toList()).build();
      });
    return (DynamoDbClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{DynamoDbClient.class},
        (_, method, arguments) -> {
          try {
            return method.getName().equals("queryPaginator")
                ? new QueryIterable(stale, (QueryRequest) arguments[0])
                : method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
