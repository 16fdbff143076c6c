package waybill.simulation.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Chance from one seed. Dice that are asked for under the same names fall the same way, whatever else was thrown: what is left out of
 * a simulation leaves the rest as it was, and so a failing one can be made smaller.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
 */
public final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long root;
  private long state;

  public Dice(long seed) {
    this.root = mix(seed + GOLDEN);
    this.state = root;
  }

  /** Dice of their own for what is named so. */
  public Dice named(Object... names) {
    long hash = root;
    for (Object name : names) {
      hash = mix(hash * FNV_PRIME ^ hash(name.toString()));
    }
    return new Dice(hash);
  }

  /** FNV-1a over the characters. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to one less. */
  public int below(int bound) {
    return (int) ((next() >>> 33) * bound >>> 31);
  }

  public int between(int least, int most) {
    return least + below(most - least + 1);
  }

  public Duration between(Duration least, Duration most) {
    return least.plusNanos((long) ((most.toNanos() - least.toNanos()) * fraction()));
  }

  /** From 0, inclusive, to 1. */
  public double fraction() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  public boolean chance(double probability) {
    return probability > 0 && fraction() < probability;
  }

  public <T> T pick(List<T> all) {
    return all.get(below(all.size()));
  }

  public <T> List<T> shuffled(List<T> all) {
    var shuffled = new ArrayList<>(all);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(below(i + 1), shuffled.get(i)));
    }
    return shuffled;
  }

  /** Sixteen letters and digits. */
  public String name() {
    return "%016x".formatted(next());
  }
}
