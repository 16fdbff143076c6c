package waybill.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.messages.SkuQuantity;

/** What may be taken although it is not there. */
interface Owing<M> {

  /**
   * The movement with what is missing owed; empty if it may not be.
   *
   * @param shortOf what is missing, per SKU
   * @param left what the counters stand at
   */
  Optional<M> without(M movement, List<SkuQuantity> shortOf, Map<Counter, Levels> left);

  static <M> Owing<M> none() {
    return (_, _, _) -> Optional.empty();
  }
}
