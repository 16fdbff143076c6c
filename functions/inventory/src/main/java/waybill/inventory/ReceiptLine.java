package waybill.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import waybill.catalog.Product;
import waybill.catalog.ScannedCode;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Violation;

/**
 * A line of an inbound's receipt, as it is sent: units of a SKU, or packs that were scanned.
 *
 * @param sku null if it was scanned
 * @param code null if it names a SKU
 * @param count the units of the SKU, or how many packs of the code there are
 * @param refusal why units of it were refused at the dock; null if none were
 */
record ReceiptLine(Sku sku, ScannedCode code, int count, int damaged, int rejected, RejectReason refusal, LotNumber lot,
    ExpiryDate expiresOn) {
  private static final int MOST_UNITS = 1_000_000;
  private static final int LONGEST_CODE = 200;

  /** @param year the current one */
  static ReceiptLine read(Fields fields, int year) {
    ScannedCode code = fields.isNamed("code")
        ? fields.scanned("code", LONGEST_CODE, it -> ScannedCode.read(it, year), ScannedCode.RULE)
        : null;
    boolean scanned = fields.isNamed("code");
    Sku sku = scanned ? null : fields.parsed("sku", Sku::new, "is a SKU");
    int labelled = code == null || code.count() == null ? 1 : code.count();
    int count = scanned
        ? fields.integerOr("packs", 1, MOST_UNITS, labelled)
        : fields.integer("quantity", 1, MOST_UNITS);
    Lot.Named named = Lot.Named.read(fields);
    LotNumber lot = named.number();
    ExpiryDate expiresOn = named.expiresOn();
    if (code != null) {
      lot = agreed(fields, "lot", lot, code.lot());
      expiresOn = agreed(fields, "expires_on", expiresOn, code.expiresOn());
    }
    int rejected = fields.integerOr("rejected", 0, MOST_UNITS, 0);
    RejectReason refusal = fields.has("reject_reason")
        ? fields.choiceOr("reject_reason", RejectReason.DAMAGED)
        : null;
    if (rejected > 0 && refusal == null) {
      fields.refuse("reject_reason", "required", "says why units are refused");
    } else if (rejected == 0 && refusal != null) {
      fields.refuse("rejected", "required", "says how many units are refused for the reason");
    }
    return new ReceiptLine(sku, code, count, fields.integerOr("damaged", 0, MOST_UNITS, 0), rejected, refusal, lot,
        expiresOn);
  }

  /** What a person says and what the code says are the same, if both say it. */
  private static <T> T agreed(Fields fields, String name, T said, T scanned) {
    if (said != null && scanned != null && !said.equals(scanned)) {
      fields.refuse(name, "mismatch", "the code says " + scanned);
    }
    return scanned == null ? said : scanned;
  }

  /** Lines that name a SKU name each lot of it once; scanned ones may be of what others are of. */
  static void refuseRepeated(Fields fields, List<ReceiptLine> lines) {
    Set<List<Object>> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      ReceiptLine it = lines.get(i);
      if (it.sku != null && !seen.add(it.lot == null ? List.of(it.sku) : List.of(it.sku, it.lot))) {
        fields.refuse(new Violation("/lines/%d/sku".formatted(i), "repeated", "stands on another line already"));
      }
    }
  }

  /**
   * The units that they stand for, a line each. What no product's code is, and what is beyond its units, is remembered by the fields.
   *
   * @param expected the products of the inbound
   */
  static List<Arrived> unpacked(List<ReceiptLine> lines, Collection<Product> expected, Fields fields) {
    var items = new ArrayList<Arrived>();
    for (int i = 0; i < lines.size(); i++) {
      items.add(lines.get(i).unpacked("/lines/%d/".formatted(i), expected, fields));
    }
    return items.stream().filter(Objects::nonNull).toList();
  }

  private Arrived unpacked(String at, Collection<Product> expected, Fields fields) {
    Sku named = sku;
    LotNumber of = lot;
    ExpiryDate until = expiresOn;
    long units = count;
    if (code != null) {
      List<Product> known = expected.stream().filter(it -> it.unitsOf(code.gtin()).isPresent()).toList();
      if (known.size() != 1) {
        fields.refuse(known.isEmpty()
            ? new Violation(at + "code", "unknown_gtin",
                "%s is no product of this inbound and no pack of one".formatted(code.gtin()))
            : new Violation(at + "code", "ambiguous_gtin",
                "%s is a number of %s and of %s: name the SKU".formatted(code.gtin(), known.get(0).sku(),
                    known.get(1).sku())));
        return null;
      }
      Product product = known.getFirst();
      named = product.sku();
      // Makers print lots and days also on what is not counted by them.
      of = code.lot() != null && !product.lotTracked() ? null : lot;
      until = code.expiresOn() != null && !product.expires() ? null : expiresOn;
      OptionalInt each = product.unitsOf(code.gtin());
      units = (long) count * each.orElseThrow();
      if (units > MOST_UNITS) {
        fields.refuse(new Violation(at + "packs", "out_of_range",
            "are %d units: a line has at most %d".formatted(units, MOST_UNITS)));
        return null;
      }
    }
    if (damaged + rejected > units) {
      fields.refuse(new Violation(at + (damaged > units || rejected == 0 ? "damaged" : "rejected"), "out_of_range",
          "with what is damaged and what is rejected, it is at most the %d units that arrived".formatted(units)));
      return null;
    }
    return new Arrived(named, (int) units, damaged, of, until, rejected, refusal);
  }
}
