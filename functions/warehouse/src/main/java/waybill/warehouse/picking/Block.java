package waybill.warehouse.picking;

/**
 * Parallel aisles between a front and a back cross aisle. Aisles are numbered from 1, their positions from 1 at the front.
 *
 * @param positions how many positions an aisle has
 * @param position millimetres from one position to the next
 * @param aisle millimetres from the middle of one aisle to the middle of the next
 */
public record Block(int positions, int position, int aisle) {
  /** A bay of shelves, and two rows of them back to back beside an aisle for one cart. */
  private static final int USUAL_POSITION = 1_000;
  private static final int USUAL_AISLE = 3_000;

  /** Where a bin stands. */
  public record Spot(int aisle, int position) {
    public Spot {
      if (aisle < 1 || position < 1) {
        throw new IllegalArgumentException("aisles and positions are numbered from 1");
      }
    }
  }

  public Block {
    if (positions < 1 || position < 1 || aisle < 1) {
      throw new IllegalArgumentException("a block has positions, and distances between them");
    }
  }

  /** With the distances of usual shelves. */
  public static Block of(int positions) {
    return new Block(positions, USUAL_POSITION, USUAL_AISLE);
  }

  /** Millimetres from the front to the back cross aisle. */
  int depth() {
    return (positions + 1) * position;
  }

  /** Millimetres from the front cross aisle. */
  int depth(Spot spot) {
    return spot.position * position;
  }

  /** The shortest way between two spots, in millimetres. */
  public int distance(Spot from, Spot to) {
    if (from.aisle == to.aisle) {
      return Math.abs(depth(from) - depth(to));
    }
    int front = depth(from) + depth(to);
    int back = 2 * depth() - front;
    return Math.min(front, back) + Math.abs(from.aisle - to.aisle) * aisle;
  }

  /** The shortest way between a spot and the packing station, which is at the front end of the first aisle; in millimetres. */
  public int fromStation(Spot spot) {
    return depth(spot) + (spot.aisle - 1) * aisle;
  }
}
