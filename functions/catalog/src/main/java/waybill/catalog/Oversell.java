package waybill.catalog;

import java.time.Instant;

/**
 * What a pool may promise of a product beyond what is there.
 *
 * @param limit how many units at most are promised without being there, at one time
 * @param availableFrom before when a preordered product does not come; null of any other
 */
public record Oversell(Policy policy, int limit, Instant availableFrom) {
  /** As products are that say nothing. */
  public static final Oversell NONE = new Oversell(Policy.REFUSE, 0, null);

  /** What becomes of an order for more than there is. */
  public enum Policy {
    /** It is refused. */
    REFUSE,
    /** It waits for what comes next. */
    BACKORDER,
    /** It waits, at least until the product is out. */
    PREORDER
  }

  /** Whether so many units may be promised without being there. */
  public boolean allows(long units) {
    return policy != Policy.REFUSE && units <= limit;
  }
}
