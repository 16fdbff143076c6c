package waybill.fulfillment.cartons;

/**
 * How much is tried. It is counted in blocks that are looked at, not in time: the same order gets the same boxes on every machine.
 *
 * @param filling for one attempt to fill a box
 * @param choosing for all attempts of an order together
 * @param joined how many blocks are joined out of different kinds; with 0, a block is of one kind
 */
public record Effort(long filling, long choosing, int joined) {
  /** A packer waits for the answer. */
  public static final Effort QUICK = new Effort(10_000, 30_000, 0);
  /** A container is loaded once. */
  public static final Effort THOROUGH = new Effort(20_000_000, 20_000_000, 2_000);
}
