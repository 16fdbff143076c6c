package waybill.store;

import java.util.Optional;

/** A write with what it finds and what it leaves: nothing of it is done yet. */
record Written(Write write, Optional<Item> before, Optional<Item> after) {

  /** @throws InvalidItem where the item cannot become what is asked */
  static Written of(Write write, Optional<Item> before) {
    return new Written(write, before, write.applyTo(before));
  }
}
