package waybill.fulfillment.cartons;

import java.util.List;

/** What an order is packed into. */
public sealed interface Proposal {

  /**
   * @param cost of all boxes until they are at the customer's, in minor units
   * @param fewest below how many boxes no packing can go; as many as there are if their number is proved to be the least
   */
  record Packed(List<PackedBox> boxes, long cost, int fewest) implements Proposal {}

  /** @param goods what cannot be packed */
  record Impossible(Reason reason, List<String> goods) implements Proposal {}

  /** Why something cannot be packed. */
  enum Reason {
    /** A unit fits into no box, as it may lie. */
    TOO_LARGE,
    /** A unit is heavier than any box that it fits into may carry. */
    TOO_HEAVY,
    /** What must be in one box fits into none. */
    NOT_TOGETHER,
    /** There are not enough boxes. */
    BOXES_LACKING
  }
}
