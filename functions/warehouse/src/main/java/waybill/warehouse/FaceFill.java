package waybill.warehouse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import waybill.messages.ExpiryDate;
import waybill.warehouse.Bin.PickFace;
import waybill.warehouse.Replenishment.Line;

/**
 * What comes from the reserve into a pick face: nothing before the units that nobody was promised are at its minimum or fewer; then as many full cases as lie in the reserve and
 * have room below the maximum, what expires first and then what a person comes by first. An opened case stays in the reserve, for orders to be picked of.
 */
final class FaceFill {
  private FaceFill() {}

  /**
   * @param free units in the face that nobody was promised
   * @param there all units of the product in the face
   * @param room how many more the face holds by its limits
   * @param caseUnits how many units a full case has
   * @param reserve what of the product lies in the bins of the reserve
   * @param bins of the reserve
   */
  static List<Line> of(PickFace face, int free, int there, int room, int caseUnits, List<BinContent> reserve,
      Map<BinId, Bin> bins) {
    if (free > face.minimum()) {
      return List.of();
    }
    var lines = new ArrayList<Line>();
    int cases = Math.max(0, Math.min(face.maximum() - there, room)) / caseUnits;
    for (BinContent content : reserve.stream().sorted(inTurn(bins)).toList()) {
      int some = Math.min(cases, content.free() / caseUnits);
      if (some > 0) {
        lines.add(new Line(content.bin(), content.lot(), content.expiresOn(), some * caseUnits, caseUnits));
        cases -= some;
      }
    }
    return List.copyOf(lines);
  }

  private static Comparator<BinContent> inTurn(Map<BinId, Bin> bins) {
    return Comparator
        .comparing(BinContent::expiresOn, Comparator.nullsLast(Comparator.<ExpiryDate>naturalOrder()))
        .thenComparing(it -> bins.get(it.bin()).walkingSequence()).thenComparing(BinContent::bin)
        .thenComparing(BinContent::lot, Comparator.nullsFirst(Comparator.naturalOrder()));
  }
}
