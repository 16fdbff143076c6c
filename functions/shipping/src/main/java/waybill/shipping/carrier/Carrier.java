package waybill.shipping.carrier;

import java.util.Optional;
import waybill.catalog.Address;
import waybill.catalog.Location;
import waybill.messages.Money;
import waybill.messages.Parcel;
import waybill.platform.Outcome;
import waybill.shipping.customs.Declaration;

/**
 * Sells labels on one account. A label is bought in two steps, so that a purchase can be looked up after a crash or a timeout:
 * a draft is free, and only {@link #buy} costs money. What the carrier will not do is a refusal, after which nothing was paid: a
 * service that the account lacks, a parcel over the limits, an address that cannot be used. Its detail names nothing personal, as
 * it is stored and logged. An exception means that nobody knows whether the carrier did what it was asked; {@link #find} finds out.
 */
public interface Carrier {

  /**
   * A parcel that needs a label.
   *
   * @param reference our id of the parcel; the carrier shows it beside its own
   * @param service which of the carrier's services the customer has paid for, as the carrier names it; null for the account's own choice
   * @param customs what is declared of it; null if it crosses no customs border, or if only its rates are asked
   * @param insured for how much it is to be insured; null for not at all. A carrier that insures nothing refuses it
   * @param back whether it goes the other way: from the address to the location
   */
  record Consignment(Parcel parcel, Location from, Address to, String reference, String service, Declaration customs,
      Money insured, boolean back) {

    /** A parcel that goes from the location to the address. */
    public Consignment(Parcel parcel, Location from, Address to, String reference, String service,
        Declaration customs, Money insured) {
      this(parcel, from, to, reference, service, customs, insured, false);
    }

    /** A parcel that the recipient of others sends back to the location. */
    public static Consignment back(Parcel parcel, Location to, Address from, String reference) {
      return new Consignment(parcel, to, from, reference, null, null, null, true);
    }

    /** The country where the parcel is handed over, by ISO 3166-1 alpha-2. */
    public String origin() {
      return back ? to.country() : from.address().country();
    }

    /** A parcel that may go by any service. */
    public Consignment(Parcel parcel, Location from, Address to, String reference) {
      this(parcel, from, to, reference, null, null, null);
    }

    /** A parcel that crosses no customs border. */
    public Consignment(Parcel parcel, Location from, Address to, String reference, String service) {
      this(parcel, from, to, reference, service, null, null);
    }

    /** A parcel that is not insured. */
    public Consignment(Parcel parcel, Location from, Address to, String reference, String service,
        Declaration customs) {
      this(parcel, from, to, reference, service, customs, null);
    }
  }

  /**
   * The carrier takes the parcel, at this price.
   *
   * @param draft the carrier's id of what it has registered, by which it finds that for ever
   * @param price what {@link #buy} will cost without insurance; null if the carrier does not say
   */
  record Offer(String draft, Money price) {}

  /**
   * A paid label.
   *
   * @param carrier who carries the parcel, as customers know it
   * @param service the carrier's product, or null if it is not known
   * @param cost all that was paid, with the premium of its insurance; null if it is not known, as for a label that was bought elsewhere
   * @param insurance null if it is not insured
   */
  record Label(String carrier, String service, String trackingNumber, Money cost, Insurance insurance) {

    /** One that is not insured. */
    public Label(String carrier, String service, String trackingNumber, Money cost) {
      this(carrier, service, trackingNumber, cost, null);
    }

    /** @param postage what it costs without insurance. A premium in another currency is not added to it */
    public static Label of(String carrier, String service, String trackingNumber, Money postage, Insurance insurance) {
      return new Label(carrier, service, trackingNumber,
          isPaidWith(postage, insurance) ? postage.plus(insurance.premium) : postage, insurance);
    }

    /** What comes back if the label is void: premiums do not. Null if its cost is not known. */
    public Money postage() {
      return isPaidWith(cost, insurance) ? cost.minus(insurance.premium) : cost;
    }

    private static boolean isPaidWith(Money paid, Insurance insurance) {
      return paid != null && insurance != null && insurance.premium != null
          && insurance.premium.currency().equals(paid.currency());
    }
  }

  /** @param premium what it costs; null if that is not known */
  record Insurance(Money amount, Money premium) {}

  /** What the carrier knows of a draft. */
  sealed interface Finding {}

  record Bought(Label label) implements Finding {}

  /** Nobody has bought the draft, for certain. */
  record NotBought() implements Finding {}

  /** The carrier cannot say whether the draft was bought. */
  record Unknown() implements Finding {}

  /** How the refund of a label stands. */
  enum RefundStanding {
    /** Nobody has asked for it. */
    NONE,
    /** The carrier decides; that takes weeks. */
    SUBMITTED, REFUNDED,
    /** Refused, perhaps only for now. */
    REJECTED,
    /** The carrier charges only what it scans: there is nothing to refund. */
    NOT_APPLICABLE
  }

  /**
   * What the carrier asks for the parcel, on every service of this account. Free, and nothing is registered that could be bought.
   *
   * @param consignment of which only the parcel's weight and size and the two addresses count: it need not be packed yet
   * @return refused only if nothing can be said about any service; what single carriers object to is beside the rates
   */
  Outcome<Rates> rates(Consignment consignment);

  /** Registers the parcel with the carrier. Free; the carrier forgets a draft that is never bought. */
  Outcome<Offer> create(Consignment consignment);

  /** Pays for a draft. Called only if {@link #find} says that it is not bought, or if nobody can have tried before. */
  Outcome<Label> buy(String draft);

  /** Whether a draft was bought. An exception is retried for twenty minutes and then counts as {@link Unknown}. */
  Finding find(String draft);

  /** How the refund of a label stands that was bought for this draft. */
  RefundStanding refund(String draft);

  /**
   * Voids the label that was bought for this draft and asks for its money. Called only if {@link #refund} says that nobody has, or that it
   * was rejected; asked once more all the same, it asks for nothing twice.
   *
   * @return how it stands now; or why the carrier refuses, which may be only for now
   */
  Outcome<RefundStanding> requestRefund(String draft);

  /**
   * Has the scans of a parcel sent to the account's webhook whose label was bought elsewhere. Asked again, it changes nothing; of what
   * was bought here scans are sent anyway.
   *
   * @param carrier as a person named it
   * @return false if this carrier reports only what it sold itself; refused if it is no number that it can follow
   */
  default Outcome<Boolean> track(String carrier, String trackingNumber) {
    return Outcome.of(false);
  }

  /**
   * What the carrier knows about an address. Free.
   *
   * @return empty if this carrier checks no addresses; refused if it will not check this one
   */
  default Outcome<Optional<AddressOpinion>> verify(Address address) {
    return Outcome.of(Optional.empty());
  }

  /** How its driver is sent for; empty if this carrier cannot be. */
  default Optional<Pickups> pickups() {
    return Optional.empty();
  }
}
