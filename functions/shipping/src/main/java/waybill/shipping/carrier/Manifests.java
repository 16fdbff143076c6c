package waybill.shipping.carrier;

import java.util.List;
import waybill.platform.Outcome;
import waybill.shipping.carrier.LabelFiles.Printable;

/** What a {@link Carrier} also is if it takes a day's parcels by one form, which its driver scans in the place of each label. */
public interface Manifests {

  enum Status {
    /** The carrier works on it. */
    CREATING, CREATED,
    /** There will be no form of these labels. */
    FAILED
  }

  /**
   * A form.
   *
   * @param id the carrier's
   * @param detail what the carrier says about it; null for nothing
   */
  record Form(String id, Status status, String detail) {}

  /**
   * Makes the form of labels that were bought here, of one carrier, origin and day; asked again for the same, it answers with the form
   * that there is.
   *
   * @param drafts at least one
   */
  Outcome<Form> makeForm(List<String> drafts);

  /** How a form stands. */
  Outcome<Form> findForm(String form);

  /** The form for a printer, as PDF. */
  Outcome<Printable> printForm(String form);
}
