package waybill.fulfillment.sourcing;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import waybill.messages.LocationId;

/**
 * Why an order's parts ship from where they do: it is kept with each of them.
 *
 * @param cost what all parcels of the plan cost, in minor units; null if the costs of some location are not known
 * @param promised the day by which the order was promised; null if none was
 * @param weighed the locations that hold something of it, in the order of their ids
 */
public record Sourced(Long cost, String currency, LocalDate promised, List<Weighed> weighed) {

  /** Why a location ships, or does not. Each of the latter compares the best plan with that location with the plan. */
  public enum Verdict {
    CHOSEN,
    /** It would ship a part that is not worth a parcel of its own: the order waits until one location has all of it. */
    WAITS,
    /** No orders are sent to it. */
    INACTIVE,
    /** It sends no parcels to where the order goes. */
    DOES_NOT_SHIP_THERE,
    /** A packer did not find units of it there since yesterday; the amount says how many. */
    NOT_FOUND_THERE,
    /** What it holds it keeps back. */
    KEPT_BACK,
    /** The best way with it would split a kit. */
    SPLITS_KIT,
    /** The best way with it would take a parcel that is not worth what it costs. */
    NOT_WORTH_A_PARCEL,
    /** More locations would have more than enough to do for today. */
    FULL,
    /** The order would come later than promised; the amount says by how many days more. */
    LATE,
    /** Its parcels would cost more; the amount says how much. */
    COSTS_MORE,
    /** It would take more parcels; the amount says how many. */
    MORE_PARCELS,
    /** More lines would be split over locations; the amount says how many. */
    SPLITS_LINES,
    /** Less would be left of a product of which little is there; the amount says how many units. */
    LEAVES_LESS,
    /** It is as good; the first by the locations' ids is taken. */
    AS_GOOD;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was found of a location.
   *
   * @param amount what the verdict says; of the chosen one what its parcel costs; null if there is nothing to count
   * @param arrives when its parcel would be there; null if nobody knows
   * @param start when it begins to work on the order; null if that was at once, or nobody knows
   */
  public record Weighed(LocationId location, Verdict verdict, Long amount, LocalDate arrives, Bill.Start start) {

    public Weighed(LocationId location, Verdict verdict, Long amount, LocalDate arrives) {
      this(location, verdict, amount, arrives, null);
    }
  }

  /** The same of an order that waits. */
  Sourced waiting() {
    return new Sourced(cost, currency, promised, weighed.stream()
        .map(it -> it.verdict() == Verdict.CHOSEN
            ? new Weighed(it.location(), Verdict.WAITS, it.amount(), it.arrives(), it.start())
            : it)
        .toList());
  }

  /** Whether its order waits until one location has all of it. */
  public boolean waits() {
    return weighed.stream().anyMatch(it -> it.verdict() == Verdict.WAITS);
  }
}
