package waybill.documents.paper;

/** What stands on a sheet, by points (1/72 inch) from its left and upper edges. */
public sealed interface Mark {

  /**
   * A line of text.
   *
   * @param y of the line that letters stand on
   * @param size of the font
   */
  record Text(double x, double y, double size, boolean bold, String text) implements Mark {}

  /** A barcode with what it says below it. @param width at most; bars are never narrower than a printer can print */
  record Code(double x, double y, double width, double height, Barcode code) implements Mark {}

  /** A line from the left to the right. */
  record Rule(double x, double y, double width, double thickness) implements Mark {}
}
