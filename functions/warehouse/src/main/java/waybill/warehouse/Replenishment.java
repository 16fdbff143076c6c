package waybill.warehouse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;

/**
 * Units that are to come from the reserve into a pick face: they are held where they lie until somebody moves them. A pick face has one at a time, so nothing is
 * proposed for it twice.
 *
 * @param bin the pick face
 * @param lines one a bin and lot that units leave
 * @param at since when it is proposed
 */
public record Replenishment(LocationId locationId, BinId bin, Sku sku, List<Line> lines, Instant at) {

  /**
   * @param lot null if the product is not tracked by lots, as is its expiry
   * @param caseUnits how many units a full case has; 1 if the product does not come in cases
   */
  public record Line(BinId from, LotNumber lot, ExpiryDate expiresOn, int quantity, int caseUnits) {
    private Line without(int units) {
      return new Line(from, lot, expiresOn, quantity - units, caseUnits);
    }
  }

  Optional<Line> line(BinId from, Sku product, LotNumber lot) {
    return lines.stream().filter(it -> it.from.equals(from) && sku.equals(product) && Objects.equals(it.lot, lot))
        .findFirst();
  }

  /** What is left of it once so many units of a line are moved; no lines if nothing is. */
  Replenishment moved(Line line, int units) {
    var left = new ArrayList<Line>();
    lines.stream().map(it -> it == line ? it.without(units) : it).filter(it -> it.quantity > 0).forEach(left::add);
    return new Replenishment(locationId, bin, sku, left, at);
  }

  int units() {
    return lines.stream().mapToInt(Line::quantity).sum();
  }
}
