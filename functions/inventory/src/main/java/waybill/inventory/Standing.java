package waybill.inventory;

import java.util.Optional;
import waybill.messages.EventType;

/** How much a pool has free of a product, as storefronts follow it. */
enum Standing {
  IN_STOCK,
  /** No more than the threshold. */
  LOW,
  /** Nothing. */
  SOLD_OUT;

  /** @param lowStock the threshold; 0 if there is none */
  static Standing of(long free, int lowStock) {
    if (free <= 0) {
      return SOLD_OUT;
    }
    return free <= lowStock ? LOW : IN_STOCK;
  }

  /** What storefronts hear if it becomes this; that there is plenty again is no news, unless there was nothing. */
  Optional<EventType> news(Standing next) {
    return switch (next) {
      case SOLD_OUT -> this == SOLD_OUT ? Optional.empty() : Optional.of(EventType.STOCK_SOLD_OUT);
      case LOW, IN_STOCK -> this == SOLD_OUT
          ? Optional.of(EventType.STOCK_BACK_IN_STOCK)
          : this == IN_STOCK && next == LOW ? Optional.of(EventType.STOCK_LOW) : Optional.empty();
    };
  }
}
