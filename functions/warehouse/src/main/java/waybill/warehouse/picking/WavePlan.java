package waybill.warehouse.picking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import waybill.messages.FulfillmentId;

/** Which orders are picked together, in which order, and which of them are too late for their carrier. */
public final class WavePlan {

  private WavePlan() {}

  /**
   * An order that waits to be picked.
   *
   * @param carrier who collects it, by whatever name; orders of one wave have the same
   * @param cutOff until when it must be picked
   * @param priority the smallest is the most urgent
   * @param since since when it waits
   * @param lines how many lines of it are to be picked
   */
  public record Waiting(FulfillmentId fulfillment, String carrier, Instant cutOff, int priority, Instant since,
      int lines) {}

  /** What picks them. @param line how long a person takes for one line */
  public record Crew(int pickers, Duration line) {
    public Crew {
      if (pickers < 1 || !line.isPositive()) {
        throw new IllegalArgumentException("a crew has pickers, who take some time for a line");
      }
    }
  }

  /** What the orders of one wave have in common. */
  public record Channel(String carrier, Instant cutOff, int priority) {}

  /**
   * A wave.
   *
   * @param starts when the crew is ready for it
   * @param fits how many lines the crew picks until its cut-off
   * @param needs how long the crew takes for all of it
   * @param orders in the order in which they are picked: those that are late are last
   * @param late those of them that are not picked at the cut-off
   */
  public record Wave(Channel channel, Instant starts, int fits, Duration needs, List<Waiting> orders,
      List<FulfillmentId> late) {

    public int lines() {
      return orders.stream().mapToInt(Waiting::lines).sum();
    }

    /** For people; empty if no order is late. @param cutOff the time of the cut-off, as they read it */
    public String warning(String cutOff) {
      if (late.isEmpty()) {
        return "";
      }
      String orders = String.join(", ", late.stream().map(FulfillmentId::value).toList());
      return "%d lines take %d minutes, and until %s %s: %s %s the cut-off".formatted(lines(), needs.toMinutes(),
          cutOff, fits == 1 ? "1 line fits" : fits + " lines fit", orders, late.size() == 1 ? "misses" : "miss");
    }
  }

  /**
   * Waves never mix carriers, cut-offs or priorities. The one whose cut-off is first is picked first, as no other order has fewer late ones if all
   * can be in time; at the same cut-off the more urgent one. Each starts when the one before is picked. In a wave, orders that waited longer are first;
   * an order whose lines do not fit any more is late, and a later one that does fit is not.
   */
  public static List<Wave> of(List<Waiting> orders, Crew crew, Instant now) {
    var channels = new TreeMap<Channel, List<Waiting>>(
        Comparator.comparing(Channel::cutOff).thenComparing(Channel::priority).thenComparing(Channel::carrier));
    orders.forEach(it -> channels
        .computeIfAbsent(new Channel(it.carrier, it.cutOff, it.priority), _ -> new ArrayList<>()).add(it));
    var waves = new ArrayList<Wave>();
    Instant start = now;
    for (var channel : channels.entrySet()) {
      Wave wave = wave(channel.getKey(), channel.getValue(), crew, start);
      waves.add(wave);
      start = start.plus(wave.needs);
    }
    return waves;
  }

  private static Wave wave(Channel channel, List<Waiting> orders, Crew crew, Instant start) {
    List<Waiting> sorted = orders.stream()
        .sorted(Comparator.comparing(Waiting::since).thenComparing(Waiting::fulfillment)).toList();
    int fits = fits(crew, Duration.between(start, channel.cutOff));
    var inTime = new ArrayList<Waiting>();
    var late = new ArrayList<Waiting>();
    int lines = 0;
    for (Waiting order : sorted) {
      if (lines + order.lines <= fits) {
        lines += order.lines;
        inTime.add(order);
      } else {
        late.add(order);
      }
    }
    int all = lines + late.stream().mapToInt(Waiting::lines).sum();
    inTime.addAll(late);
    return new Wave(channel, start, fits, needs(crew, all), inTime, late.stream().map(Waiting::fulfillment).toList());
  }

  /** A line that is not picked at the end of the time is not in time, whoever of the crew is at it. */
  private static int fits(Crew crew, Duration time) {
    return time.isNegative() ? 0 : (int) Math.min(Integer.MAX_VALUE, time.dividedBy(crew.line) * crew.pickers);
  }

  private static Duration needs(Crew crew, int lines) {
    return crew.line.multipliedBy(Math.ceilDiv(lines, crew.pickers));
  }
}
