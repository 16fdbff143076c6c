package waybill.catalog;

import java.util.stream.IntStream;

/** A color, and how well it can be told from another, by WCAG 2.2. */
public record Color(int red, int green, int blue) {
  public static final Color BLACK = new Color(0, 0, 0);
  public static final Color WHITE = new Color(255, 255, 255);
  /** What text of any size needs, WCAG 1.4.3. */
  static final double READABLE = 4.5;
  private static final int STEPS = 100;

  /** @param text as {@code #rrggbb} */
  public static Color of(String text) {
    int rgb = Integer.parseInt(text.substring(1), 16);
    return new Color(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /** From 1, the same, to 21, black on white. */
  public double contrast(Color other) {
    double one = luminance() + 0.05;
    double two = other.luminance() + 0.05;
    return Math.max(one, two) / Math.min(one, two);
  }

  /** Black or white, whichever is easier to read on this. */
  public Color ink() {
    return contrast(BLACK) >= contrast(WHITE) ? BLACK : WHITE;
  }

  /** The nearest shade of this that is readable on that ground. */
  public Color readableOn(Color ground) {
    Color ink = ground.ink();
    return IntStream.rangeClosed(0, STEPS).mapToObj(step -> mixed(ink, step))
        .filter(it -> it.contrast(ground) >= READABLE).findFirst().orElse(ink);
  }

  private Color mixed(Color other, int step) {
    return new Color(mixed(red, other.red, step), mixed(green, other.green, step), mixed(blue, other.blue, step));
  }

  private static int mixed(int one, int other, int step) {
    return one + Math.round((other - one) * (float) step / STEPS);
  }

  @Override
  public String toString() {
    return "#%02x%02x%02x".formatted(red, green, blue);
  }
}
