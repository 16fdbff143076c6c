package waybill.simulation;

import java.time.Duration;
import waybill.simulation.Queue.Message;

/** Somebody who deploys, and who sends dead letters again, sometimes two weeks later. */
final class Operator extends Actor {

  Operator(World world) {
    super("operator", world);
  }

  @Override
  void live() {
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
  int redrive() {
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
