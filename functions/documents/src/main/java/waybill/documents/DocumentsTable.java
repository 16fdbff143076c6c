package waybill.documents;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.ParcelId;
import waybill.platform.DueList;
import waybill.platform.Ports;
import waybill.platform.Table.Key;
import waybill.platform.Table;

/** Where things are in the documents table: SSCCs and claims by their order, the labels of a day together, manifests and pickups. */
final class DocumentsTable {
  private static final String VARIABLE = "DOCUMENTS_TABLE";
  static final String SSCC = "sscc#";
  private static final DueList PICKUPS = new DueList("by_pickup_due", "pickups", 1);
  private static final int MOST_AT_ONCE = 500;

  private DocumentsTable() {}

  static Table<ParcelSscc> ssccs(Ports ports) {
    return new Table<>(ports, VARIABLE, ParcelSscc.class, it -> sscc(it.parcel()));
  }

  static Table<SsccSerials> serials(Ports ports) {
    return new Table<>(ports, VARIABLE, SsccSerials.class, it -> serials(it.prefix()));
  }

  static Table<DayLabel> labels(Ports ports) {
    return new Table<>(ports, VARIABLE, DayLabel.class, it -> new Key(it.day().key(), it.parcel().value()));
  }

  static Table<Manifest> manifests(Ports ports) {
    return new Table<>(ports, VARIABLE, Manifest.class, it -> manifest(it.id()));
  }

  /** Sparse: those that are to be looked at. */
  static Table<CarrierPickup> pickups(Ports ports) {
    return new Table<>(ports, VARIABLE, CarrierPickup.class, it -> pickup(it.id()),
        it -> it.dueAt().map(due -> PICKUPS.entry(it.id(), due)).orElse(Map.of()));
  }

  static Stream<Key> pickupsDueBy(Table<CarrierPickup> pickups, Instant now) {
    return PICKUPS.dueBy(pickups, now, MOST_AT_ONCE);
  }

  static Table<PickupClaim> claims(Ports ports) {
    return new Table<>(ports, VARIABLE, PickupClaim.class, it -> claim(it.parcel()));
  }

  static Key claim(ParcelId parcel) {
    return new Key(parcel.order().value(), "pickup#" + parcel.value());
  }

  static Key pickup(PickupId id) {
    return new Key(id.value(), "pickup");
  }

  static Key sscc(ParcelId parcel) {
    return new Key(parcel.order().value(), SSCC + parcel.value());
  }

  static Key serials(String prefix) {
    return new Key("gs1#" + prefix, "serials");
  }

  static Key manifest(ManifestId id) {
    return new Key(id.value(), "manifest");
  }
}
