package waybill.simulation.world;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.engine.Dice;

/**
 * Somebody around the cloud. They live as processes: plain code that asks, waits and decides by dice of its own, so that leaving
 * one out leaves the others as they were.
 */
public abstract class Actor {
  /** So often asks who means it; with their pauses it takes most of a day. */
  protected static final int STUBBORN = 60;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(20);

  private final String name;
  protected final World world;
  protected final Dice dice;

  /** @param name no other actor's */
  protected Actor(String name, World world) {
    this.name = name;
    this.world = world;
    this.dice = world.dice().named("actor", name);
  }

  public final String name() {
    return name;
  }

  /** Their whole life; when it returns they are done, but for what they have set going. */
  public abstract void live();

  protected final void sleep(Duration least, Duration most) {
    world.timeline().sleep(dice.between(least, most));
  }

  protected final void tell(String format, Object... values) {
    world.journal().add(() -> name + " " + format.formatted(Arrays.stream(values).map(Actor::inOrder).toArray()));
  }

  /** With the keys of maps in their order: that of {@code Map.of} is another in each JVM. */
  private static Object inOrder(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var ordered = new TreeMap<String, Object>();
        map.forEach((key, inner) -> ordered.put(key.toString(), inOrder(inner)));
        yield ordered;
      }
      case List<?> list -> list.stream().map(Actor::inOrder).toList();
      case null -> "null";
      default -> value;
    };
  }

  /** Sets something going that goes on beside. */
  protected final void beside(Runnable other) {
    world.begin(other);
  }

  /**
   * Asks until there is an answer, as clients should.
   *
   * @param times after so many they give up; who is stubborn does not understand that
   * @param understood the answers that they can do something with
   * @return empty where there was none
   */
  protected final Optional<Answer> insist(int times, Set<Integer> understood, Supplier<Optional<Answer>> question) {
    Duration wait = FIRST_WAIT;
    for (int time = 1; time <= times; time++) {
      Optional<Answer> answer = question.get();
      if (answer.isPresent()) {
        if (!understood.contains(answer.get().status())) {
          world.find("%s does not understand the answer %s".formatted(name, answer.get()));
        }
        return answer;
      }
      world.timeline().sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
    if (times >= STUBBORN) {
      world.find("%s asked %d times and was never answered".formatted(name, times));
    }
    return Optional.empty();
  }

  protected final Optional<Answer> get(String scopes, String path, Map<String, String> query) {
    return world.ask(name, scopes, "GET", path, query, "", null);
  }

  protected final Optional<Answer> post(String scopes, String path, String key, Object body) {
    return world.ask(name, scopes, "POST", path, Map.of(), key, body);
  }

  protected final Optional<Answer> delete(String scopes, String path) {
    return world.ask(name, scopes, "DELETE", path, Map.of(), "", null);
  }

  protected final Optional<Answer> put(String scopes, String path, Object body) {
    return world.ask(name, scopes, "PUT", path, Map.of(), "", body);
  }
}
