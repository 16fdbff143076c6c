package waybill.simulation.cloud;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import waybill.platform.Chance;
import waybill.platform.Ports;
import waybill.simulation.cloud.Blueprint.Deployed;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Invocation;
import waybill.simulation.faults.Killed;
import waybill.simulation.faults.Surroundings;

/** A deployed function: each of its instances does one thing at a time, lives on, and is thrown away when it dies. */
public final class Lambda {
  private final Deployed deployed;
  private final Surroundings here;
  private final Dice dice;
  private final Ports ports;
  private final Deque<RequestStreamHandler> idle = new ArrayDeque<>();
  private int running;

  Lambda(Deployed deployed, Surroundings here, Dice dice, Ports ports) {
    this.deployed = deployed;
    this.here = here;
    this.dice = dice;
    this.ports = ports;
  }

  String name() {
    return deployed.name();
  }

  /** How many of its instances are at work. */
  int running() {
    return running;
  }

  /** From now on new instances answer; those at work end what they are at. */
  public void deploy() {
    idle.clear();
  }

  /**
   * Runs it, in the running process.
   *
   * @param key the same in each run of the simulation in which the same is asked
   * @param routine whether a schedule, and nobody else, has led to it
   * @return its answer; empty where it died
   */
  Optional<String> invoke(String key, String event, boolean routine) {
    var rivals = new AtomicInteger(); // each is another, and takes other names
    return invoke(key, event, routine, Optional.of(() -> {
      String same = dice.named(key, "rival").chance(0.5) ? event : byAnother(event);
      invoke(key + "-rival-" + rivals.incrementAndGet(), same, routine, Optional.empty());
    }));
  }

  /** The same as another client asks it: under a key of its own, where there is one. */
  private static String byAnother(String event) {
    return event.replaceFirst("(\"idempotency-key\":\"[^\"]+)", "$1-other");
  }

  private Optional<String> invoke(String key, String event, boolean routine, Optional<Runnable> rival) {
    var invocation = new Invocation(name(), name() + " " + key, here, routine, deployed.declaration().timeout(), dice,
        rival);
    RequestStreamHandler handler = idle.isEmpty() ? instance() : idle.pop();
    running++;
    try {
      var out = new ByteArrayOutputStream();
      ScopedValue.where(Chance.BOUND, invocation).run(() -> run(handler, event, out));
      idle.push(handler);
      return Optional.of(out.toString(StandardCharsets.UTF_8));
    } catch (Killed | RuntimeException _) {
      return Optional.empty();
    } finally {
      running--;
    }
  }

  private static void run(RequestStreamHandler handler, String event, ByteArrayOutputStream out) {
    try {
      handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RequestStreamHandler instance() {
    try {
      return deployed.constructor().newInstance(ports);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name() + " cannot be made", e);
    }
  }
}
