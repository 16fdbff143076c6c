package waybill.fulfillment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotQuantity;
import waybill.messages.LotNumber;
import java.util.Optional;
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

  /** So many units of a line. @param lot which they are of; null if that is not said */
  record Missing(LineId lineId, int quantity, LotNumber lot) {}

  /** What is missing of a fulfillment. @param lots which lots that is of; null if none of it is tracked by lots */
  record Units(List<LineQuantity> lines, List<LotQuantity> lots) {}

  static ShortageForm read(Fields fields) {
    var named = new HashSet<LineId>();
    List<Missing> missing = fields.list("lines", 1, MAX_LINES, line -> {
      LineId id = line.parsed("line_id", LineId::new, "is the id of a line, for example line_1");
      if (id != null && !named.add(id)) {
        line.refuse("line_id", "duplicate", "%s is named already".formatted(id));
      }
      return new Missing(id, line.integer("quantity", 1, MAX_UNITS),
          line.parsedOrNull("lot", LotNumber::new, LotNumber.RULE));
    });
    if (!fields.has("reason")) {
      fields.refuse("reason", "required", "is required");
    }
    var form = new ShortageForm(missing, fields.choiceOr("reason", ShortageReason.NOT_IN_STOCK),
        fields.textOrNull("note", MAX_NOTE));
    fields.verify();
    return form;
  }

  /** The units by what they are of; refused if a fulfillment has not so many. */
  Outcome<Units> of(Fulfillment held) {
    var checking = new Checking(held, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < lines.size(); i++) {
      checking.line("/lines/%d/".formatted(i), lines.get(i));
    }
    return checking.violations.isEmpty()
        ? Outcome.of(new Units(checking.units, LotQuantity.orNull(checking.lots)))
        : Refused.invalid(checking.violations).outcome();
  }

  private record Checking(Fulfillment held, List<LineQuantity> units, List<LotQuantity> lots,
      List<Violation> violations) {

    void line(String at, Missing it) {
      Optional<LineQuantity> line = held.lines().stream().filter(one -> one.lineId().equals(it.lineId)).findFirst();
      if (line.isEmpty()) {
        refuse(at + "line_id", "unknown_line", "%s is not in this fulfillment".formatted(it.lineId));
      } else if (it.quantity > line.get().quantity()) {
        refuse(at + "quantity", "too_many_units",
            "%s (%s): %d of it are to be packed".formatted(it.lineId, line.get().sku(), line.get().quantity()));
      } else {
        units.add(new LineQuantity(it.lineId, line.get().sku(), it.quantity));
        lot(at, it);
      }
    }

    /** Which lot units are of is asked for only if the line has several. */
    private void lot(String at, Missing it) {
      List<LotQuantity> ofLine = LotQuantity.orNone(held.lots()).stream().filter(one -> one.lineId().equals(it.lineId))
          .toList();
      Optional<LotQuantity> lot = it.lot == null && ofLine.size() == 1
          ? Optional.of(ofLine.getFirst())
          : ofLine.stream().filter(one -> one.lot().equals(it.lot)).findFirst();
      if (ofLine.isEmpty() && it.lot != null) {
        refuse(at + "lot", "not_lot_tracked", "is named only of a product that is tracked by lots");
      } else if (!ofLine.isEmpty() && lot.isEmpty()) {
        refuse(at + "lot", it.lot == null ? "required" : "wrong_lot", "is one of the line's lots: "
            + ofLine.stream().map(one -> one.lot().value()).collect(Collectors.joining(", ")));
      } else if (lot.isPresent() && it.quantity > lot.get().quantity()) {
        refuse(at + "quantity", "too_many_units",
            "%d units of the line are of lot %s".formatted(lot.get().quantity(), lot.get().lot()));
      }
      lot.ifPresent(one -> lots
          .add(new LotQuantity(one.lineId(), one.sku(), one.lot(), one.expiresOn(), it.quantity)));
    }

    private void refuse(String at, String code, String detail) {
      violations.add(new Violation(at, code, detail));
    }
  }

  /** Whether a report says the same, whoever sent it: a key belongs to the request. */
  boolean isSameAs(ShortageReport report) {
    List<Missing> reported = report.lines().stream()
        .map(it -> new Missing(it.lineId(), it.quantity(), named(it.lineId()) ? report.lot(it.lineId()) : null))
        .toList();
    return lines.equals(reported) && reason == report.reason() && Objects.equals(note, report.note());
  }

  private boolean named(LineId line) {
    return lines.stream().anyMatch(it -> it.lineId.equals(line) && it.lot != null);
  }
}
