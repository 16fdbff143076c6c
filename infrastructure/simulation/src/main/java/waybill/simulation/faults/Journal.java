package waybill.simulation.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import waybill.simulation.engine.Timeline;

/** The history of a simulation, line by line. To write it costs more than to live it, so it is kept only where asked for. */
public final class Journal {
  private final Timeline timeline;
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();
  private final List<Consumer<String>> readers = new ArrayList<>();

  public Journal(Timeline timeline, boolean kept) {
    this.timeline = timeline;
    this.kept = kept;
  }

  public void add(Supplier<String> line) {
    if (kept) {
      lines.add("%s %s".formatted(timeline.instant(), line.get()));
    }
  }

  /** A function prints a line. What metrics add for CloudWatch holds the machine's time, and is left out. */
  public void print(String line) {
    int metrics = line.indexOf(",\"_aws\":");
    String told = metrics < 0 ? line : line.substring(0, metrics) + "}";
    add(() -> told);
    readers.forEach(it -> it.accept(told));
  }

  /** Somebody reads all that functions print. */
  public void read(Consumer<String> reader) {
    readers.add(reader);
  }

  public List<String> lines() {
    return lines;
  }
}
