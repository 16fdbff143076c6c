package waybill.shipping.easypost;

import java.util.List;
import java.util.Map;
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

  private final CarrierApi api;
  private final LabelDownload download;

  /** @param base where the API's paths begin */
  EasyPostForms(CarrierApi api, String base) {
    this.api = api;
    this.download = new LabelDownload("EasyPost", base);
  }

  /** @param shipments their ids */
  Outcome<Form> form(List<String> shipments) {
    Answer first = api.get("/v2/shipments/" + shipments.getFirst());
    if (first.ok() && first.body().get("scan_form") instanceof Map<?, ?> known
        && CarrierText.name(known.get("id")) != null) {
      return find(CarrierText.name(known.get("id")));
    }
    Answer made = api.post(FORMS,
        Map.of("shipments", shipments.stream().map(it -> Map.of("id", it)).toList()));
    return made.ok() ? read(made.body()) : refused(made);
  }

  Outcome<Form> find(String form) {
    Answer answer = api.get(FORMS + "/" + form);
    return answer.ok() ? read(answer.body()) : refused(answer);
  }

  Outcome<Printable> paper(String form) {
    Answer answer = api.get(FORMS + "/" + form);
    // An address is longer than a name may be: EasyPost's own have 117 characters.
    return answer.ok() && answer.body().get("form_url") instanceof String address && !address.isBlank()
        ? download.fetch(address, LabelFormat.PDF)
        : Refused.conflict("no_form_file", "EasyPost has no file of this form").outcome();
  }

  static Outcome<Form> read(Map<String, Object> form) {
    String id = CarrierText.name(form.get("id"));
    if (id == null) {
      throw new RetryLater("EasyPost's scan form has no id");
    }
    Status status = switch (form.get("status") instanceof String it ? it : "") {
      case "created" -> Status.CREATED;
      case "failed" -> Status.FAILED;
      default -> Status.CREATING;
    };
    return Outcome.of(new Form(id, status, CarrierText.name(form.get("message"))));
  }

  /** It speaks of shipments by their ids, and quotes no address. */
  private static <T> Outcome<T> refused(Answer answer) {
    Map<?, ?> error = answer.body().get("error") instanceof Map<?, ?> it ? it : Map.of();
    String message = CarrierText.name(error.get("message"));
    return Refused.conflict(CarrierText.code(error.get("code")),
        "EasyPost refuses: " + (message == null ? "status " + answer.status() : message)).outcome();
  }
}
