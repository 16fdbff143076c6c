package waybill.local.providers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How calls to a local provider are to go wrong.
 *
 * @param <C> the calls that it knows
 * @param <K> in which ways they can go wrong
 */
public abstract class ProviderFaults<C extends Enum<C>, K extends Enum<K>> {
  private static final int MOST_TIMES = 1_000;

  private final Class<C> calls;
  private final Class<K> kinds;
  private final List<Fault<C, K>> faults = new ArrayList<>();

  private static final class Fault<C, K> {
    private final C call;
    private final K kind;
    private final int times;
    private int struck;

    Fault(C call, K kind, int times) {
      this.call = call;
      this.kind = kind;
      this.times = times;
    }
  }

  protected ProviderFaults(Class<C> calls, Class<K> kinds) {
    this.calls = calls;
    this.kinds = kinds;
  }

  /** @throws IllegalArgumentException if this call cannot go wrong in this way */
  protected void check(C call, K kind) {}

  /** @throws IllegalArgumentException naming the field that is wrong */
  public final synchronized void add(String call, String kind, int times) {
    C known = named("call", calls, call);
    K way = named("kind", kinds, kind);
    check(known, way);
    if (times < 1 || times > MOST_TIMES) {
      throw new IllegalArgumentException("times is a number from 1 to " + MOST_TIMES);
    }
    faults.add(new Fault<>(known, way, times));
  }

  private static <E extends Enum<E>> E named(String field, Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants()).filter(it -> text(it).equals(text)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            field + " is one of " + Arrays.stream(type.getEnumConstants()).map(ProviderFaults::text).toList()));
  }

  protected static String text(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  public final synchronized void clear() {
    faults.clear();
  }

  /** How this call goes wrong, if it does; that counts as one of its times. */
  public final synchronized Optional<K> strike(C call) {
    Optional<Fault<C, K>> met = faults.stream().filter(it -> it.call == call && it.struck < it.times).findFirst();
    met.ifPresent(it -> it.struck++);
    return met.map(it -> it.kind);
  }

  public final synchronized List<Map<String, Object>> json() {
    return faults.stream().map(it -> Map.<String, Object>of("call", text(it.call), "kind", text(it.kind), "times",
        it.times, "struck", it.struck)).toList();
  }
}
