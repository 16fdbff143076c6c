package waybill.shipping;

import waybill.catalog.Address;
import waybill.catalog.Location;
import waybill.messages.Money;
import waybill.messages.Parcel;

/**
 * Somebody who carries parcels. A label is bought in two steps, so that its buying can be looked up after a death or a
 * timeout: what is created costs nothing, and only what is bought is paid. What goes wrong is an exception; whether the
 * carrier has done its part is then unknown, and {@link #find} tells.
 */
public interface Carrier {

  /**
   * A shipment that the carrier knows of and that nobody has paid.
   *
   * @param id by which the carrier finds it, for ever
   */
  record Draft(String id) {}

  /**
   * A paid label.
   *
   * @param carrier who carries it, as customers know it
   * @param service the carrier's product, or null where it is not known
   * @param cost what it costs; null if it was bought elsewhere and the cost is not known
   */
  record Label(String carrier, String service, String trackingNumber, Money cost) {}

  /** What a carrier knows of a draft's buying. */
  sealed interface Finding {}

  record Bought(Label label) implements Finding {}

  /** Nobody has bought it, for sure. */
  record NotBought() implements Finding {}

  /** The carrier cannot say, now or ever. */
  record Unknown() implements Finding {}

  /** Tells the carrier what is to be sent. Free; a draft that is never bought is forgotten. @param reference our id, shown with the carrier's */
  Draft create(Parcel parcel, Location from, Address to, String reference);

  /** Pays for a draft. Only asked where {@link #find} does not know it as bought, or where nobody can have asked before. */
  Label buy(String draftId);

  /** Whether a draft was bought. Where it throws it is asked again for twenty minutes, and then taken as {@link Unknown}. */
  Finding find(String draftId);
}
