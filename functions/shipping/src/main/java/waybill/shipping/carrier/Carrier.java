package waybill.shipping.carrier;

import waybill.catalog.Address;
import waybill.catalog.Location;
import waybill.messages.Money;
import waybill.messages.Parcel;

/**
 * Sells labels on one account. A label is bought in two steps, so that a purchase can be looked up after a crash or a timeout:
 * a draft is free, and only {@link #buy} costs money. A refusal that the carrier is expected to give is a value. An exception
 * means that nobody knows whether the carrier did what it was asked; {@link #find} then finds out.
 */
public interface Carrier {

  /**
   * A parcel that needs a label.
   *
   * @param reference our id of the parcel; the carrier shows it beside its own
   */
  record Consignment(Parcel parcel, Location from, Address to, String reference) {}

  /**
   * A paid label.
   *
   * @param carrier who carries the parcel, as customers know it
   * @param service the carrier's product, or null if it is not known
   * @param cost null if it is not known, as for a label that was bought elsewhere
   */
  record Label(String carrier, String service, String trackingNumber, Money cost) {}

  /** The answer to {@link #create}. */
  sealed interface Creation {}

  /** The answer to {@link #buy}. */
  sealed interface Purchase {}

  /** The answer to {@link #find}. */
  sealed interface Finding {}

  /** The carrier knows the parcel. @param draft its id of the draft, by which it finds the draft for ever */
  record Created(String draft) implements Creation {}

  record Bought(Label label) implements Purchase, Finding {}

  /** Nobody has bought the draft, for certain. */
  record NotBought() implements Finding {}

  /** The carrier cannot say whether the draft was bought. */
  record Unknown() implements Finding {}

  /**
   * The carrier will not do this, and nothing was paid: a service that the account lacks, a parcel over the limits, an address
   * that cannot be used.
   *
   * @param code for programs, for example {@code parcel_too_heavy}
   * @param detail for people; without anything personal, as it is stored and logged
   */
  record Refusal(String code, String detail) implements Creation, Purchase {}

  /** Registers the parcel with the carrier. Free; the carrier forgets a draft that is never bought. */
  Creation create(Consignment consignment);

  /** Pays for a draft. Called only if {@link #find} says that it is not bought, or if nobody can have tried before. */
  Purchase buy(String draft);

  /** Whether a draft was bought. An exception is retried for twenty minutes and then counts as {@link Unknown}. */
  Finding find(String draft);
}
