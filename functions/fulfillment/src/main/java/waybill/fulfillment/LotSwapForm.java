package waybill.fulfillment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.platform.Fields;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/** What a packer sends who finds another lot in the bin than the one that was allocated. */
record LotSwapForm(LineId lineId, LotNumber from, LotNumber to, int quantity) {
  private static final int MAX_UNITS = 1_000_000;

  static LotSwapForm read(Fields fields) {
    var form = new LotSwapForm(fields.parsed("line_id", LineId::new, "is the id of a line, for example line_1"),
        fields.parsed("from", LotNumber::new, LotNumber.RULE), fields.parsed("to", LotNumber::new, LotNumber.RULE),
        fields.integer("quantity", 1, MAX_UNITS));
    fields.verify();
    return form;
  }

  /** The units that it gives; refused if the fulfillment has not so many of that lot. */
  Outcome<LotQuantity> of(Fulfillment held) {
    var violations = new ArrayList<Violation>();
    Optional<LineQuantity> line = held.lines().stream().filter(it -> it.lineId().equals(lineId)).findFirst();
    List<LotQuantity> ofLine = LotQuantity.orNone(held.lots()).stream().filter(it -> it.lineId().equals(lineId))
        .toList();
    Optional<LotQuantity> given = ofLine.stream().filter(it -> it.lot().equals(from)).findFirst();
    if (line.isEmpty()) {
      violations.add(new Violation("/line_id", "unknown_line", "%s is not in this fulfillment".formatted(lineId)));
    } else if (ofLine.isEmpty()) {
      violations.add(new Violation("/from", "not_lot_tracked", "is named only of a product that is tracked by lots"));
    } else if (given.isEmpty()) {
      violations.add(new Violation("/from", "wrong_lot", "is one of the line's lots: "
          + ofLine.stream().map(it -> it.lot().value()).collect(Collectors.joining(", "))));
    } else if (given.get().quantity() < quantity) {
      violations.add(new Violation("/quantity", "too_many_units",
          "%d units of the line are of lot %s".formatted(given.get().quantity(), from)));
    }
    if (from.equals(to)) {
      violations.add(new Violation("/to", "same_lot", "is another lot than the one that was allocated"));
    }
    return violations.isEmpty()
        ? Outcome.of(new LotQuantity(lineId, line.get().sku(), from, given.get().expiresOn(), quantity))
        : Refused.invalid(violations).outcome();
  }
}
