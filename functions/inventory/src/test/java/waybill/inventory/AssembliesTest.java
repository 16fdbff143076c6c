package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Assembly.Type.ASSEMBLE;
import static waybill.inventory.Assembly.Type.DISASSEMBLE;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.inParallel;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.planned;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.inventory.Depot.Answer;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockMessages.BackordersDue;

/** A HAMPER is assembled out of a POT and two CUPs, and sold from stock of its own. */
class AssembliesTest {
  private static final Sku HAMPER = new Sku("HAMPER");
  private static final Sku POT = new Sku("POT");
  private static final Sku CUP = new Sku("CUP");
  private static final String RECIPE = """
      "components":[{"sku":"POT","quantity":1},{"sku":"CUP","quantity":2}],"sold_from":"stock\"""";

  private final Depot depot = new Depot();

  @BeforeEach
  void shop() {
    depot.channel("web", "default");
    depot.product(POT);
    depot.product(CUP);
    hamper("");
  }

  /** @param terms further attributes */
  private void hamper(String terms) {
    depot.put("HAMPER", "{\"name\":\"Hamper\"," + terms + RECIPE + "}");
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private long onHand(Sku sku, LocationId location) {
    return depot.at(location, sku).onHand();
  }

  private String status(String assembly) {
    return (String) depot.getAssembly(assembly).body().get("status");
  }

  @Test
  void aWorkOrderMovesNothingUntilAPartOfItIsDone() {
    depot.holds(POT, BERLIN, 5).holds(CUP, BERLIN, 9);
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 4);
    assertThat(status(assembly)).isEqualTo("open");
    assertThat(onHand(POT, BERLIN)).isEqualTo(5);

    Answer part = depot.completes(assembly, "first shift", 3);
    assertThat(part.status()).as(part.text()).isEqualTo(201);
    assertThat(part.body()).containsEntry("status", "partially_completed").containsEntry("completed", 3L);
    assertThat(onHand(POT, BERLIN)).isEqualTo(2);
    assertThat(onHand(CUP, BERLIN)).isEqualTo(3);
    assertThat(onHand(HAMPER, BERLIN)).isEqualTo(3);
    assertThat(depot.inPool(HAMPER).available()).isEqualTo(3);
    assertThat(depot.inPool(CUP).available()).isEqualTo(3);

    assertThat(depot.completes(assembly, "second shift", 1).body()).containsEntry("status", "completed");
    assertThat(onHand(CUP, BERLIN)).isEqualTo(1);
    Answer more = depot.completes(assembly, "third shift", 1);
    assertThat(more.status()).isEqualTo(409);
    assertThat(more.body()).containsEntry("code", "assembly_completed");
  }

  @Test
  void whatIsAssembledIsInOneLedgerWithWhatItIsMadeOf() {
    depot.holds(POT, BERLIN, 5).holds(CUP, BERLIN, 9);
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 4);
    Answer part = depot.completes(assembly, "shift", "{\"quantity\":2,\"note\":\"first shift\"}");
    for (Map.Entry<Sku, Integer> it : Map.of(HAMPER, 2, POT, -2, CUP, -4).entrySet()) {
      LedgerEntry entry = depot.movements(it.getKey(), BERLIN).getLast();
      assertThat(entry.reason()).isEqualTo(LedgerEntry.Reason.ASSEMBLED);
      assertThat(entry.change()).isEqualTo(new Physical(it.getValue(), 0, 0));
      assertThat(entry.references()).containsExactly((String) part.body().get("completion_id"), assembly);
      assertThat(entry.note()).isEqualTo("first shift");
      assertThat(entry.actor()).isEqualTo("ada");
    }
    assertThat(depot.listMovements(CUP, Map.of()).text()).contains("\"assembled\"");
  }

  @Test
  void whatIsTakenApartIsItsComponentsAgain() {
    depot.holds(HAMPER, LEIPZIG, 3);
    String assembly = depot.opensAssembly(DISASSEMBLE, HAMPER, LEIPZIG, 3);
    assertThat(depot.completes(assembly, "shift", 2).status()).isEqualTo(201);
    assertThat(onHand(HAMPER, LEIPZIG)).isEqualTo(1);
    assertThat(onHand(POT, LEIPZIG)).isEqualTo(2);
    assertThat(onHand(CUP, LEIPZIG)).isEqualTo(4);
    assertThat(depot.movements(POT, LEIPZIG).getLast().reason()).isEqualTo(LedgerEntry.Reason.DISASSEMBLED);

    depot.reserve(order("wants it", 1, of(1, HAMPER)));
    assertThat(depot.completes(assembly, "again", 1).body()).containsEntry("code", "insufficient_stock");
  }

  @Test
  void aWorkOrderIsOpenedAndCompletedOnceForItsKey() {
    depot.holds(POT, BERLIN, 5).holds(CUP, BERLIN, 10);
    String body = "{\"sku\":\"HAMPER\",\"quantity\":4,\"location_id\":\"berlin\"}";
    Answer opened = depot.opensAssembly("december", body);
    String assembly = (String) opened.body().get("id");
    depot.completes(assembly, "shift", 1);
    depot.put("HAMPER",
        "{\"name\":\"Hamper\",\"components\":[{\"sku\":\"CUP\",\"quantity\":1}],\"sold_from\":\"stock\"}");
    assertThat(depot.opensAssembly("december", body).body()).containsEntry("id", assembly).containsEntry("completed",
        1L);
    assertThat(depot.opensAssembly("december", body.replace("4", "5")).body()).containsEntry("code",
        "idempotency_key_reused");
    assertThat(depot.completes(assembly, "shift", 1).body()).containsEntry("completed", 1L);
    Answer reused = depot.completes(assembly, "shift", 2);
    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.body()).containsEntry("code", "idempotency_key_reused");
    assertThat(onHand(POT, BERLIN)).as("once, by what it was made of when it was opened").isEqualTo(4);
  }

  @Test
  void whatIsPromisedAllocatedWaitedForOrKeptIsNotUsedUp() {
    depot.holds(POT, BERLIN, 10).holds(CUP, BERLIN, 10).holds(CUP, LEIPZIG, 4);
    depot.reserve(order("one", 1, of(6, CUP)));
    depot.keeps(POT, "default", "{\"safety_stock\":7}");
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 9);
    Answer refused = depot.completes(assembly, "much", 5);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("/quantity", "takes 10 units of CUP, of which only 8 are free",
        "takes 5 units of POT, of which only 3 are free");
    assertThat(onHand(HAMPER, BERLIN)).isZero();
    assertThat(depot.movements(POT, BERLIN)).hasSize(1);

    depot.allocate(planned("one", BERLIN, of(6, CUP)));
    assertThat(depot.completes(assembly, "less", 3).body()).containsEntry("code", "insufficient_stock");
    assertThat(depot.completes(assembly, "least", 2).status()).isEqualTo(201);
    assertThat(onHand(HAMPER, BERLIN)).isEqualTo(2);
  }

  @Test
  void atAClosedLocationWhatIsThereIsPromisedToNobodyAndMayBeUsedUp() {
    depot.holds(POT, BERLIN, 2).holds(CUP, BERLIN, 4).holds(CUP, LEIPZIG, 4);
    depot.reserve(order("one", 1, of(4, CUP)));
    depot.location(BERLIN, "default", false);
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 2);
    assertThat(depot.completes(assembly, "shift", 2).status()).isEqualTo(201);
    assertThat(depot.getStock(HAMPER).text()).contains("\"available\":0,\"reserved\":0");
  }

  @Test
  void whatIsAssembledIsSoldAsItIsAndNotAsItsComponents() {
    depot.holds(POT, BERLIN, 5).holds(CUP, BERLIN, 10);
    Map<String, String> query = Map.of("channel", "web", "sku", "HAMPER", "quantity", "1");
    assertThat(depot.availability(query, Map.of()).get("body").toString()).contains("\"status\":\"sold_out\"");
    depot.completes(depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 1), "shift", 1);
    assertThat(depot.availability(query, Map.of()).get("body").toString()).contains("\"status\":\"in_stock\"");
    assertThat(depot.keep("cart", 10, of(1, HAMPER)).status()).isEqualTo(201);
    assertThat(depot.inPool(HAMPER).reserved()).isEqualTo(1);
    assertThat(depot.inPool(POT).reserved()).isZero();
  }

  @Test
  void whoWaitsForWhatIsAssembledHearsOfIt() {
    hamper("\"oversell\":{\"policy\":\"backorder\",\"limit\":5},");
    depot.holds(POT, BERLIN, 5).holds(CUP, BERLIN, 10);
    depot.reserve(order("waits", 1, of(2, HAMPER)));
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 2);
    for (int again = 0; again < 2; again++) {
      depot.completes(assembly, "shift", 2);
      assertThat(depot.sent()).contains(new BackordersDue(HAMPER, Depot.POOL, true));
    }
    depot.fill(HAMPER, true);
    assertThat(depot.inPool(HAMPER)).isEqualTo(Levels.of(Level.RESERVED, 2));
  }

  @Test
  void whatIsCancelledIsDoneNoMoreAndWhatWasDoneStays() {
    depot.holds(POT, BERLIN, 5).holds(CUP, BERLIN, 10);
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 4);
    depot.completes(assembly, "shift", 1);
    for (int again = 0; again < 2; again++) {
      assertThat(depot.cancelsAssembly(assembly).body()).containsEntry("status", "cancelled").containsEntry("completed",
          1L);
    }
    assertThat(depot.completes(assembly, "late", 1).body()).containsEntry("code", "assembly_cancelled");
    assertThat(depot.completes(assembly, "shift", 1).status()).as("what was done before is found").isEqualTo(201);
    assertThat(onHand(HAMPER, BERLIN)).isEqualTo(1);

    String done = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 1);
    depot.completes(done, "all", 1);
    assertThat(depot.cancelsAssembly(done).body()).containsEntry("code", "assembly_completed");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"sku\":\"NONE\",\"quantity\":1,\"location_id\":\"berlin\"} | /sku | unknown_product",
    "{\"sku\":\"POT\",\"quantity\":1,\"location_id\":\"berlin\"} | /sku | no_components",
    "{\"sku\":\"SET\",\"quantity\":1,\"location_id\":\"berlin\"} | /sku | kit",
    "{\"sku\":\"HAMPER\",\"quantity\":0,\"location_id\":\"berlin\"} | /quantity | out_of_range",
    "{\"sku\":\"HAMPER\",\"quantity\":1,\"location_id\":\"atlantis\"} | /location_id | unknown_location",
    "{\"sku\":\"HAMPER\",\"quantity\":1,\"location_id\":\"berlin\",\"type\":\"melt\"} | /type | unknown_value",
    "{\"quantity\":1,\"location_id\":\"berlin\"} | /sku | required"})
  void whatCannotBeAssembledIsRefusedByItsField(String body, String pointer, String code) {
    depot.put("SET", "{\"name\":\"Set\",\"components\":[{\"sku\":\"POT\",\"quantity\":1}]}");
    Answer refused = depot.opensAssembly("bad", body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("\"pointer\":\"%s\"".formatted(pointer), "\"code\":\"%s\"".formatted(code));
    assertThat(depot.bench.items("inventory")).isEmpty();
  }

  @Test
  void aProductOfWhichAComponentIsNotCarriedAnyMoreIsNotAssembled() {
    depot.put("POT", "{\"name\":\"Pot\",\"requires_shipping\":false}");
    Answer refused = depot.opensAssembly("bad", "{\"sku\":\"HAMPER\",\"quantity\":1,\"location_id\":\"berlin\"}");
    assertThat(refused.text()).contains("\"pointer\":\"/sku\"", "kit_incomplete", "is made of POT");
  }

  @Test
  void whatIsCountedByLotsIsNotAssembledYet() {
    depot.put("HERBS", "{\"name\":\"Herbs\",\"lot_tracked\":true}");
    depot.put("BOX", "{\"name\":\"Box\",\"components\":[{\"sku\":\"HERBS\",\"quantity\":1}],\"sold_from\":\"stock\"}");
    Answer refused = depot.opensAssembly("bad", "{\"sku\":\"BOX\",\"quantity\":1,\"location_id\":\"berlin\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("\"pointer\":\"/sku\"", "\"lot_tracked\"", "HERBS is counted by lots");
  }

  @Test
  void moreThanIsStillToBeDoneIsRefusedByItsField() {
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 2);
    Answer refused = depot.completes(assembly, "much", 3);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("/quantity", "too_many", "only 2 units");
    assertThat(depot.completes("asm_00000000000000000000000000", "none", 1).status()).isEqualTo(404);
  }

  @Test
  void aCounterThatWouldHoldTooMuchRefusesAllOfIt() {
    depot.holds(POT, BERLIN, 1).holds(CUP, BERLIN, 2).holds(HAMPER, BERLIN, 1_000_000_000)
        .holds(HAMPER, BERLIN, 1_000_000_000);
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 1);
    assertThat(depot.completes(assembly, "full", 1).body()).containsEntry("code", "stock_limit");
    assertThat(onHand(POT, BERLIN)).isEqualTo(1);
  }

  @Test
  void theMostComponentsAreOneTransaction() {
    List<Sku> parts = IntStream.rangeClosed(1, 31).mapToObj("PART-%d"::formatted).map(Sku::new).toList();
    parts.forEach(it -> {
      depot.product(it);
      depot.holds(it, BERLIN, 2);
    });
    depot.put("BIG", "{\"name\":\"Big\",\"components\":[%s],\"sold_from\":\"stock\"}".formatted(parts.stream()
        .map(it -> "{\"sku\":\"%s\",\"quantity\":1}".formatted(it)).collect(Collectors.joining(","))));
    Sku big = new Sku("BIG");
    Answer done = depot.completes(depot.opensAssembly(ASSEMBLE, big, BERLIN, 2), "all", 2);
    assertThat(done.status()).as(done.text()).isEqualTo(201);
    assertThat(parts).allSatisfy(it -> assertThat(onHand(it, BERLIN)).isZero());
    assertThat(onHand(big, BERLIN)).isEqualTo(2);
  }

  @Test
  void workersAndOrdersThatWantTheSameComponentsAtOnceGetNoneOfItTwice() throws Exception {
    depot.holds(POT, BERLIN, 20).holds(CUP, BERLIN, 24);
    String assembly = depot.opensAssembly(ASSEMBLE, HAMPER, BERLIN, 20);
    List<Integer> answers = inParallel(12, worker -> {
      if (worker % 2 == 0) {
        return depot.reserve(order("o" + worker, worker, of(2, CUP))).size();
      }
      return depot.completes(assembly, "w" + worker, 3).status();
    });
    long done = answers.stream().filter(it -> it == 201).count();
    assertThat(answers).allMatch(it -> List.of(0, 201, 409, 503).contains(it));
    assertThat(onHand(HAMPER, BERLIN)).isEqualTo(3 * done);
    assertThat(onHand(CUP, BERLIN)).isEqualTo(24 - 6 * done);
    Levels cups = depot.inPool(CUP);
    assertThat(cups.available() + cups.reserved()).isEqualTo(24 - 6 * done);
    assertThat(done).isPositive();
  }
}
