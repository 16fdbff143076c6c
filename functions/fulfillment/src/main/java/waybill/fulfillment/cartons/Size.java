package waybill.fulfillment.cartons;

/** Lengths in millimetres along the three axes. */
public record Size(int length, int width, int height) {
  public Size {
    if (length < 1 || width < 1 || height < 1) {
      throw new IllegalArgumentException("a size is positive: %d x %d x %d".formatted(length, width, height));
    }
  }

  /** In cubic millimetres. */
  public long volume() {
    return (long) length * width * height;
  }

  boolean holds(Size other) {
    return other.length <= length && other.width <= width && other.height <= height;
  }
}
