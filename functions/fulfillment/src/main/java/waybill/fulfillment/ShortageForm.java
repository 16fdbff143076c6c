package waybill.fulfillment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/** What a packer sends who does not find units. */
record ShortageForm(List<Missing> lines, ShortageReason reason, String note) {
  /** A correction moves two counters a SKU, and a transaction holds a hundred actions. */
  private static final int MAX_LINES = 40;
  private static final int MAX_UNITS = 1_000_000;
  private static final int MAX_NOTE = 500;

  /** So many units of a line. */
  record Missing(LineId lineId, int quantity) {}

  static ShortageForm read(Fields fields) {
    var named = new HashSet<LineId>();
    List<Missing> missing = fields.list("lines", 1, MAX_LINES, line -> {
      LineId id = line.parsed("line_id", LineId::new, "is the id of a line, for example line_1");
      if (id != null && !named.add(id)) {
        line.refuse("line_id", "duplicate", "%s is named already".formatted(id));
      }
      return new Missing(id, line.integer("quantity", 1, MAX_UNITS));
    });
    if (!fields.has("reason")) {
      fields.refuse("reason", "required", "is required");
    }
    var form = new ShortageForm(missing, fields.choiceOr("reason", ShortageReason.NOT_IN_STOCK),
        fields.textOrNull("note", MAX_NOTE));
    fields.verify();
    return form;
  }

  /** The units by what they are of; refused if these lines have not so many. */
  Outcome<List<LineQuantity>> of(List<LineQuantity> held) {
    Map<LineId, LineQuantity> byId = held.stream().collect(Collectors.toMap(LineQuantity::lineId, it -> it));
    var violations = new ArrayList<Violation>();
    var units = new ArrayList<LineQuantity>();
    for (int i = 0; i < lines.size(); i++) {
      Missing it = lines.get(i);
      LineQuantity line = byId.get(it.lineId);
      if (line == null) {
        violations.add(new Violation("/lines/%d/line_id".formatted(i), "unknown_line",
            "%s is not in this fulfillment".formatted(it.lineId)));
      } else if (it.quantity > line.quantity()) {
        violations.add(new Violation("/lines/%d/quantity".formatted(i), "too_many_units",
            "%s (%s): %d of it are to be packed".formatted(it.lineId, line.sku(), line.quantity())));
      } else {
        Sku sku = line.sku();
        units.add(new LineQuantity(it.lineId, sku, it.quantity));
      }
    }
    return violations.isEmpty() ? Outcome.of(units) : Refused.invalid(violations).outcome();
  }

  /** Whether a report says the same, whoever sent it: a key belongs to the request. */
  boolean isSameAs(ShortageReport report) {
    List<Missing> reported = report.lines().stream().map(it -> new Missing(it.lineId(), it.quantity())).toList();
    return lines.equals(reported) && reason == report.reason() && Objects.equals(note, report.note());
  }
}
