package waybill.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import waybill.messages.SkuQuantity;

/**
 * Decides from which lots movements take their units, as they are decided: one after the other, each from what those before it leave.
 *
 * @param <M> the movements
 */
interface LotChoice<M> {

  /** Adds to what counters stand at what the lots stand at that these movements may take. */
  void read(Collection<M> movements, Map<Counter, Levels> levels);

  /** @param levels what the counters stand at now, those of lots included */
  Chosen<M> of(M movement, Map<Counter, Levels> levels);

  /**
   * A movement that says which lots it takes.
   *
   * @param shortOf the units of it that no lot can give
   */
  record Chosen<M>(M movement, List<SkuQuantity> shortOf) {}

  /** Of movements that take no lots, or that know them already. */
  static <M> LotChoice<M> none() {
    return new LotChoice<>() {
      @Override
      public void read(Collection<M> movements, Map<Counter, Levels> levels) {}

      @Override
      public Chosen<M> of(M movement, Map<Counter, Levels> levels) {
        return new Chosen<>(movement, List.of());
      }
    };
  }
}
