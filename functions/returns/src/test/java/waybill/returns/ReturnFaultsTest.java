package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ReturnMessages.ReturnRefunded;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** What is lost, late or repeated on the way of units that come back. */
class ReturnFaultsTest {
  private Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private String twoTins() {
    counter.isDelivered();
    return counter.ask(units(1, 2)).id();
  }

  @Test
  void whatReachedTheMoneyAndNotTheStockIsPutBackByTheSweep() {
    String id = twoTins();
    counter.count(id, units(1, 2));
    counter.lose("restock-return");
    counter.dispose(id, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.stock("TEA-200")).containsExactly(0L, 0L, 0L);

    counter.loseNothing();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);

    counter.later(Duration.ofMinutes(2));
    int before = counter.bench.sent().size();
    counter.sweep();
    assertThat(counter.bench.sent()).as("it was looked after once").hasSize(before);
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void goodsThatNobodyAnnouncedAreKeptApartThoughTheFirstMessageWasLost() {
    String id = twoTins();
    counter.lose("restock-return");
    counter.count(id, units(1, 1), ",\"unexpected\":[{\"sku\":\"MUG-BLUE\",\"quantity\":1}]", "found");
    counter.rest();
    counter.loseNothing();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.stock("MUG-BLUE")).containsExactly(0L, 0L, 1L);
  }

  /** Two tins of a lot that is good until 1 December. */
  private String perishable() {
    counter.close();
    counter = new Counter(it -> it.putAll(Map.of("lot_tracked", true, "expires", true)));
    counter.adjust("TEA-200", """
        {"location_id":"leipzig","quantity":2,"reason":"received","lot":"L-1","expires_on":"2026-12-01"}""");
    String id = twoTins();
    counter.count(id, units(1, 2));
    return id;
  }

  private static final String RESTOCKED = "{\"line_id\":\"line_1\",\"quantity\":2,\"outcome\":\"restocked\",\"lot\":\"L-1\"}";

  @Test
  void aLotThatHasExpiredBeforeItsUnitsArePutBackIsKeptApart() {
    String id = perishable();
    assertThat(counter.dispose(id, RESTOCKED).status()).isEqualTo(201);
    counter.later(Duration.ofDays(12));
    counter.rest();
    assertThat(counter.stock("TEA-200").get(2)).as("quarantined").isEqualTo(2);
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void aRepeatedDecisionStandsThoughItsLotHasExpiredSince() {
    String id = perishable();
    assertThat(counter.dispose(id, RESTOCKED, "key").status()).isEqualTo(201);
    counter.later(Duration.ofDays(12));
    assertThat(counter.dispose(id, RESTOCKED, "key").status()).isEqualTo(201);
    assertThat(counter.dispose(id, RESTOCKED, "another").errors()).containsExactly("/lines/0/lot expired");
  }

  @Test
  void aParcelThatComesBackBeforeItsOrderKnowsThatItHasLeftOpensAReturnOnceThatIsKnown() {
    counter.isPacked();
    var back = new ShipmentReturned(Counter.ORDER, Counter.PARCEL, counter.bench.clock().instant(), null);
    String answer = Bench.output(new OpenReturnHandler(counter.bench.ports()), counter.bench.sqsEvent(back));
    assertThat((List<?>) Json.readObject(answer).get("batchItemFailures")).as("the queue tries again").hasSize(1);
    assertThat((List<?>) counter.returns().get("data")).isEmpty();
    counter.comesBack();
    assertThat((List<?>) counter.returns().get("data")).hasSize(1);
  }

  @Test
  void aParcelThatComesBackBeforeTheNewsOfItsLabelOpensAReturn() {
    counter.isPacked();
    counter.comesBack();
    assertThat((List<?>) counter.returns().get("data")).hasSize(1);
  }

  @Test
  void moneyThatIsGrantedDaysLaterIsGrantedThen() {
    String id = twoTins();
    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 2, "restocked", "nobody"));
    counter.later(Duration.ofDays(3));
    counter.rest();
    assertThat(counter.granted()).extracting(ReturnRefunded::at).containsExactly(counter.bench.clock().instant());
  }
}
