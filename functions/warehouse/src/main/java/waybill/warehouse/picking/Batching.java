package waybill.warehouse.picking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import waybill.messages.FulfillmentId;

/** Which orders are picked in one round. */
public final class Batching {

  private Batching() {}

  /** The orders of one round. @param bins how many bins of the device they take */
  public record Batch(Device device, List<Load> loads, int bins) {
    public int grams() {
      return loads.stream().mapToInt(Load::grams).sum();
    }

    public int millilitres() {
      return loads.stream().mapToInt(Load::millilitres).sum();
    }

    public int lines() {
      return loads.stream().mapToInt(Load::lines).sum();
    }
  }

  /** All rounds. @param unplaced orders that fit on no device */
  public record Batches(List<Batch> batches, List<FulfillmentId> unplaced) {}

  /**
   * Greedy, so that who comes first is picked first: the first order that is left selects the device, which is the first that it fits on
   * and is large enough for; then one order after the other is taken as long as weight, volume, lines and bins remain, and what does not fit waits for
   * the next round.
   *
   * @param devices the one that is preferred first
   * @param loads the one that is picked first first
   * @param mostLines how many lines a round has at most; an order with more is a round of its own
   */
  public static Batches of(List<Device> devices, List<Load> loads, int mostLines) {
    var left = new ArrayList<Load>(loads);
    var batches = new ArrayList<Batch>();
    var unplaced = new ArrayList<FulfillmentId>();
    while (!left.isEmpty()) {
      Load first = left.getFirst();
      Optional<Device> device = device(devices, first);
      if (device.isEmpty()) {
        unplaced.add(first.fulfillment());
        left.removeFirst();
      } else {
        Batch batch = fill(device.get(), left, mostLines);
        left.removeAll(batch.loads);
        batches.add(batch);
      }
    }
    return new Batches(batches, unplaced);
  }

  /** The first that it fits on and fills enough; if it is too small for each, the one that it fills most. */
  private static Optional<Device> device(List<Device> devices, Load first) {
    List<Device> fitting = devices.stream().filter(it -> it.takes(first)).toList();
    return fitting.stream().filter(it -> first.millilitres() >= it.minMillilitres()).findFirst()
        .or(() -> fitting.stream().min(Comparator.comparing(Device::minMillilitres)));
  }

  private static Batch fill(Device device, List<Load> candidates, int mostLines) {
    var taken = new ArrayList<Load>();
    long grams = 0;
    long millilitres = 0;
    int bins = 0;
    int lines = 0;
    for (Load load : candidates) {
      boolean first = taken.isEmpty();
      if (grams + load.grams() <= device.maxGrams() && millilitres + load.millilitres() <= device.maxMillilitres()
          && bins + device.bins(load) <= device.bins() && (first || lines + load.lines() <= mostLines)) {
        taken.add(load);
        grams += load.grams();
        millilitres += load.millilitres();
        bins += device.bins(load);
        lines += load.lines();
      }
    }
    return new Batch(device, List.copyOf(taken), bins);
  }
}
