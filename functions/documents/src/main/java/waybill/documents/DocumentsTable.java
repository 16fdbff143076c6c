package waybill.documents;

import waybill.messages.ParcelId;
import waybill.platform.Ports;
import waybill.platform.Table.Key;
import waybill.platform.Table;

/** Where things are in the documents table: SSCCs by their order, the labels of a day together, and manifests. */
final class DocumentsTable {
  private static final String VARIABLE = "DOCUMENTS_TABLE";
  static final String SSCC = "sscc#";

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
