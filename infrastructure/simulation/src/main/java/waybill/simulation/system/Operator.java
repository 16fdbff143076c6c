package waybill.simulation.system;

import java.time.Duration;
import waybill.simulation.cloud.Lambda;
import waybill.simulation.cloud.Queue.Message;
import waybill.simulation.cloud.Queue;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who deploys, and who sends dead letters again, sometimes two weeks later. */
public final class Operator extends Actor {

  public Operator(World world) {
    super("operator", world);
  }

  @Override
  public void live() {
    int times = dice.below(3);
    for (int time = 0; time < times; time++) {
      sleep(Duration.ofMinutes(1), Duration.ofMinutes(50));
      if (dice.chance(0.5)) {
        tell("deploys");
        world.cloud().functions().values().forEach(Lambda::deploy);
        world.cloud().queues().values().forEach(Queue::fromAnotherVersion);
      } else {
        redrive();
      }
    }
  }

  /** Sends all dead letters to where they came from. @return how many there were */
  public int redrive() {
    int letters = 0;
    for (Queue queue : world.cloud().queues().values()) {
      for (Message letter : queue.takeDeadLetters()) {
        letters++;
        tell("redrives %s", letter.body());
        queue.send(letter.body());
      }
    }
    return letters;
  }
}
