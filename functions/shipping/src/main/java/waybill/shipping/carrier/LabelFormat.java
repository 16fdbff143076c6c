package waybill.shipping.carrier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a label is printed from. */
public enum LabelFormat {
  /** A page, for any printer. */
  PDF("application/pdf"),
  /** The language of label printers. */
  ZPL("application/zpl"),
  /** A picture. */
  PNG("image/png");

  private final String mediaType;

  LabelFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** As it is written in requests and at the end of file names. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<LabelFormat> of(String text) {
    return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
  }
}
