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
    /** It sends no parcels to where the order goes. */
    DOES_NOT_SHIP_THERE,
    /** What it holds it keeps back. */
    KEPT_BACK,
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
   */
  public record Weighed(LocationId location, Verdict verdict, Long amount, LocalDate arrives) {}
}
