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

  /** Listed on this form, unless it is on another by now. @param before a form that does not list it after all; null for none */
  DayLabel claimed(ManifestId form, ManifestId before) {
    return Objects.equals(manifest, before)
        ? new DayLabel(day, parcel, carrier, draft, trackingNumber, form)
        : this;
  }
}
