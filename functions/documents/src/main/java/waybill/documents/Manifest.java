package waybill.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.messages.ParcelId;

/**
 * A form by which a carrier takes the parcels of a day. It lists what was claimed for it: each label is on one form at most. What is not
 * on it is said with the reason.
 *
 * @param carrier who carries all of them; null for any carrier
 * @param form the carrier's id of it; null before there is one
 * @param detail what the carrier says; null for nothing
 */
record Manifest(ManifestId id, LabelDay day, String carrier, Status status, List<Listed> listed, List<LeftOut> leftOut,
    String form, String detail) {

  /** What becomes of it. */
  enum Status {
    /** Its labels are being claimed. */
    COLLECTING,
    /** Its labels are claimed, and the carrier makes it, or nobody knows yet whether it does. */
    CREATING, CREATED,
    /** The carrier makes none: the labels are free for another. */
    FAILED
  }

  /** Why a label of the day is not listed. */
  enum Reason {
    VOID, SCANNED, ON_ANOTHER_MANIFEST, OTHER_CARRIER, FULL
  }

  record Listed(ParcelId parcel, String trackingNumber, String draft) {}

  /** @param manifest the form that it is on; null if it is on none */
  record LeftOut(ParcelId parcel, Reason reason, ManifestId manifest) {}

  static Manifest begun(ManifestId id, LabelDay day, String carrier) {
    return new Manifest(id, day, carrier, Status.COLLECTING, List.of(), List.of(), null, null);
  }

  boolean isSameAs(Manifest other) {
    return day.equals(other.day) && java.util.Objects.equals(carrier, other.carrier);
  }

  /** Its labels are claimed, once. */
  Manifest collected(List<Listed> labels, List<LeftOut> others) {
    return status != Status.COLLECTING
        ? this
        : labels.isEmpty()
            ? new Manifest(id, day, carrier, Status.FAILED, labels, others, null, "no label is left for it")
            : new Manifest(id, day, carrier, Status.CREATING, labels, others, null, null);
  }

  /**
   * What the carrier says of it, until it is settled. Of two attempts one may be refused because the other has made the form, so the form
   * counts.
   */
  Manifest answered(String carriersId, Status now, String text) {
    boolean open = status == Status.CREATING || status == Status.FAILED && now == Status.CREATED;
    return open ? new Manifest(id, day, carrier, now, listed, leftOut, carriersId, text) : this;
  }

  /** The carrier refuses it. Of a form that it has named, that says nothing: the key may be wrong for a moment. */
  Manifest refused(String text) {
    return form == null ? answered(null, Status.FAILED, text) : this;
  }

  /** Whether something is still to do for it. */
  boolean isOpen() {
    return status == Status.COLLECTING || status == Status.CREATING;
  }

  /** Whether a label that was claimed for it is on it, or will be: not if it is failed, nor if it was claimed too late. */
  boolean holds(ParcelId parcel) {
    return switch (status) {
      case COLLECTING -> true;
      case CREATING, CREATED -> listed.stream().anyMatch(it -> it.parcel.equals(parcel));
      case FAILED -> false;
    };
  }

  /** @param voided those of its parcels whose labels are void now */
  Map<String, Object> toTree(List<ParcelId> voided) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("status", status.name().toLowerCase(Locale.ROOT));
    tree.put("location_id", day.location().value());
    var account = new LinkedHashMap<String, Object>();
    account.put("carrier", day.account().carrier());
    account.put("account", day.account().account());
    tree.put("carrier_account", account);
    tree.put("date", day.date());
    tree.put("carrier", carrier);
    tree.put("parcels", listed.stream().map(it -> {
      var parcel = new LinkedHashMap<String, Object>();
      parcel.put("parcel_id", it.parcel.value());
      parcel.put("tracking_number", it.trackingNumber);
      parcel.put("void", voided.contains(it.parcel));
      return parcel;
    }).toList());
    tree.put("left_out", leftOut.stream().map(Manifest::view).toList());
    tree.put("detail", detail);
    return tree;
  }

  static Map<String, Object> view(LeftOut it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("parcel_id", it.parcel.value());
    view.put("reason", it.reason.name().toLowerCase(Locale.ROOT));
    view.put("manifest_id", it.manifest == null ? null : it.manifest.value());
    return view;
  }
}
