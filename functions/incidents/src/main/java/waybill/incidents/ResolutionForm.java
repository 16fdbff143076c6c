package waybill.incidents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.incidents.Playbook.End;
import waybill.platform.Fields;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * How a person decides about an incident, as it is requested.
 *
 * @param lookAt until when to wait @param amount in minor units @param reference of a claim, as its carrier knows it
 */
record ResolutionForm(End kind, Instant lookAt, Long amount, String reference, String note) {
  private static final long MOST = 1_000_000_000_000L;

  static ResolutionForm read(Fields fields) {
    if (!fields.has("kind")) {
      fields.refuse("kind", "required", "is required");
    }
    return new ResolutionForm(fields.choiceOr("kind", End.WAIT), fields.timeOrNull("look_at"),
        fields.has("amount") ? (Long) fields.whole("amount", 1, MOST) : null, fields.textOrNull("reference", 100),
        fields.textOrNull("note", 1_000));
  }

  /** What it means; refused if a field is missing that its kind needs, or is there that its kind has not. */
  Outcome<Resolution> decision(String by) {
    var errors = new ArrayList<Violation>();
    check(errors, "/look_at", lookAt, List.of(End.WAIT), List.of(End.WAIT));
    check(errors, "/amount", amount, List.of(End.CLAIM), List.of(End.CLAIM, End.REFUND));
    check(errors, "/reference", reference, List.of(End.CLAIM), List.of(End.CLAIM));
    check(errors, "/note", note, List.of(), List.of(End.CLAIM, End.REFUND, End.RESHIP, End.RETURN));
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    return Outcome.of(switch (kind) {
      case WAIT -> new Resolution.Wait(lookAt);
      case REFUND -> new Resolution.Refund(amount, by, note);
      case RETURN -> new Resolution.Return(by, note);
      case RESHIP -> new Resolution.Reship(by, note);
      case CLAIM -> new Resolution.ClaimOf(amount, reference, by, note);
    });
  }

  private void check(List<Violation> errors, String pointer, Object value, List<End> needing, List<End> having) {
    if (value == null && needing.contains(kind)) {
      errors.add(new Violation(pointer, "required", "is required for this kind"));
    } else if (value != null && !having.contains(kind)) {
      errors.add(new Violation(pointer, "not_allowed", "is nothing that this kind has"));
    }
  }
}
