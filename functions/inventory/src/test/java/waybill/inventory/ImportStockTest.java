package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Sku;
import waybill.messages.StockImportId;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockFellShort;
import waybill.messages.StockMessages.StockImportDue;
import waybill.platform.Json;
import waybill.workbench.Faults;

class ImportStockTest {
  private static final String COLUMNS = "sku,location_id,quantity,reason,counted,note\n";

  private final Faults faults = new Faults();
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    faults.stop();
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private Answer sends(String key, String lines) {
    return depot.imports(key, Map.of(), COLUMNS + lines);
  }

  private Answer checks(String key, String lines) {
    return depot.imports(key, Map.of("dry_run", "true"), COLUMNS + lines);
  }

  /** Does all that was sent for, as queues do: what fails is received again. */
  private void work() {
    for (int round = 0; round < 40; round++) {
      List<StockImportDue> due = depot.allSent().stream().filter(StockImportDue.class::isInstance)
          .map(StockImportDue.class::cast).toList();
      depot.bench.forgetSent();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(it -> {
        for (int receives = 0; !depot.apply(it).isEmpty(); receives++) {
          assertThat(receives).isLessThan(5);
        }
      });
    }
    throw new AssertionError("it never ends");
  }

  private long onHand(Sku sku) {
    var shelf = Counter.of(sku, BERLIN);
    return InventoryTable.counters(depot.bench.ports()).readWhole(List.of(shelf)).getOrDefault(shelf, Levels.NONE)
        .there();
  }

  private Map<String, Object> progress(String key) {
    Answer answer = depot.getImport(StockImportId.of(key).value());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static List<String> errors(Answer answer) {
    return ((List<?>) answer.body().get("errors")).stream().map(Json::object)
        .map(it -> it.get("line") + " " + it.get("column") + " " + it.get("code")).toList();
  }

  @Test
  void aFileIsCheckedAcceptedDoneAndShowsItsProgress() {
    depot.holds(TEA, BERLIN, 10);
    String lines = "TEA-200,berlin,5,received,,\nTEA-200,berlin,-2,damaged,,dented\nMUG-BLUE,berlin,,,7,\nMUG-BLUE,leipzig,,,0,\n";

    Answer dry = checks("file", lines);
    assertThat(dry.status()).as(dry.text()).isEqualTo(200);
    assertThat(dry.body()).containsEntry("lines", 4L).containsEntry("products", 2L).containsEntry("locations", 2L)
        .containsEntry("units_added", 12L).containsEntry("units_removed", 2L).containsEntry("done", 0L)
        .doesNotContainKey("revision");
    assertThat(depot.getImport((String) dry.body().get("id")).status()).as("nothing is done").isEqualTo(404);
    assertThat(depot.allSent()).noneMatch(StockImportDue.class::isInstance);

    Answer accepted = sends("file", lines);
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.body()).containsEntry("status", "importing").containsEntry("id", dry.body().get("id"));
    work();
    assertThat(progress("file")).containsEntry("status", "completed").containsEntry("done", 4L)
        .containsEntry("changed", 3L).containsEntry("unchanged", 1L).containsEntry("refused", 0L);
    assertThat(onHand(TEA)).isEqualTo(13);
    assertThat(onHand(MUG)).isEqualTo(7);
    assertThat(depot.listMovements(TEA, Map.of()).text()).contains("\"damaged\"", "\"dented\"", "\"actor\":\"ada\"");
    assertNothingIsKept();
  }

  @Test
  void aFileWithABadLineIsRefusedAsItsDryRunIsAndNothingOfItIsImported() {
    depot.holds(TEA, BERLIN, 3);
    depot.put("TEA-SET", "{\"name\":\"A kit\",\"components\":[{\"sku\":\"TEA-200\",\"quantity\":2}]}");
    String lines = """
        TEA-200,berlin,5,received,,
        TEA-200,berlin,-9,lost,,
        TEA-200,berlin,-8,lost,,
        TEA-200,paris,1,received,,
        TEA-SET,berlin,1,received,,
        NO-TEA,berlin,1,received,,
        MUG-BLUE,berlin,,,4,
        MUG-BLUE,berlin,,,5,
        MUG-BLUE,berlin,1,received,,
        TEA-200,vienna,-1,repaired,,
        TEA-200,leipzig,-1,lost,,
        """;
    for (Answer answer : List.of(checks("bad", lines), sends("bad", lines))) {
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body()).containsEntry("code", "invalid_import").containsEntry("detail",
          "8 lines break a rule: nothing is imported");
      assertThat(errors(answer)).containsExactly("3 quantity insufficient_stock", "5 location_id unknown_location",
          "6 sku kit", "7 sku unknown_product", "9 counted repeated", "10 quantity repeated", "11 quantity wrong_sign",
          "12 quantity insufficient_stock");
      assertThat(answer.text()).contains("\"pointer\":\"/3/quantity\"", "is on line 8 already");
    }
    assertThat(depot.allSent()).noneMatch(StockImportDue.class::isInstance);
    assertThat(onHand(TEA)).isEqualTo(3);
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.get("sk").s().startsWith("part#"));
  }

  @Test
  void linesAreOfLotsByTheRulesOfAnAdjustment() {
    depot.put("MILK", "{\"name\":\"Milk\",\"lot_tracked\":true,\"expires\":true}");
    var milk = new Sku("MILK");
    String columns = "sku,location_id,quantity,reason,counted,lot,expires_on\n";
    Answer bad = depot.imports("lots", Map.of(), columns + """
        MILK,berlin,5,received,,,
        MILK,berlin,5,received,,A,
        MILK,berlin,5,received,,A,2026-11-21
        MILK,berlin,-1,lost,,B,
        MILK,berlin,5,received,,C,2027-03-31
        MILK,leipzig,5,received,,C,2027-04-01
        MILK,berlin,-6,lost,,C,
        MILK,berlin,,,4,C,
        TEA-200,berlin,1,received,,C,
        """);
    assertThat(errors(bad)).containsExactly("2 lot required", "3 expires_on required", "4 expires_on expired",
        "5 lot unknown_lot", "7 expires_on wrong_expiry", "8 quantity insufficient_stock", "9 counted repeated",
        "10 lot not_lot_tracked");
    assertThat(depot.imports("lots", Map.of(), columns + """
        MILK,berlin,5,received,,C,2027-03-31
        MILK,berlin,-2,damaged,,C,
        MILK,berlin,7,received,,D,2027-01-31
        MILK,leipzig,1,received,,C,2027-03-31
        """).status()).isEqualTo(202);
    work();
    assertThat(progress("lots")).containsEntry("changed", 4L);
    assertThat(onHand(milk)).isEqualTo(10);
    assertThat((String) depot.exports(Map.of()).get("body")).contains("""
        MILK,Milk,berlin,7,0,7,0,0,0,0,D,2027-01-31
        MILK,Milk,berlin,3,0,3,2,0,0,0,C,2027-03-31
        MILK,Milk,leipzig,1,0,1,0,0,0,0,C,2027-03-31
        """.replace("\n", "\r\n"));
    assertThat(depot.imports("count", Map.of(), columns + "MILK,berlin,,,4,C,\nMILK,berlin,,,7,D,\n").status())
        .isEqualTo(202);
    work();
    assertThat(onHand(milk)).isEqualTo(11);
  }

  @Test
  void theSameFileTwiceChangesNothingTwice() {
    String lines = "TEA-200,berlin,5,received,,\nMUG-BLUE,berlin,2,found,,\n";
    sends("monday", lines);
    sends("monday", lines);
    work();
    assertThat(sends("monday", lines).body()).containsEntry("status", "completed");
    assertThat(depot.allSent()).as("there is nothing to go on with").noneMatch(StockImportDue.class::isInstance);

    Answer again = sends("tuesday", lines);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).containsEntry("code", "already_imported").containsEntry("import_id",
        StockImportId.of("monday").value());
    assertThat(checks("tuesday", lines).status()).isEqualTo(409);
    Answer other = sends("monday", "TEA-200,berlin,6,received,,\n");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).containsEntry("code", "idempotency_key_reused");
    assertThat(onHand(TEA)).isEqualTo(5);

    assertThat(depot.imports("tuesday", Map.of("repeat", "true"), COLUMNS + lines).status()).isEqualTo(202);
    work();
    assertThat(onHand(TEA)).as("it was meant").isEqualTo(10);
  }

  @Test
  void theKeyOfAnAdjustmentIsNeverALineOfAFile() {
    String id = sends("file", "TEA-200,berlin,5,received,,\n").body().get("id").toString();
    assertThat(depot.adjust(TEA, id + "0", "{\"location_id\":\"berlin\",\"quantity\":1,\"reason\":\"found\"}").status())
        .isEqualTo(201);
    work();
    assertThat(onHand(TEA)).isEqualTo(6);
  }

  @Test
  void whatWasCountedInAFileWasCountedWhenItWasSent() {
    depot.holds(TEA, BERLIN, 10);
    sends("count", "TEA-200,berlin,,,8,\n");
    depot.bench.clock().advance(Duration.ofMinutes(1));
    depot.holds(TEA, BERLIN, 5);
    work();
    assertThat(onHand(TEA)).as("five came after the count").isEqualTo(13);
  }

  @Test
  void aLineThatStockHasOvertakenIsRefusedAndTheOthersAreDone() {
    depot.holds(TEA, BERLIN, 3);
    sends("late", "TEA-200,berlin,-3,lost,,\nMUG-BLUE,berlin,4,received,,\n");
    depot.adjust(TEA, "first", "{\"location_id\":\"berlin\",\"quantity\":-1,\"reason\":\"lost\"}");
    work();

    assertThat(progress("late")).containsEntry("status", "completed").containsEntry("changed", 1L)
        .containsEntry("refused", 1L);
    assertThat(errors(depot.getImport(StockImportId.of("late").value())))
        .containsExactly("2 quantity insufficient_stock");
    assertThat(onHand(TEA)).isEqualTo(2);
    assertThat(onHand(MUG)).isEqualTo(4);
  }

  @Test
  void whatFollowsFromAnAdjustmentFollowsFromALine() {
    depot.oversells(MUG, "{\"policy\":\"backorder\",\"limit\":9}").holds(TEA, BERLIN, 4);
    depot.reserve(order("1", 0, of(4, TEA)), order("2", 1, of(2, MUG)));
    depot.allocate(planned("1", BERLIN, of(4, TEA)));
    depot.bench.forgetSent();
    sends("file", "TEA-200,berlin,,,1,\nMUG-BLUE,berlin,2,received,,\n");
    depot.bench.forgetSent();
    depot.apply(new StockImportDue(StockImportId.of("file"), 0));

    assertThat(depot.sent()).contains(new BackordersDue(MUG, POOL, true))
        .anySatisfy(it -> assertThat(it).isInstanceOfSatisfying(StockFellShort.class,
            fell -> assertThat(fell.units()).isEqualTo(3)));
  }

  /** 250 lines are three parts; each product has a line of its own, so that a line that is done twice shows. */
  private static String many(int lines) {
    return IntStream.range(0, lines).mapToObj("SKU-%d,berlin,1,received,,\n"::formatted)
        .collect(Collectors.joining());
  }

  @Test
  void aLargeFileIsDoneInParts() {
    IntStream.range(0, 250).forEach(it -> depot.product(new Sku("SKU-" + it)));
    sends("large", many(250));
    StockImportId id = StockImportId.of("large");
    List<StockImportDue> seen = new ArrayList<>();
    for (StockImportDue due = new StockImportDue(id, 0); due != null;) {
      seen.add(due);
      depot.bench.forgetSent();
      assertThat(depot.apply(due)).isEmpty();
      assertThat(progress("large")).containsEntry("done", Math.min(250L, seen.size() * 100L));
      due = depot.allSent().stream().filter(StockImportDue.class::isInstance).map(StockImportDue.class::cast)
          .findFirst().orElse(null);
    }
    assertThat(seen).extracting(StockImportDue::from).containsExactly(0, 100, 200);
    depot.bench.forgetSent();
    seen.forEach(depot::apply);
    assertThat(depot.allSent()).as("old messages begin nothing anew").isEmpty();
    assertThat(IntStream.range(0, 250).mapToLong(it -> onHand(new Sku("SKU-" + it))).distinct()).containsExactly(1L);
  }

  @Test
  void killedAtAnyCallItGoesOnAndNoLineIsDoneTwiceOrNot() {
    dies(DynamoDbClient.class, faulty -> depot.dynamo = faulty, 24);
    dies(SqsClient.class, faulty -> depot.sqs = faulty, 4);
  }

  private <C> void dies(Class<C> type, java.util.function.Consumer<C> into, int calls) {
    C sound = type.cast(type == SqsClient.class ? depot.sqs : depot.dynamo);
    depot.oversells(MUG, "{\"policy\":\"backorder\",\"limit\":1000}");
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= calls; call++) {
        String key = "%s-%d-%s".formatted(type.getSimpleName(), call, afterItsEffect);
        long tea = onHand(TEA);
        long mugs = onHand(MUG);
        depot.reserve(order(key, call, of(1, MUG)));
        depot.bench.forgetSent();
        String lines = "TEA-200,berlin,1,received,,%1$s\nMUG-BLUE,berlin,1,received,,%1$s\nTEA-200,berlin,1,found,,%1$s\n"
            .formatted(key);
        assertThat(sends(key, lines).status()).isEqualTo(202);
        into.accept(faults.in(type, sound));
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        depot.apply(new StockImportDue(StockImportId.of(key), 0));
        faults.stop();
        into.accept(sound);
        depot.bench.forgetSent();
        depot.apply(new StockImportDue(StockImportId.of(key), 0));

        assertThat(progress(key)).as(key).containsEntry("status", "completed").containsEntry("changed", 3L);
        assertThat(onHand(TEA)).as(key).isEqualTo(tea + 2);
        assertThat(onHand(MUG)).as(key).isEqualTo(mugs + 1);
      }
    }
  }

  @Test
  void whoeverDiesBetweenALineAndWhatFollowsFromItIsFollowedByWhoeverGoesOn() {
    depot.oversells(MUG, "{\"policy\":\"backorder\",\"limit\":9}");
    depot.reserve(order("1", 0, of(1, MUG)));
    sends("file", "MUG-BLUE,berlin,1,received,,\nTEA-200,berlin,1,received,,\n");
    SqsClient sound = depot.sqs;
    depot.sqs = faults.in(SqsClient.class, sound);
    faults.strike(1, false, () -> new IllegalStateException("died"));
    assertThat(depot.apply(new StockImportDue(StockImportId.of("file"), 0))).hasSize(1);
    depot.sqs = sound;
    assertThat(progress("file")).containsEntry("done", 1L);
    depot.bench.forgetSent();

    depot.apply(new StockImportDue(StockImportId.of("file"), 0));
    assertThat(depot.sent()).contains(new BackordersDue(MUG, POOL, true));
  }

  @Test
  void aCallerThatDiesAtAnyCallHasImportedAllOrNothingAndMaySendItAgain() {
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 12; call++) {
        String key = "%d-%s".formatted(call, afterItsEffect);
        long tea = onHand(TEA);
        String lines = "TEA-200,berlin,1,received,,%s\n".formatted(key);
        DynamoDbClient sound = depot.dynamo;
        depot.dynamo = faults.in(DynamoDbClient.class, sound);
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        sends(key, lines);
        faults.stop();
        depot.dynamo = sound;
        assertThat(sends(key, lines).status()).as(key).isEqualTo(202);
        work();
        assertThat(onHand(TEA)).as(key).isEqualTo(tea + 1);
      }
    }
  }

  @Test
  void noFileIsAcceptedWithoutItsLinesWhicheverCallMeetsAConflict() {
    DynamoDbClient sound = depot.dynamo;
    for (int call = 1; call <= 12; call++) {
      String key = "conflict-" + call;
      String lines = "TEA-200,berlin,1,received,,%s\n".formatted(key);
      depot.dynamo = faults.in(DynamoDbClient.class, sound);
      faults.strike(call, false, () -> TransactionConflictException.builder().message("in the way").build());
      sends(key, lines);
      faults.stop();
      depot.dynamo = sound;
      assertThat(sends(key, lines).status()).as(key).isEqualTo(202);
      work();
      assertThat(onHand(TEA)).as(key).isEqualTo(call);
    }
    depot.bench.clock().advance(Duration.ofHours(2));
    depot.reconcile();
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.get("sk").s().startsWith("part#"));
  }

  @Test
  void nothingIsKeptOfAFileThatIsDoneWhicheverCallMeetsAConflict() {
    DynamoDbClient sound = depot.dynamo;
    for (int call = 1; call <= 20; call++) {
      String key = "done-" + call;
      assertThat(sends(key, "TEA-200,berlin,1,received,,%s\n".formatted(key)).status()).isEqualTo(202);
      depot.dynamo = faults.in(DynamoDbClient.class, sound);
      faults.strike(call, false, () -> TransactionConflictException.builder().message("in the way").build());
      depot.apply(new StockImportDue(StockImportId.of(key), 0));
      faults.stop();
      depot.dynamo = sound;
      depot.apply(new StockImportDue(StockImportId.of(key), 0));

      assertThat(progress(key)).as(key).containsEntry("status", "completed");
      assertThat(depot.bench.items("inventory")).as(key).noneMatch(it -> it.get("sk").s().startsWith("part#"));
    }
  }

  @Test
  void aFileWhoseCallerNeverCameBackIsGoneOnWithByTheReconciliation() {
    SqsClient sound = depot.sqs;
    depot.sqs = faults.in(SqsClient.class, sound);
    faults.strike(1, false, () -> new IllegalStateException("died"));
    assertThat(sends("vanishes", "TEA-200,berlin,1,received,,\n").status()).isEqualTo(500);
    depot.sqs = sound;
    depot.reconcile();
    assertThat(depot.allSent()).as("it may be under way").isEmpty();
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.reconcile();
    work();
    assertThat(onHand(TEA)).isEqualTo(1);
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.reconcile();
    assertThat(depot.allSent()).isEmpty();
    assertNothingIsKept();
  }

  private void assertNothingIsKept() {
    assertThat(depot.bench.items("inventory")).as("the lines are not kept")
        .noneMatch(it -> it.get("sk").s().startsWith("part#") || it.get("pk").s().equals("imports-underway"));
  }

  @Test
  void linesThatWereKeptAndNeverAcceptedAreForgotten() {
    DynamoDbClient sound = depot.dynamo;
    depot.dynamo = faults.in(DynamoDbClient.class, sound);
    faults.strike(8, false, () -> new IllegalStateException("died"));
    assertThat(sends("vanishes", "TEA-200,berlin,1,received,,\n").status()).isEqualTo(500);
    depot.dynamo = sound;
    depot.reconcile();
    assertThat(depot.bench.items("inventory")).anyMatch(it -> it.get("sk").s().startsWith("part#"));
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.reconcile();
    assertNothingIsKept();
    assertThat(onHand(TEA)).isZero();
  }

  @Test
  void threadsThatDoTheSameFileDoEachLineOnce() throws Exception {
    String lines = IntStream.range(0, 60)
        .mapToObj(it -> "%s,berlin,%d,received,,\n".formatted(it % 2 == 0 ? TEA : MUG, it + 1))
        .collect(Collectors.joining());
    sends("contended", lines);
    depot.unlucky(0.05);
    var due = new StockImportDue(StockImportId.of("contended"), 0);
    BiFunction<Integer, Integer, List<String>> receive = (_, _) -> depot.apply(due);
    inParallel(4, thread -> IntStream.range(0, 30).mapToObj(it -> receive.apply(thread, it)).toList());

    assertThat(progress("contended")).containsEntry("status", "completed").containsEntry("changed", 60L);
    assertThat(onHand(TEA) + onHand(MUG)).isEqualTo(60 * 61 / 2);
  }

  /** The same file is sent under two keys; one is a call behind the other, whichever call that is. */
  @Test
  void ofTwoWhoSendTheSameFileAtOnceOneHasImportedIt() {
    for (int call = 1; call <= 8; call++) {
      String lines = "TEA-200,berlin,1,received,,%d\n".formatted(call);
      String other = "other-" + call;
      long tea = onHand(TEA);
      DynamoDbClient sound = depot.dynamo;
      depot.dynamo = faults.in(DynamoDbClient.class, sound);
      faults.strike(call, false, () -> {
        faults.stop();
        depot.dynamo = sound;
        assertThat(sends(other, lines).status()).isEqualTo(202);
        return null;
      });
      assertThat(sends("one-" + call, lines).status()).as("call %d", call).isEqualTo(409);
      assertThat(depot.dynamo).as("call %d was there", call).isSameAs(sound);
      work();
      assertNothingIsKept();
      work();
      assertThat(onHand(TEA)).as("call %d", call).isEqualTo(tea + 1);
    }
  }

  @Test
  void whatIsNoFileOrTooLargeOrWithoutAKeyIsRefused() {
    assertThat(depot.imports("k", Map.of("dry_run", "perhaps"), COLUMNS).status()).isEqualTo(422);
    assertThat(depot.imports("k", Map.of("lines", "3"), COLUMNS).status()).isEqualTo(422);
    assertThat(depot.imports("k", Map.of(), "").body()).containsEntry("code", "invalid_import");
    assertThat(depot.imports("k", Map.of(), "x".repeat(ImportStockHandler.MAX_BYTES + 1)).status()).isEqualTo(413);
    assertThat(depot.imports("", Map.of(), COLUMNS).status()).isEqualTo(400);
    assertThat(depot.getImport("imp_none").status()).isEqualTo(404);
    assertThat(depot.getImport(StockImportId.of("none").value()).status()).isEqualTo(404);
    Answer many = sends("k", "NONE,berlin,1,received,,\n".repeat(1_500));
    assertThat((List<?>) many.body().get("errors")).hasSize(1_000);
    assertThat(many.body()).containsEntry("detail", "1500 lines break a rule: nothing is imported");
  }
}
