package waybill.documents;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.CarrierAccountId;
import waybill.documents.CarrierPickup.LeftOut;
import waybill.documents.CarrierPickup.Reason;
import waybill.documents.CarrierPickup.Taken;
import waybill.messages.LocationId;
import waybill.messages.ParcelId;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.SoldLabels.Standing;
import waybill.shipping.SoldLabels;

/** Which parcels a driver takes: those that were labelled at the location within a week and that the carrier has not. */
final class PickupParcels {
  /** As many as are claimed within a call of the API. */
  static final int MOST = 400;
  /** Of those that are not taken, as many are named: an item of DynamoDB has at most 400 KB. */
  static final int MOST_NAMED = 100;
  /** Friday's parcels are taken on Monday, and after holidays later. */
  static final int DAYS = 7;

  private final Table<DayLabel> labels;
  private final Table<PickupClaim> claims;
  private final Table<CarrierPickup> pickups;
  private final SoldLabels sold;

  PickupParcels(Ports ports) {
    this.labels = DocumentsTable.labels(ports);
    this.claims = DocumentsTable.claims(ports);
    this.pickups = DocumentsTable.pickups(ports);
    this.sold = new SoldLabels(ports);
  }

  /**
   * The labels of some days, with why some of them are not taken.
   *
   * @param claimed the visit that has claimed each, last
   * @param held those whose claims count
   */
  record Waiting(List<DayLabel> labels, Map<ParcelId, Standing> standings, Map<ParcelId, PickupId> claimed,
      Set<ParcelId> held) {

    /** Empty for those that may be taken. @param carrier null for any */
    Map<ParcelId, Reason> reasons(PickupId pickup, String carrier) {
      var reasons = new LinkedHashMap<ParcelId, Reason>();
      int room = MOST;
      for (DayLabel label : labels) {
        Reason reason = reason(label, pickup, carrier, room);
        if (reason == null) {
          room--;
        } else {
          reasons.put(label.parcel(), reason);
        }
      }
      return reasons;
    }

    private Reason reason(DayLabel label, PickupId pickup, String carrier, int room) {
      PickupId holder = claimed.get(label.parcel());
      if (standings.get(label.parcel()) != Standing.UNUSED) {
        return standings.get(label.parcel()) == Standing.VOID ? Reason.VOID : Reason.SCANNED;
      }
      if (held.contains(label.parcel()) && !holder.equals(pickup)) {
        return Reason.ON_ANOTHER_PICKUP;
      }
      if (carrier != null && !carrier.equals(label.carrier())) {
        return Reason.OTHER_CARRIER;
      }
      return room <= 0 ? Reason.FULL : null;
    }

    /** Those that may be taken. */
    List<DayLabel> free(PickupId pickup, String carrier) {
      Map<ParcelId, Reason> reasons = reasons(pickup, carrier);
      return labels.stream().filter(it -> !reasons.containsKey(it.parcel())).toList();
    }

    /** Without those that the carrier has: nothing is to do about them, and they are most of a week's. */
    List<LeftOut> leftOut(PickupId pickup, String carrier) {
      Map<ParcelId, Reason> reasons = reasons(pickup, carrier);
      return labels.stream().filter(it -> reasons.getOrDefault(it.parcel(), Reason.SCANNED) != Reason.SCANNED)
          .map(it -> left(it.parcel(), reasons.get(it.parcel()))).toList();
    }

    private LeftOut left(ParcelId parcel, Reason reason) {
      return new LeftOut(parcel, reason, reason == Reason.ON_ANOTHER_PICKUP ? claimed.get(parcel) : null);
    }
  }

  /** @param today by the location's clock */
  Waiting waiting(CarrierAccountId account, LocationId location, LocalDate today) {
    var all = new ArrayList<DayLabel>();
    for (int days = DAYS - 1; days >= 0; days--) {
      labels.findAll(new LabelDay(account, location, today.minusDays(days).toString()).key(), "")
          .forEach(it -> all.add(it.value()));
    }
    Map<ParcelId, PickupId> claimed = claims
        .findAll(all.stream().map(it -> DocumentsTable.claim(it.parcel())).toList()).stream().map(Stored::value)
        .collect(Collectors.toMap(PickupClaim::parcel, PickupClaim::pickup));
    Map<PickupId, CarrierPickup> holders = pickups
        .findAll(new HashSet<>(claimed.values()).stream().map(DocumentsTable::pickup).toList()).stream()
        .map(Stored::value).collect(Collectors.toMap(CarrierPickup::id, it -> it));
    Set<ParcelId> held = claimed.entrySet().stream()
        .filter(it -> !holders.containsKey(it.getValue()) || holders.get(it.getValue()).holds(it.getKey()))
        .map(Map.Entry::getKey).collect(Collectors.toSet());
    return new Waiting(all, byNumber(all.stream().collect(Collectors.toMap(DayLabel::parcel,
        DayLabel::trackingNumber, (one, _) -> one, LinkedHashMap::new))), claimed, held);
  }

  private Map<ParcelId, Standing> byNumber(Map<ParcelId, String> numbers) {
    return numbers.isEmpty() ? Map.of() : sold.standings(numbers);
  }

  /** How its labels stand now. */
  Map<ParcelId, Standing> standings(CarrierPickup pickup) {
    return byNumber(pickup.parcels().stream().collect(
        Collectors.toMap(Taken::parcel, Taken::trackingNumber, (one, _) -> one, LinkedHashMap::new)));
  }

  /** Claims what may be taken. What was claimed by somebody faster is left out. */
  void claim(PickupId pickup, Waiting waiting, String carrier, List<Taken> taken, List<LeftOut> leftOut) {
    leftOut.addAll(waiting.leftOut(pickup, carrier));
    for (DayLabel label : waiting.free(pickup, carrier)) {
      PickupId before = waiting.held().contains(label.parcel()) ? null : waiting.claimed().get(label.parcel());
      PickupId holder = claims.change(DocumentsTable.claim(label.parcel()),
          known -> known.map(it -> it.claimedBy(pickup, before))
              .orElseGet(() -> new PickupClaim(label.parcel(), pickup)))
          .value().pickup();
      if (holder.equals(pickup)) {
        taken.add(new Taken(label.parcel(), label.trackingNumber(), label.draft()));
      } else {
        leftOut.add(new LeftOut(label.parcel(), Reason.ON_ANOTHER_PICKUP, holder));
      }
    }
  }
}
