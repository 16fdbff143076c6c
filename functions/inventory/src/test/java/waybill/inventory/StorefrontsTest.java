package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.EventMessages.StockMoved;
import waybill.messages.EventType;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockCrossed;
import waybill.messages.StockMessages.StockReserved;
import waybill.workbench.Faults;

class StorefrontsTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
    depot.channel("web", "default");
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  /** What storefronts have heard, once all that is due is done. */
  private List<StockMoved> heard() {
    if (depot.allSent().contains(new StockCrossed(TEA, POOL))
        || depot.allSent().contains(new BackordersDue(TEA, POOL, true))) {
      depot.fill(TEA, false);
    }
    List<StockMoved> heard = depot.sent().stream().filter(StockMoved.class::isInstance).map(StockMoved.class::cast)
        .toList();
    depot.bench.forgetSent();
    return heard;
  }

  private static StockMoved news(EventType type, int number) {
    return new StockMoved(TEA, POOL, type, number);
  }

  private void fewAre(int units) {
    assertThat(depot.keeps(TEA, "default", "{\"safety_stock\":0,\"low_stock\":%d}".formatted(units)).status())
        .isEqualTo(200);
  }

  @Test
  void stockIsLowOnceACrossingAndNotOnceASale() {
    depot.holds(TEA, BERLIN, 10);
    fewAre(3);
    assertThat(heard()).isEmpty();

    depot.reserve(order("1", 0, of(6, TEA)));
    assertThat(heard()).isEmpty();
    depot.reserve(order("2", 1, of(1, TEA)));
    assertThat(heard()).containsExactly(news(EventType.STOCK_LOW, 1));
    depot.reserve(order("3", 2, of(1, TEA)));
    assertThat(depot.allSent()).as("a sale beyond it sends nothing more")
        .containsExactly(new StockReserved(orderId("3")));
    assertThat(heard()).isEmpty();

    depot.holds(TEA, BERLIN, 5);
    assertThat(heard()).as("plenty is no news").isEmpty();
    depot.reserve(order("4", 3, of(4, TEA)));
    assertThat(heard()).as("the next crossing").containsExactly(news(EventType.STOCK_LOW, 3));
  }

  @Test
  void itIsSoldOutAndBackWithoutAnyThreshold() {
    depot.holds(TEA, BERLIN, 2);
    assertThat(heard()).isEmpty();

    depot.reserve(order("1", 0, of(1, TEA)), order("2", 1, of(1, TEA)), order("3", 2, of(1, TEA)));
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 1));
    depot.reserve(order("4", 3, of(1, TEA)));
    assertThat(heard()).isEmpty();
    depot.release(cancelled("1"));
    assertThat(heard()).containsExactly(news(EventType.STOCK_BACK_IN_STOCK, 2));
    depot.adjust(TEA, "lost", "{\"location_id\":\"berlin\",\"quantity\":-1,\"reason\":\"lost\"}");
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 3));
    depot.expects("PO-1", BERLIN, 4, of(5, TEA)).receives("PO-1", "pallet", of(5, TEA));
    assertThat(heard()).containsExactly(news(EventType.STOCK_BACK_IN_STOCK, 4));
  }

  @Test
  void whatSafetyStockKeepsIsNotThere() {
    depot.holds(TEA, BERLIN, 5);

    depot.keeps(TEA, "default", "{\"safety_stock\":5}");
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 1));
    depot.keeps(TEA, "default", "{\"safety_stock\":2,\"low_stock\":3}");
    assertThat(heard()).containsExactly(news(EventType.STOCK_BACK_IN_STOCK, 2));
    fewAre(5);
    assertThat(heard()).as("it was few before").isEmpty();
    assertThat(depot.getStock(TEA).text()).contains("\"low_stock\":5");
  }

  @Test
  void aCheckoutCrossesAsAnOrderDoes() {
    depot.holds(TEA, BERLIN, 5);
    fewAre(2);

    Answer kept = depot.keep("k-1", 5, of(4, TEA));
    assertThat(heard()).containsExactly(news(EventType.STOCK_LOW, 1));
    depot.reserve(naming(kept, "mine", of(5, TEA)));
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 2));
    depot.release(cancelled("mine"));
    assertThat(heard()).containsExactly(news(EventType.STOCK_BACK_IN_STOCK, 3));
    depot.keep("k-2", 5, of(5, TEA));
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 4));
    depot.bench.clock().advance(Duration.ofMinutes(6));
    depot.expire();
    assertThat(heard()).containsExactly(news(EventType.STOCK_BACK_IN_STOCK, 5));
  }

  @Test
  void whatOrdersWaitForIsNotBack() {
    depot.holds(TEA, BERLIN, 1).oversells(TEA, "{\"policy\":\"backorder\",\"limit\":9}");
    depot.reserve(order("1", 0, of(3, TEA)));
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 1));

    depot.holds(TEA, BERLIN, 2);
    assertThat(heard()).as("it went to who waits").isEmpty();
    depot.holds(TEA, BERLIN, 1);
    assertThat(heard()).containsExactly(news(EventType.STOCK_BACK_IN_STOCK, 2));
  }

  @Test
  void whatLiesAtAClosedLocationIsNotThere() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 2);
    depot.location(BERLIN, "default", false);

    depot.reserve(order("1", 0, of(2, TEA)));
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 1));
    depot.location(BERLIN, "default", true);
    depot.reserve(order("2", 1, of(1, TEA)));
    assertThat(heard()).as("the next order finds that it is back").containsExactly(
        news(EventType.STOCK_BACK_IN_STOCK, 2));
  }

  @Test
  void whoeverDiesSaysItAgainAndNoOtherWord() {
    var faults = new Faults();
    DynamoDbClient sound = depot.dynamo;
    int number = 0;
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 8; call++) {
        String reference = "o-%d-%s".formatted(call, afterItsEffect);
        depot.holds(TEA, BERLIN, 1);
        heard();
        number++;
        depot.dynamo = faults.in(DynamoDbClient.class, sound);
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        depot.reserve(order(reference, number, of(1, TEA)));
        faults.stop();
        depot.reserve(order(reference, number, of(1, TEA)));
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        depot.fill(TEA, false);
        faults.stop();
        number = number + (number == 1 ? 0 : 1);
        assertThat(heard()).as("%s", reference).containsExactly(news(EventType.STOCK_SOLD_OUT, number));
        depot.dynamo = sound;
      }
    }
  }

  /** Its function dies at a call to a queue or a table; {@code afterItsEffect} says whether that took effect. */
  private void dies(int call, boolean afterItsEffect, boolean atSending, Runnable work) {
    var faults = new Faults();
    DynamoDbClient soundTable = depot.dynamo;
    SqsClient soundQueue = depot.sqs;
    if (atSending) {
      depot.sqs = faults.in(SqsClient.class, soundQueue);
    } else {
      depot.dynamo = faults.in(DynamoDbClient.class, soundTable);
    }
    faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
    work.run();
    depot.dynamo = soundTable;
    depot.sqs = soundQueue;
  }

  @Test
  void stockThatMovesBackAfterACrashBetweenWritingAndSendingLeavesNobodyWithOldNews() {
    for (boolean wasSent : new boolean[]{false, true}) {
      int number = wasSent ? 2 : 0;
      String reference = "sold-" + wasSent;
      if (!wasSent) {
        depot.holds(TEA, BERLIN, 1);
      }
      heard();
      depot.reserve(order(reference, number, of(1, TEA)));
      dies(1, wasSent, true, () -> assertThat(depot.fill(TEA, false)).as("its message is received again").hasSize(1));
      depot.release(cancelled(reference));

      assertThat(heard()).as("sent before: %s", wasSent).containsExactly(news(EventType.STOCK_SOLD_OUT, number + 1),
          news(EventType.STOCK_BACK_IN_STOCK, number + 2));
    }
  }

  @Test
  void whateverCallADeathStrikesNoNumberStandsForTwoEventsAndTheLastOneIsTrue() {
    int orders = 0;
    depot.holds(TEA, BERLIN, 1);
    var heard = new LinkedHashSet<StockMoved>();
    for (boolean atSending : new boolean[]{false, true}) {
      for (boolean afterItsEffect : new boolean[]{false, true}) {
        for (int call = 1; call <= (atSending ? 2 : 8); call++) {
          String reference = "o-" + ++orders;
          depot.reserve(order(reference, orders, of(1, TEA)));
          dies(call, afterItsEffect, atSending, () -> depot.fill(TEA, false));
          depot.release(cancelled(reference));
          heard.addAll(heard());
        }
      }
    }

    assertThat(heard).extracting(StockMoved::number).as("a number, an event").doesNotHaveDuplicates().isSorted();
    assertThat(List.copyOf(heard).getLast().event()).isEqualTo(EventType.STOCK_BACK_IN_STOCK);
    assertThat(heard.stream().map(StockMoved::event).toList()).as("never the same twice").satisfies(it -> {
      for (int i = 1; i < it.size(); i++) {
        assertThat(it.get(i)).isNotEqualTo(it.get(i - 1));
      }
    });
  }

  @Test
  void whatIsWrittenAndWasNotSentIsFoundByTheNextSale() {
    depot.holds(TEA, BERLIN, 1);
    depot.reserve(order("1", 0, of(1, TEA)));
    dies(1, false, true, () -> depot.fill(TEA, false));
    depot.bench.forgetSent();

    depot.reserve(order("2", 1, of(1, TEA)));
    assertThat(depot.allSent()).contains(new StockCrossed(TEA, POOL));
    assertThat(heard()).containsExactly(news(EventType.STOCK_SOLD_OUT, 1));
    depot.reserve(order("3", 2, of(1, TEA)));
    assertThat(depot.allSent()).as("once it is sent, no sale sends for it").doesNotContain(new StockCrossed(TEA, POOL));
  }

  @Test
  void whatStorefrontsKnowMakesNoItemLargerThanAKilobyte() {
    depot.holds(TEA, BERLIN, 1);
    fewAre(1_000_000_000);
    depot.reserve(order("1", 0, of(1, TEA)));
    heard();

    assertThat(depot.bench.items("inventory")).filteredOn(it -> it.get("sk").s().startsWith(Counter.POOL))
        .allSatisfy(it -> assertThat(it.toString().length()).isLessThan(1_000));
  }
}
