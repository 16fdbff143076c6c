package waybill.fulfillment.sourcing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.messages.LocationId;
import waybill.messages.Sku;

/**
 * What it comes to if some locations ship an order together. Of two bills the first difference decides, in this order: a promise
 * is worth more than money, and a location that has enough to do for today is spared before both.
 *
 * @param full how many of the locations have enough to do for today
 * @param daysLate by how many days the last parcel misses what was promised
 * @param cost of all parcels and of their duties, in minor units; 0 if the costs of some location are not known
 * @param parcels at least one a location
 */
public record Bill(int full, int daysLate, long cost, int parcels) implements Comparable<Bill> {
  private static final Comparator<Bill> BEST = Comparator.comparingInt(Bill::full).thenComparingInt(Bill::daysLate)
      .thenComparingLong(Bill::cost).thenComparingInt(Bill::parcels);

  /**
   * A location that may ship.
   *
   * @param full whether it has enough to do for today
   * @param parcelCost what a parcel from there costs, in minor units; null if nobody said
   * @param arrives the day on which it is there; null if nobody said
   * @param keepBack how many units of each product it keeps, unless they are nowhere else
   * @param start when it begins to work on the order; null if that is today
   * @param duty what customs ask for each tariff number in a parcel from there, in minor units
   */
  public record Source(LocationId location, boolean full, Long parcelCost, LocalDate arrives, int keepBack,
      Start start, long duty) {

    public Source(LocationId location, boolean full, Long parcelCost, LocalDate arrives, int keepBack) {
      this(location, full, parcelCost, arrives, keepBack, null, 0);
    }

    /** One of which nothing is known but what it holds. */
    public static Source plain(LocationId location) {
      return new Source(location, false, null, null, 0);
    }
  }

  /**
   * What counts beside the locations.
   *
   * @param promised the day by which the order was promised; null if none was
   * @param extraParcelCost what each parcel beyond the first costs in handling, in minor units
   * @param currency of the costs; null if no costs are known
   * @param splitting in which ways the order is not split
   * @param tariffs the tariff numbers of its products, as far as they are known; those of which none is known share one
   */
  public record Terms(LocalDate promised, long extraParcelCost, String currency, Splitting splitting,
      Map<Sku, String> tariffs) {
    /** Only the number of parcels counts. */
    public static final Terms NONE = new Terms(null, 0, null);

    /** Of an order that is split in whatever way is best. */
    public Terms(LocalDate promised, long extraParcelCost, String currency) {
      this(promised, extraParcelCost, currency, Splitting.ANY, Map.of());
    }
  }

  /** The later day on which a location begins to work on an order. */
  public record Start(LocalDate on, Cause cause) {

    /** What keeps it from beginning today. */
    public enum Cause {
      /** By its calendar it does not work until then. */
      CLOSED,
      /** The order comes after its cut-off. */
      CUT_OFF;

      public String text() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** The same with so much more to pay. */
  Bill plus(long duties) {
    return new Bill(full, daysLate, cost + duties, parcels);
  }

  /** Without duties. @param priced whether the cost of a parcel is known of all of them */
  public static Bill of(List<Source> sources, Terms terms, boolean priced) {
    int full = 0;
    long late = 0;
    long cost = terms.extraParcelCost * (sources.size() - 1);
    for (Source it : sources) {
      full += it.full ? 1 : 0;
      late = Math.max(late, it.arrives == null || terms.promised == null
          ? 0
          : ChronoUnit.DAYS.between(terms.promised, it.arrives));
      cost += priced ? it.parcelCost : 0;
    }
    return new Bill(full, (int) late, priced ? cost : 0, sources.size());
  }

  @Override
  public int compareTo(Bill other) {
    return BEST.compare(this, other);
  }
}
