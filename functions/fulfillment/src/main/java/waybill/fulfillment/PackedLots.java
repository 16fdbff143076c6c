package waybill.fulfillment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import waybill.inventory.LotSwaps.Found;
import waybill.messages.LineId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.Parcel;
import waybill.platform.Fields;
import waybill.platform.Violation;

/**
 * The lots that a packer names of what is in the parcels. For lines without names the parcels share the lots that were allocated, in their order.
 *
 * @param byParcel of each parcel, in their order
 */
record PackedLots(List<List<Found>> byParcel) {
  private static final int MOST = 100;
  private static final int MAX_UNITS = 1_000_000;

  static final PackedLots NONE = new PackedLots(List.of());

  /** Those of a line in a parcel; none if it names none. */
  static List<Found> read(Fields line, LineId id, int quantity) {
    var named = new HashSet<LotNumber>();
    if (!line.has("lots")) {
      return List.of();
    }
    List<Found> lots = line.list("lots", 1, MOST, fields -> {
      LotNumber lot = fields.parsed("lot", LotNumber::new, LotNumber.RULE);
      if (lot != null && !named.add(lot)) {
        fields.refuse("lot", "duplicate", "%s is named already".formatted(lot));
      }
      return new Found(fields.pointer(), id, lot, fields.integer("quantity", 1, MAX_UNITS));
    });
    long units = lots.stream().mapToLong(Found::quantity).sum();
    if (units != quantity) {
      line.refuse("lots", "wrong_sum", "name %d units of the line's %d in this parcel".formatted(units, quantity));
    }
    return lots;
  }

  boolean isNone() {
    return byParcel.stream().allMatch(List::isEmpty);
  }

  List<Found> all() {
    return byParcel.stream().flatMap(List::stream).toList();
  }

  /** A line whose lots one parcel names has them named in each. */
  List<Violation> check(List<Parcel> parcels) {
    Set<LineId> named = all().stream().map(Found::line).collect(Collectors.toSet());
    var violations = new ArrayList<Violation>();
    for (int i = 0; i < parcels.size(); i++) {
      List<Found> here = byParcel.get(i);
      for (int line = 0; line < parcels.get(i).lines().size(); line++) {
        LineId id = parcels.get(i).lines().get(line).lineId();
        if (named.contains(id) && here.stream().noneMatch(it -> it.line().equals(id))) {
          violations.add(new Violation("/parcels/%d/lines/%d/lots".formatted(i, line), "required",
              "is named in each parcel that holds %s, or in none".formatted(id)));
        }
      }
    }
    return violations;
  }

  /** The parcels with their lots. @param lots what is known of them */
  List<Parcel> in(List<Parcel> parcels, List<LotQuantity> lots) {
    return isNone()
        ? parcels
        : IntStream.range(0, parcels.size()).mapToObj(i -> {
          Parcel parcel = parcels.get(i);
          return parcel.of(byParcel.get(i).stream().map(it -> of(it, parcel, lots)).toList());
        }).toList();
  }

  private static LotQuantity of(Found it, Parcel parcel, List<LotQuantity> lots) {
    return LotQuantity.orNone(lots).stream()
        .filter(known -> known.lineId().equals(it.line()) && known.lot().equals(it.lot())).findFirst()
        .map(known -> new LotQuantity(it.line(), known.sku(), it.lot(), known.expiresOn(), it.quantity()))
        .orElseGet(() -> new LotQuantity(it.line(), parcel.lines().stream()
            .filter(line -> line.lineId().equals(it.line())).findFirst().orElseThrow().sku(), it.lot(), null,
            it.quantity()));
  }
}
