package waybill.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

class TableTest {

  /** Something of every kind that a record may hold. */
  record Thing(String id, String shelf, int count, long amount, double share, Double degrees, BigDecimal rate,
      boolean flag, Instant at, List<SkuQuantity> parts,
      Map<String, String> notes, Thing inner) {

    Thing(String id, String shelf, int count) {
      this(id, shelf, count, 0, 0, null, null, false, null, List.of(), Map.of(), null);
    }

    Thing counted(int count) {
      return new Thing(id, shelf, count, amount, share, degrees, rate, flag, at, parts, notes, inner);
    }
  }

  private final Bench bench = Bench.open("things:by_shelf");
  private final Faults faults = new Faults();
  private final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());
  private final Table<Thing> table = new Table<>(bench.ports(dynamo), "THINGS_TABLE", Thing.class, it -> key(it.id),
      TableTest::indexes);

  @AfterEach
  void close() {
    bench.close();
  }

  private static Key key(String id) {
    return new Key("thing#" + id, "thing");
  }

  private static Map<String, String> indexes(Thing it) {
    return it.shelf == null ? Map.of() : Map.of("by_shelf", it.shelf, "by_shelf_range", it.id);
  }

  @Test
  void whatIsInsertedIsFoundAsItWas() {
    var inner = new Thing("inner", "", -1);
    var thing = new Thing("a", "s", Integer.MIN_VALUE, Long.MAX_VALUE, 0.1, -13.377704, new BigDecimal("0.190"), true,
        Instant.parse("2026-11-22T09:00:00.001Z"),
        List.of(new SkuQuantity(new Sku("A"), 1), new SkuQuantity(new Sku("A"), 1)),
        Map.of("empty", "", "emoji", "\uD83C\uDF81", "quote", "\"\\\n"), inner);
    assertThat(table.insert(thing)).isTrue();
    assertThat(table.find(key("a"))).hasValueSatisfying(it -> {
      // A number has no zeros at its end in the table.
      assertThat(it.value()).usingRecursiveComparison()
          .withEqualsForType((one, other) -> one.compareTo(other) == 0, BigDecimal.class).isEqualTo(thing);
      assertThat(it.revision()).isOne();
      assertThat(it.createdAt()).isEqualTo(it.updatedAt()).isEqualTo(bench.clock().instant());
    });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 52, 1e20, -1e20, 1e-20, 0.1, 1.0 / 3, 123456789.123456789, 9.9e100})
  void numbersOfEverySizeComeBackAsTheyWere(double number) {
    var thing = new Thing("a", null, 0, 0, number, number, null, false, null, List.of(), Map.of(), null);
    table.insert(thing);
    assertThat(table.find(key("a")).orElseThrow().value().share()).isEqualTo(number + 0.0);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(table.find(key("a"))).isEmpty();
    assertThat(table.findAll(List.of(key("a")))).isEmpty();
    assertThat(table.findAll("thing#a", "")).isEmpty();
  }

  @Test
  void whatIsThereIsNotInsertedAgain() {
    assertThat(table.insert(new Thing("a", null, 1))).isTrue();
    assertThat(table.insert(new Thing("a", null, 2))).isFalse();
    assertThat(count("a")).isOne();
  }

  @Test
  void aChangeMakesOrMovesARecordByOneRevision() {
    Instant made = bench.clock().instant();
    assertThat(table.change(key("a"), TableTest::next)).isEqualTo(new Stored<>(new Thing("a", null, 1), 1, made, made));
    bench.clock().advance(Duration.ofSeconds(1));
    Stored<Thing> changed = table.change(key("a"), TableTest::next);
    assertThat(changed).isEqualTo(new Stored<>(new Thing("a", null, 2), 2, made, made.plusSeconds(1)));
    assertThat(table.find(key("a"))).contains(changed);
  }

  @Test
  void whereNothingChangesNothingIsWritten() {
    Stored<Thing> before = table.change(key("a"), TableTest::next);
    bench.clock().advance(Duration.ofSeconds(1));
    faults.stop();
    assertThat(table.change(key("a"), Optional::orElseThrow)).isEqualTo(before);
    assertThat(faults.calls()).as("one read").isOne();
    assertThat(table.find(key("a"))).contains(before);
  }

  @Test
  void whoeverChangedItHearsFromWhatToWhatAndNobodyElseDoes() {
    var heard = new ArrayList<String>();
    Function<Optional<Thing>, Thing> toTwo = current -> next(current).counted(2);
    for (Function<Optional<Thing>, Thing> rule : List.<Function<Optional<Thing>, Thing>>of(TableTest::next, toTwo,
        toTwo)) {
      table.change(key("a"), rule, (before, now) -> heard.add(before.map(Thing::count).orElse(0) + "-" + now.count()));
    }
    assertThat(heard).containsExactly("0-1", "1-2");
  }

  @Test
  void twoThatCountAtOnceLoseNothing() throws Exception {
    Callable<Void> counting = () -> {
      var own = new Table<>(bench.ports(), "THINGS_TABLE", Thing.class, (Thing it) -> key(it.id));
      for (int i = 0; i < 200; i++) {
        own.change(key("a"), TableTest::next);
      }
      return null;
    };
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (Future<Void> done : threads.invokeAll(List.of(counting, counting))) {
        done.get();
      }
    }
    assertThat(table.find(key("a"))).hasValueSatisfying(it -> assertThat(it.value().count()).isEqualTo(400))
        .hasValueSatisfying(it -> assertThat(it.revision()).isEqualTo(400));
  }

  @Test
  void whoIsAlwaysTooLateIsToldToComeAgain() {
    Function<Optional<Thing>, Thing> overtaken = current -> {
      table.change(key("a"), TableTest::next);
      return next(current).counted(1_000_000);
    };
    assertThatExceptionOfType(Table.Contended.class).isThrownBy(() -> table.change(key("a"), overtaken));
    assertThat(count("a")).isLessThan(100);
  }

  @Test
  void whoWasOvertakenDecidesAgainOnWhatIsThereNow() {
    var overtakes = new ArrayList<>(List.of(1, 2));
    Stored<Thing> changed = table.change(key("a"), current -> {
      if (!overtakes.isEmpty()) {
        overtakes.removeFirst();
        table.change(key("a"), TableTest::next);
      }
      return next(current);
    });
    assertThat(changed.value().count()).isEqualTo(3);
  }

  @Test
  void aChangeOfAnotherRevisionThanTheCallersIsRefused() {
    table.insert(new Thing("a", null, 1));
    Function<Optional<Thing>, Outcome<Thing>> rule = current -> Outcome.of(next(current));
    assertThat(table.decide(key("a"), OptionalInt.of(1), rule).orElseThrow().revision()).isEqualTo(2);
    assertThat(table.decide(key("a"), OptionalInt.of(1), rule))
        .isEqualTo(Refused.of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision 2").outcome());
    assertThat(count("a")).isEqualTo(2);
  }

  @Test
  void whatARuleRefusesIsNotWritten() {
    table.insert(new Thing("a", null, 1));
    var full = Refused.conflict("full", "the shelf is full");
    assertThat(table.decide(key("a"), OptionalInt.empty(), _ -> full.outcome())).isEqualTo(full.outcome());
    assertThat(table.find(key("a")).orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void aChangeThatIsThereAlreadyIsNotRefusedForItsRevision() {
    table.insert(new Thing("a", null, 1));
    Function<Optional<Thing>, Outcome<Thing>> put = _ -> Outcome.of(new Thing("a", null, 2));
    Outcome<Stored<Thing>> changed = table.decide(key("a"), OptionalInt.of(1), put);
    assertThat(changed).isInstanceOf(Outcome.Accepted.class);
    assertThat(table.decide(key("a"), OptionalInt.of(1), put)).isEqualTo(changed);
  }

  @Test
  void anAnswerThatIsLostIsAFaultAndTheWriteStands() {
    faults.strike(2, true, () -> SdkClientException.create("no answer"));
    assertThatThrownBy(() -> table.change(key("a"), TableTest::next)).isInstanceOf(SdkClientException.class);
    assertThat(count("a")).isOne();
  }

  @Test
  void aTransactionInTheWayOfAnInsertIsNoRecordThatStands() {
    faults.conflictAt(1);
    assertThat(table.insert(new Thing("a", null, 1))).isTrue();
    assertThat(faults.conflicted()).isTrue();
    assertThat(count("a")).isOne();
  }

  @Test
  void aTransactionInTheWayOfAReplacementIsNobodyWhoWasFaster() {
    Stored<Thing> first = table.change(key("a"), TableTest::next);
    faults.conflictAt(1);
    assertThat(table.replace(first, first.value().counted(7))).isTrue();
    assertThat(faults.conflicted()).isTrue();
    assertThat(count("a")).isEqualTo(7);
    faults.conflictAt(1);
    assertThat(table.replace(first, first.value().counted(8))).as("now somebody was").isFalse();
  }

  @Test
  void aTransactionInTheWayOfARemovalIsNobodyWhoWasFaster() {
    Stored<Thing> first = table.change(key("a"), TableTest::next);
    faults.conflictAt(1);
    assertThat(table.remove(first)).isTrue();
    assertThat(faults.conflicted()).isTrue();
    assertThat(table.find(key("a"))).isEmpty();
  }

  @Test
  void whoeverTransactionsAreAlwaysInTheWayOfRetriesLater() {
    Stored<Thing> first = table.change(key("a"), TableTest::next);
    faults.conflictAt(Faults.EACH);
    assertThatExceptionOfType(Table.Contended.class).isThrownBy(() -> table.insert(new Thing("b", null, 1)));
    assertThatExceptionOfType(Table.Contended.class).isThrownBy(() -> table.remove(first));
    assertThatExceptionOfType(Table.Contended.class).isThrownBy(() -> table.replace(first, first.value().counted(2)));
    faults.conflictAt(0);
    assertThat(table.find(key("b"))).isEmpty();
    assertThat(table.find(key("a"))).contains(first);
  }

  @Test
  void whatIsRemovedWasNotChangedSince() {
    Stored<Thing> first = table.change(key("a"), TableTest::next);
    Stored<Thing> second = table.change(key("a"), TableTest::next);
    assertThat(table.remove(first)).isFalse();
    assertThat(table.remove(second)).isTrue();
    assertThat(table.remove(second)).isFalse();
    assertThat(table.find(key("a"))).isEmpty();
  }

  @Test
  void manyAreFoundInTheOrderTheyWereAskedFor() {
    IntStream.range(0, 230).forEach(it -> table.insert(new Thing("t" + it, null, it)));
    var keys = new ArrayList<>(IntStream.range(0, 230).mapToObj(it -> key("t" + (229 - it))).toList());
    keys.add(5, key("missing"));
    assertThat(table.findAll(keys).stream().map(it -> it.value().count()))
        .containsExactlyElementsOf(IntStream.range(0, 230).mapToObj(it -> 229 - it).toList());
  }

  @Test
  void aPartitionIsReadInTheOrderOfItsSortKeys() {
    var shared = new Table<>(bench.ports(dynamo), "THINGS_TABLE", Thing.class, (Thing it) -> new Key("shelf", it.id));
    List.of("b2", "a1", "b1").forEach(it -> shared.insert(new Thing(it, null, 0)));
    assertThat(shared.findAll("shelf", "b").stream().map(it -> it.value().id())).containsExactly("b1", "b2");
    assertThat(shared.findAll("shelf", "").stream().map(it -> it.value().id())).containsExactly("a1", "b1", "b2");
  }

  @Test
  void allOfATransactionIsWrittenOrNone() {
    table.insert(new Thing("a", null, 1));
    assertThat(Table.writeAll(dynamo,
        List.of(table.insertion(new Thing("b", null, 1)), table.insertion(new Thing("a", null, 2))))).isFalse();
    assertThat(table.find(key("b"))).isEmpty();
    Stored<Thing> a = table.find(key("a")).orElseThrow();
    assertThat(Table.writeAll(dynamo,
        List.of(table.insertion(new Thing("b", null, 1)), table.replacement(a, a.value().counted(2))))).isTrue();
    assertThat(List.of(count("a"), count("b"))).containsExactly(2, 1);
    assertThat(Table.writeAll(dynamo, List.of(table.replacement(a, a.value().counted(3)))))
        .as("it has another revision by now").isFalse();
    assertThat(count("a")).isEqualTo(2);
  }

  @Test
  void whatCanNeverBeWrittenIsAFaultAndNotARaceThatWasLost() {
    var huge = new Thing("a", null, 0, 0, 0, null, null, false, null, List.of(), Map.of("k", "x".repeat(500_000)),
        null);
    assertThatThrownBy(() -> Table.writeAll(dynamo, List.of(table.insertion(huge))))
        .isInstanceOf(DynamoDbException.class);
    assertThatThrownBy(() -> table.insert(huge)).isInstanceOf(DynamoDbException.class);
  }

  @Test
  void aListIsReadPageByPageInEitherDirection() {
    IntStream.range(0, 7).forEach(it -> table.insert(new Thing("t" + it, "s", it)));
    table.insert(new Thing("other", "z", 0));
    table.insert(new Thing("unlisted", null, 0));
    assertThat(pages(new Listing("by_shelf", "s", "", false), 3)).containsExactly("t0", "t1", "t2", "|", "t3", "t4",
        "t5", "|", "t6");
    assertThat(pages(new Listing("by_shelf", "s", "", true), 4)).startsWith("t6", "t5", "t4", "t3", "|", "t2", "t1",
        "t0");
    assertThat(pages(new Listing("by_shelf", "s", "t6", false), 4)).containsExactly("t6");
    assertThat(pages(new Listing("by_shelf", "nobody", "", false), 4)).isEmpty();
  }

  @Test
  void aRecordThatLeavesAListIsNotInItAnyMore() {
    table.insert(new Thing("a", "s", 0));
    table.change(key("a"), it -> new Thing("a", null, it.orElseThrow().count()));
    assertThat(pages(new Listing("by_shelf", "s", "", false), 4)).isEmpty();
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    IntStream.range(0, 3).forEach(it -> table.insert(new Thing("t" + it, "s", it)));
    String cursor = page(new Listing("by_shelf", "s", "", false), 1, null).nextCursor();
    assertThat(page(new Listing("by_shelf", "s", "", false), 1, cursor).data()).containsExactly(key("t1"));
    refused(new Listing("by_shelf", "z", "", false), cursor);
    refused(new Listing("by_shelf", "s", "t", false), cursor);
    refused(new Listing("by_other", "s", "", false), cursor);
    String narrow = page(new Listing("by_shelf", "s", "t", false), 1, null).nextCursor();
    refused(new Listing("by_shelf", "s", "", false), narrow);
  }

  @Test
  void aCursorThatWasTamperedWithIsRefusedWhateverIsInIt() {
    var listing = new Listing("by_shelf", "s", "t", false);
    IntStream.range(0, 2).forEach(it -> table.insert(new Thing("t" + it, "s", it)));
    String cursor = page(listing, 1, null).nextCursor();
    List.of("", "!", "AAAA", cursor + "A", cursor.substring(2), cursor(Map.of()), encode("[]"), encode("7"),
        encode("{")).forEach(it -> refused(listing, it));
    Map<String, Object> tree = Json
        .readObject(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    for (String name : tree.keySet()) {
      for (Object value : List.of("", 7, true, List.of(), "x".repeat(3_000))) {
        refused(listing, cursor(with(tree, name, value)));
      }
      refused(listing, cursor(with(tree, name, null)));
    }
    refused(listing, cursor(with(tree, "more", "x")));
    refused(listing, cursor(with(tree, "pk", "thing#t9")));
    refused(listing, cursor(with(tree, "sk", "\ud800")));
    refused(listing, cursor(with(tree, "by_shelf_range", "t9")));
    refused(listing, cursor(with(tree, "by_shelf", "z")));
    refused(listing, cursor(with(tree, "by_shelf_range", "a")));
  }

  private void refused(Listing listing, String cursor) {
    assertThat(table.keys(listing, 1, cursor)).as(cursor).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().kind()).isEqualTo(Refused.Kind.INVALID));
  }

  private Page<Key> page(Listing listing, int limit, String cursor) {
    return table.keys(listing, limit, cursor).orElseThrow();
  }

  private static Map<String, Object> with(Map<String, Object> tree, String name, Object value) {
    var changed = new LinkedHashMap<>(tree);
    changed.put(name, value);
    return changed;
  }

  private static String cursor(Map<String, Object> tree) {
    return encode(Json.write(tree));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The ids of a whole list, a bar between its pages. */
  private List<String> pages(Listing listing, int limit) {
    var ids = new ArrayList<String>();
    Page<Key> page = page(listing, limit, null);
    while (true) {
      page.data().forEach(it -> ids.add(it.pk().substring("thing#".length())));
      if (page.nextCursor() == null) {
        return ids;
      }
      ids.add("|");
      page = page(listing, limit, page.nextCursor());
    }
  }

  private int count(String id) {
    return table.find(key(id)).orElseThrow().value().count();
  }

  private static Thing next(Optional<Thing> current) {
    return current.map(it -> it.counted(it.count() + 1)).orElse(new Thing("a", null, 1));
  }
}
