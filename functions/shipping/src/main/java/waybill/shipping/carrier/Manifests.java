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
   * A label that a form is to list.
   *
   * @param draft what was bought
   */
  record Listing(String draft, String trackingNumber) {}

  /**
   * Makes the form of labels that were bought here, of one carrier, origin and day; asked again for the same, it answers with the form
   * that there is. A form that lists not all of them is failed.
   *
   * @param labels at least one
   * @return refused only if there is no form for certain
   */
  Outcome<Form> makeForm(List<Listing> labels);

  /** How a form of these labels stands. */
  Outcome<Form> findForm(String form, List<Listing> labels);

  /** The form for a printer, as PDF. */
  Outcome<Printable> printForm(String form);
}
