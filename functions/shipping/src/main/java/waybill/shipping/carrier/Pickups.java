package waybill.shipping.carrier;

import java.time.Instant;
import java.util.List;
import waybill.catalog.Location;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.RetryLater;
import waybill.platform.Violation;
import waybill.shipping.carrier.Rates.Message;

/**
 * How a {@link Carrier} is sent for. As with labels, a quote is free, and only {@link #book} costs money; {@link #find} says after a crash or a lost
 * answer whether it was booked. What the carrier will not do is a refusal, after which nothing was paid. An exception means that nobody knows.
 */
public interface Pickups {

  /** A parcel that is to be taken. @param draft what was bought for it, as the carrier names it */
  record Load(String draft, String trackingNumber) {}

  /**
   * A visit of the carrier's driver.
   *
   * @param reference our id of it; no two visits have the same
   * @param carrier who comes, as customers know him
   * @param ready from when the parcels may be taken
   * @param closing until when somebody is there
   * @param instructions for the driver; null for none
   * @param spot where the parcels are; null if the driver finds them
   * @param loads at least one
   */
  record Visit(String reference, Location place, String carrier, Instant ready, Instant closing, String instructions,
      String spot, List<Load> loads) {}

  /** @param price null if the carrier says it only once it is booked */
  record Rate(String id, String carrier, String service, Money price) {}

  /**
   * What the carrier asks for a visit.
   *
   * @param draft the carrier's id of it, by which {@link #book} and {@link #find} know it
   * @param messages why a service is not among the rates
   */
  record Quote(String draft, List<Rate> rates, List<Message> messages) {

    public Quote {
      rates = List.copyOf(rates);
      messages = List.copyOf(messages);
    }
  }

  /**
   * A booked visit.
   *
   * @param id the carrier's, by which it is cancelled
   * @param number what the driver and the carrier's staff know it by
   * @param cost null if it is not known
   */
  record Confirmation(String id, String number, Money cost) {}

  /** What the carrier knows of a draft. */
  sealed interface Finding {}

  record Booked(Confirmation confirmation) implements Finding {}

  /** It was booked, and nobody comes any more. */
  record Withdrawn() implements Finding {}

  /** Nobody has booked the draft, for certain. */
  record NotBooked() implements Finding {}

  /** The carrier cannot say. */
  record Unknown() implements Finding {}

  /** Whether it was booked, the carrier will not say later either: a person has to find out. */
  final class InDoubt extends RetryLater {
    private static final long serialVersionUID = 1;

    public InDoubt(String message) {
      super(message);
    }
  }

  /** What of the driver's instructions the carrier does not take, by the field of the request. @param spot null for none */
  default List<Violation> unfit(String instructions, String spot) {
    return List.of();
  }

  /** Free, and nobody comes. */
  Outcome<Quote> quote(Visit visit);

  /** Pays, and the driver comes. Called only if {@link #find} says that it is not booked, or if nobody can have tried before. @throws InDoubt if the carrier's answer is lost for good */
  Outcome<Confirmation> book(Visit visit, String draft, Rate rate);

  /** @param begun when it was last tried to book it. @throws waybill.platform.RetryLater while that may still be under way */
  Finding find(Visit visit, String draft, Instant begun);

  /** Nobody is to come. A repeated request is not refused. @return false if it was cancelled already */
  Outcome<Boolean> cancel(Confirmation booked);
}
