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

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.LocationClosed;
import waybill.messages.FulfillmentMessages.RepackingDecided;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.workbench.Bench.Sent;
import waybill.workbench.Faults;

/** Every function dies after, and before, each of its calls in turn; what it was asked for comes back; the end is the same. */
class CrashTest {
  private final Floor floor = new Floor();
  private final Faults faults = new Faults();

  @AfterEach
  void close() {
    floor.close();
  }

  /** A state to start from, and what is asked there; it tells whether it succeeded. */
  private enum Case {
    RELEASED_FOR_ONE_LOCATION {
      @Override
      boolean ask(Floor floor, int order) {
        return floor.plan(released(order, line(0, "TEA", 1))).isEmpty();
      }
    },
    RELEASED_FOR_TWO_LOCATIONS {
      @Override
      boolean ask(Floor floor, int order) {
        return floor.plan(released(order, line(0, "TEA", 1), line(1, "MUG", 1))).isEmpty();
      }
    },
    REFUSED {
      @Override
      void prepare(Floor floor, int order) {
        floor.plan(released(order, line(0, "TEA", 1)));
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.plan(refused(planned(order))).isEmpty();
      }
    },
    ALLOCATED {
      @Override
      void prepare(Floor floor, int order) {
        floor.plan(released(order, line(0, "TEA", 1)));
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.plan(allocated(planned(order))).isEmpty();
      }
    },
    ALLOCATED_TOO_LATE {
      @Override
      void prepare(Floor floor, int order) {
        floor.plan(released(order, line(0, "TEA", 1)));
        floor.cancel(cancelled(order));
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.plan(allocated(planned(order))).isEmpty();
      }
    },
    PACKED {
      @Override
      void prepare(Floor floor, int order) {
        floor.open(order, line(0, "TEA", 1));
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.pack(fulfillment(order, 1), 0, 1).status() == 200;
      }
    },
    APPROVED {
      @Override
      void prepare(Floor floor, int order) {
        floor.open(order, line(0, "TEA", 1));
        floor.pack(fulfillment(order, 1), 0, 1);
        approved = approved(floor.packed().getLast()).toArray(Message[]::new);
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.plan(approved).isEmpty();
      }
    },
    REPACKED {
      @Override
      void prepare(Floor floor, int order) {
        floor.open(order, line(0, "TEA", 1));
        floor.pack(fulfillment(order, 1), 0, 1);
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.repack(fulfillment(order, 1), "again").status() == 200
            && floor.plan(new RepackingDecided(Floor.order(order), fulfillment(order, 1), 1, true)).isEmpty();
      }
    },
    ITS_LOCATION_IS_CLOSED {
      @Override
      void prepare(Floor floor, int order) {
        floor.open(order, line(0, "TEA", 1));
      }

      @Override
      boolean ask(Floor floor, int order) {
        floor.location("berlin", false, Floor.POOL.value());
        return floor.plan(new LocationClosed(Floor.order(order), fulfillment(order, 1))).isEmpty();
      }
    },
    CANCELLED_BEFORE_IT_IS_PLANNED {
      @Override
      boolean ask(Floor floor, int order) {
        return floor.cancel(cancelled(order)).isEmpty();
      }
    },
    CANCELLED_WHILE_PLANNED_OPEN_AND_PACKED {
      @Override
      void prepare(Floor floor, int order) {
        floor.plan(released(order, line(0, "TEA", 1), line(1, "MUG", 1), line(2, "CUP", 1)));
        floor.plan(allocated(planned(order)));
        List<FulfillmentPlanned> planned = floor.planned();
        floor.plan(allocated(planned.getLast()));
        floor.pack(planned.getLast().fulfillment(), 2, 1);
      }

      @Override
      boolean ask(Floor floor, int order) {
        return floor.cancel(cancelled(order)).isEmpty();
      }
    },
    A_MINUTE_UNANSWERED {
      @Override
      void prepare(Floor floor, int order) {
        floor.open(order, line(0, "TEA", 1));
        floor.pack(fulfillment(order, 1), 0, 1);
        floor.bench.clock().advance(Duration.ofMinutes(1));
      }

      @Override
      boolean ask(Floor floor, int order) {
        try {
          floor.resend();
          return true;
        } catch (IllegalStateException _) {
          return false;
        }
      }
    };

    Message[] approved;

    void prepare(Floor floor, int order) {}

    abstract boolean ask(Floor floor, int order);

    /** As it was planned first. */
    static FulfillmentPlanned planned(int order) {
      return new FulfillmentPlanned(Floor.order(order), fulfillment(order, 1),
          new LocationId("berlin"), List.of(line(0, "TEA", 1)));
    }
  }

  /** What the table holds of an order in the end, and what was told of it, each once. */
  private record End(List<String> items, Set<String> told) {}

  /** @param died whether the asked function died; not where it needs fewer calls */
  private record Run(boolean died, End end) {}

  @ParameterizedTest
  @EnumSource
  void whereverItDiesTheEndIsTheSame(Case it) {
    int order = 1;
    End undisturbed = run(it, order, 0, false).end();
    for (boolean afterEffect : new boolean[]{false, true}) {
      int call = 0;
      boolean died;
      do {
        Run run = run(it, ++order, ++call, afterEffect);
        assertThat(run.end()).as("died %s call %d", afterEffect ? "after" : "at", call).isEqualTo(undisturbed);
        died = run.died();
      } while (died);
      assertThat(call).as("it died at two calls at least").isGreaterThan(2);
    }
  }

  private Run run(Case it, int order, int call, boolean afterEffect) {
    floor.holds("berlin", "TEA", 1).holds("leipzig", "MUG", 1).holds("munich", "CUP", 1);
    floor.through(floor.bench.dynamo(), floor.bench.sqs());
    it.prepare(floor, order);
    floor.holds("berlin", "TEA", it == Case.REFUSED ? 0 : 1).holds("stuttgart", "TEA", it == Case.REFUSED ? 1 : 0);
    floor.bench.forgetSent();
    floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()),
        faults.in(SqsClient.class, floor.bench.sqs()));
    faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
    boolean died = !it.ask(floor, order);
    faults.stop();
    assertThat(it.ask(floor, order)).as("when it comes back").isTrue();
    String digest = order(order).value().substring("ord_".length());
    Set<String> told = floor.bench.sent().stream().map(Sent::text).filter(text -> text.contains(digest))
        .map(text -> text.replace(digest, "digest")).collect(Collectors.toSet());
    return new Run(died, new End(floor.items(order), told));
  }
}
