package waybill.documents;

import java.util.Objects;
import waybill.messages.ParcelId;

/**
 * A label that was bought on a day.
 *
 * @param carrier who carries the parcel; an account may have several
 * @param draft what was bought, as the carrier names it
 * @param manifest the form that it is listed on; null for none yet
 */
record DayLabel(LabelDay day, ParcelId parcel, String carrier, String draft, String trackingNumber,
    ManifestId manifest) {

  boolean isOn(ManifestId form) {
    return form.equals(manifest);
  }

  /** Listed on this form, unless it is on another. */
  DayLabel claimed(ManifestId form) {
    return manifest == null ? with(form) : this;
  }

  /** This form is not made: another may list it. */
  DayLabel released(ManifestId form) {
    return Objects.equals(manifest, form) ? with(null) : this;
  }

  private DayLabel with(ManifestId form) {
    return new DayLabel(day, parcel, carrier, draft, trackingNumber, form);
  }
}
