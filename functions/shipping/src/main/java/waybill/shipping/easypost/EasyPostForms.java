package waybill.shipping.easypost;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.CarrierApi.Answer;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.LabelDownload;
import waybill.shipping.carrier.LabelFiles.Printable;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Manifests.Form;
import waybill.shipping.carrier.Manifests.Status;

/** EasyPost's scan forms. A shipment is on one at most and says on which, so an answer that was lost is found. */
final class EasyPostForms {
  private static final String FORMS = "/v2/scan_forms";
  private static final int MOST_NAMED = 10;

  private final CarrierApi api;
  private final LabelDownload download;

  /** @param base where the API's paths begin */
  EasyPostForms(CarrierApi api, String base) {
    this.api = api;
    this.download = new LabelDownload("EasyPost", base);
  }

  /**
   * @param shipments their ids
   * @param numbers the tracking numbers that the form must list
   */
  Outcome<Form> form(List<String> shipments, List<String> numbers) {
    Optional<String> known = known(shipments.getFirst());
    if (known.isPresent()) {
      return find(known.get(), numbers);
    }
    Answer made = api.post(FORMS, Map.of("shipments", shipments.stream().map(it -> Map.of("id", it)).toList()));
    // Whatever it says: if the form is there, another attempt has made it meanwhile.
    return made.ok()
        ? read(made.body(), numbers)
        : known(shipments.getFirst()).map(it -> find(it, numbers)).orElseGet(() -> refused(made));
  }

  /** The form that a shipment is on. @throws RetryLater if EasyPost does not say: an earlier attempt may have made one */
  private Optional<String> known(String shipment) {
    Answer answer = api.get("/v2/shipments/" + shipment);
    if (!answer.ok() && answer.status() != 404) {
      throw new RetryLater("EasyPost does not say which form a shipment is on: status " + answer.status());
    }
    return answer.body().get("scan_form") instanceof Map<?, ?> form
        ? Optional.ofNullable(CarrierText.name(form.get("id")))
        : Optional.empty();
  }

  Outcome<Form> find(String form, List<String> numbers) {
    Answer answer = api.get(FORMS + "/" + form);
    return answer.ok() ? read(answer.body(), numbers) : refused(answer);
  }

  Outcome<Printable> paper(String form) {
    Answer answer = api.get(FORMS + "/" + form);
    // An address is longer than a name may be: EasyPost's own have 117 characters.
    return answer.ok() && answer.body().get("form_url") instanceof String address && !address.isBlank()
        ? download.fetch(address, LabelFormat.PDF)
        : Refused.conflict("no_form_file", "EasyPost has no file of this form").outcome();
  }

  /** @param numbers what it must list as soon as it is made: a shipment may be on a form that somebody made elsewhere */
  static Outcome<Form> read(Map<String, Object> form, List<String> numbers) {
    String id = CarrierText.name(form.get("id"));
    if (id == null) {
      throw new RetryLater("EasyPost's scan form has no id");
    }
    String message = CarrierText.name(form.get("message"));
    return Outcome.of(switch (form.get("status") instanceof String it ? it : "") {
      case "created" -> {
        var missing = new LinkedHashSet<String>(numbers);
        missing.removeAll(form.get("tracking_codes") instanceof List<?> codes ? codes : List.of());
        yield missing.isEmpty()
            ? new Form(id, Status.CREATED, message)
            : new Form(id, Status.FAILED, "its first label is on form %s, which does not list %d of the others: %s"
                .formatted(id, missing.size(), missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))));
      }
      case "failed" -> new Form(id, Status.FAILED, message);
      default -> new Form(id, Status.CREATING, message);
    });
  }

  /** It speaks of shipments by their ids, and quotes no address. */
  private static <T> Outcome<T> refused(Answer answer) {
    Map<?, ?> error = answer.body().get("error") instanceof Map<?, ?> it ? it : Map.of();
    String message = CarrierText.name(error.get("message"));
    return Refused.conflict(CarrierText.code(error.get("code")),
        "EasyPost refuses: " + (message == null ? "status " + answer.status() : message)).outcome();
  }
}
