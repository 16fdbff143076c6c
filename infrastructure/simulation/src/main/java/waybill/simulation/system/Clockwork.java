package waybill.simulation.system;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.engine.Dice;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;
import waybill.template.FunctionDeclaration.ScheduleEvent;

/**
 * The schedules. Where nothing happens but what they lead to, they fire less and less often, so that weeks go by quickly: a schedule may be
 * late, and nothing may rest on it.
 */
public final class Clockwork extends Actor {
  private static final Duration RAREST = Duration.ofHours(6);
  /** So many times what it should be may lie between two firings. */
  private static final int MOST_LATE = 12;

  private final Map<String, Duration> schedules = new LinkedHashMap<>();
  private boolean closing;

  public Clockwork(World world, Blueprint blueprint) {
    super("clockwork", world);
    blueprint.functions().forEach(function -> function.declaration().events(ScheduleEvent.class)
        .forEach(it -> schedules.put(function.name(), it.every())));
  }

  @Override
  public void live() {
    schedules.forEach((function, every) -> beside(() -> fire(function, every)));
  }

  public void close() {
    closing = true;
  }

  private void fire(String function, Duration every) {
    Dice own = dice.named(function);
    Duration wait = every;
    long heard = 0;
    while (!closing) {
      world.timeline().sleep(wait.multipliedBy(own.between(1, MOST_LATE)));
      if (closing) {
        return;
      }
      long now = world.cloud().heard();
      wait = now == heard ? shorter(wait.multipliedBy(2), RAREST.compareTo(every) > 0 ? RAREST : every) : every;
      heard = now;
      world.cloud().fire(function);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Fires them all, now. */
  public void fireAll() {
    schedules.keySet().forEach(world.cloud()::fire);
  }
}
