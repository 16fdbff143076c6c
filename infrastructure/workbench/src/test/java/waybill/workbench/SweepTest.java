package waybill.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.platform.DueList;
import waybill.platform.Log;
import waybill.platform.Sweep;
import waybill.platform.Table;
import waybill.platform.Table.Key;

class SweepTest {
  private static final Log LOG = Log.of(SweepTest.class);
  private static final DueList LETTERS = new DueList("by_due", "letters", 1);
  private static final DueList SPREAD = new DueList("by_due", "spread", 4);

  private final Bench bench = Bench.open("things:by_due");
  private final Instant now = bench.clock().instant();
  private final List<String> done = new ArrayList<>();

  record Thing(String name, Instant due) {}

  @AfterEach
  void close() {
    bench.close();
  }

  private Table<Thing> table(DueList list) {
    return new Table<>(bench.ports(), "THINGS_TABLE", Thing.class, it -> new Key(it.name, "thing"),
        it -> it.due == null ? Map.of() : list.entry(it.name, it.due));
  }

  private Thing thing(int number) {
    return new Thing("t%03d".formatted(number), now.plusSeconds(number));
  }

  @Test
  void whatIsDueIsDoneInTheOrderOfTimeAndWhatIsNotIsNotRead() {
    Table<Thing> table = table(LETTERS);
    List.of(3, 1, 2, 4).forEach(it -> table.insert(thing(it)));

    Sweep.each(table, LETTERS.dueBy(table, now.plusSeconds(3), 100), LOG, it -> done.add(it.value().name()));

    assertThat(done).containsExactly("t001", "t002", "t003");
  }

  @Test
  void whatIsSettledLeavesTheList() {
    Table<Thing> table = table(LETTERS);
    table.insert(thing(1));
    table.change(new Key("t001", "thing"), it -> new Thing(it.orElseThrow().name(), null));

    assertThat(LETTERS.dueBy(table, now.plus(Duration.ofDays(1)), 100)).isEmpty();
  }

  @Test
  void whatFailsIsCountedAtTheEndAndKeepsNoOtherFromBeingDone() {
    Table<Thing> table = table(LETTERS);
    IntStream.range(0, 250).forEach(it -> table.insert(thing(it)));

    assertThatExceptionOfType(Sweep.Unfinished.class)
        .isThrownBy(() -> Sweep.each(table, LETTERS.dueBy(table, now.plusSeconds(999), 1_000), LOG, it -> {
          if (it.value().name().endsWith("7")) {
            throw new IllegalStateException("unlucky");
          }
          done.add(it.value().name());
        })).withMessage("25 failed and are left for the next run").havingCause().withMessage("unlucky");

    assertThat(done).hasSize(225);
  }

  @Test
  void aSweepIsLimitedAndTakesAsManyOfEachPart() {
    Table<Thing> table = table(SPREAD);
    IntStream.range(0, 100).forEach(it -> table.insert(thing(it)));
    Instant end = now.plusSeconds(999);

    assertThat(SPREAD.dueBy(table, end, 1_000)).hasSize(100);
    assertThat(SPREAD.dueBy(table, end, 8)).hasSize(8);
    assertThat(SPREAD.dueBy(table, end, 8).map(Key::pk).map(it -> Math.floorMod(it.hashCode(), 4))).containsOnly(0, 1,
        2,
        3);
  }

  @Test
  void keysAreWorkedOnAHundredAtOnce() {
    var sizes = new ArrayList<Integer>();

    Sweep.chunks(IntStream.range(0, 205).boxed(), LOG, it -> sizes.add(it.size()));

    assertThat(sizes).containsExactly(100, 100, 5);
  }
}
