package waybill.platform;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import waybill.platform.Table.Key;

/**
 * A scheduled look at what may be due. What fails is logged and left for the next run, and does not keep the others from being
 * done.
 */
public final class Sweep {
  private static final int AT_ONCE = 100;

  private final Log log;
  private int failures;
  private RuntimeException first;

  private Sweep(Log log) {
    this.log = log;
  }

  /** Some of what was due is left for the next run. */
  public static final class Unfinished extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int failures;

    public Unfinished(int failures, RuntimeException first) {
      super(failures + " failed and are left for the next run", first);
      this.failures = failures;
    }
  }

  /**
   * Reads each record consistently, because an index may be late, and works on it.
   *
   * @param keys of what may be due
   * @throws Unfinished if some failed
   */
  public static <T extends Record> void each(Table<T> table, Stream<Key> keys, Log log, Consumer<Stored<T>> work) {
    var sweep = new Sweep(log);
    sweep.chunks(keys, chunk -> table.findAll(chunk)
        .forEach(it -> sweep.attempt(() -> work.accept(it), 1, "key", table.key(it).pk())));
    sweep.end();
  }

  /**
   * Works on a hundred at once. If only some of them fail, the work says how many by throwing {@link Unfinished} itself.
   *
   * @throws Unfinished if some failed
   */
  public static <K> void chunks(Stream<K> keys, Log log, Consumer<List<K>> work) {
    var sweep = new Sweep(log);
    sweep.chunks(keys, work);
    sweep.end();
  }

  private <K> void chunks(Stream<K> keys, Consumer<List<K>> work) {
    keys.gather(Gatherers.windowFixed(AT_ONCE))
        .forEach(it -> attempt(() -> work.accept(it), it.size(), "keys", it.size()));
  }

  private void attempt(Runnable work, int size, Object... about) {
    try {
      work.run();
    } catch (RuntimeException e) {
      failures += e instanceof Unfinished some ? some.failures : size;
      first = first == null ? e : first;
      log.error("failed", e, about);
    }
  }

  private void end() {
    if (failures > 0) {
      throw new Unfinished(failures, first);
    }
  }
}
