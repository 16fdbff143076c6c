package waybill.shipping.karrio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.LabelFiles.Fetched;
import waybill.shipping.carrier.LabelFiles.Printable;
import waybill.shipping.carrier.LabelFormat;

/**
 * Files of labels. Karrio keeps one a shipment. It is asked for the account's format when the label is bought, and some carriers give
 * another one all the same: what it is, its bytes say.
 */
final class KarrioLabels {
  private KarrioLabels() {}

  static Outcome<Printable> read(Answer answer, LabelFormat format) {
    if (!answer.ok() || !(answer.body().get("base64") instanceof String text) || text.isEmpty()) {
      return refused("Karrio has no file of this label").outcome();
    }
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return refused("Karrio's file of this label cannot be read").outcome();
    }
    Optional<LabelFormat> found = format(bytes);
    return found.equals(Optional.of(format))
        ? Outcome.of(new Fetched(format, bytes))
        : refused("Karrio has this label as %s and not as %s".formatted(
            found.map(LabelFormat::text).orElse("something else"), format.text())).outcome();
  }

  private static Refused refused(String detail) {
    return Refused.conflict("no_label_file", detail);
  }

  private static Optional<LabelFormat> format(byte[] bytes) {
    String begins = new String(Arrays.copyOf(bytes, Math.min(bytes.length, 100)), StandardCharsets.ISO_8859_1);
    return Optional.ofNullable(begins.startsWith("%PDF")
        ? LabelFormat.PDF
        : begins.startsWith("\u0089PNG") ? LabelFormat.PNG : begins.contains("^XA") ? LabelFormat.ZPL : null);
  }
}
