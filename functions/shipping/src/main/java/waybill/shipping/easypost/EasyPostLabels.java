package waybill.shipping.easypost;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.LabelDownload;
import waybill.shipping.carrier.LabelFiles.Printable;
import waybill.shipping.carrier.LabelFormat;

/**
 * Files of labels. EasyPost keeps each under an address of its own for some time; a format that it has not made yet it makes from the
 * picture that a label is bought as.
 */
final class EasyPostLabels {
  private final CarrierApi api;
  private final LabelDownload download;

  /** @param base where the API's paths begin */
  EasyPostLabels(CarrierApi api, String base) {
    this.api = api;
    this.download = new LabelDownload("EasyPost", base);
  }

  /** @param path the shipment's */
  Outcome<Printable> label(String path, LabelFormat format) {
    Answer answer = api.get(path);
    if (answer.ok() && address(answer.body(), format).isEmpty()) {
      answer = api.get(path + "/label?file_format=" + format.name());
    }
    if (!answer.ok()) {
      return Refused.conflict("no_label_file",
          "EasyPost does not make this label as %s: status %d".formatted(format.text(), answer.status())).outcome();
    }
    return address(answer.body(), format).map(it -> download.fetch(it, format)).orElseGet(() -> Refused
        .conflict("no_label_file", "EasyPost has no file of this label as " + format.text()).outcome());
  }

  /** Where the file is in this format. */
  static Optional<String> address(Map<String, Object> shipment, LabelFormat format) {
    if (!(shipment.get("postage_label") instanceof Map<?, ?> label)) {
      return Optional.empty();
    }
    String own = url(label.get("label_%s_url".formatted(format.text())));
    String asBought = url(label.get("label_url"));
    boolean fits = String.valueOf(label.get("label_file_type")).toLowerCase(Locale.ROOT)
        .endsWith("/" + format.text());
    return Optional.ofNullable(own != null ? own : fits ? asBought : null);
  }

  /** Longer than any name: EasyPost's own have more than a hundred characters. */
  private static String url(Object value) {
    return value instanceof String text && !text.isBlank() ? text : null;
  }
}
