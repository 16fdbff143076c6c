package waybill.fulfillment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import waybill.catalog.BoxId;
import waybill.catalog.Catalog;
import waybill.catalog.ShippingBox;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Parcel;
import waybill.platform.Outcome;

/** What a packer need not measure, if the box is known. */
interface Scales {
  /** Of nobody who has boxes. */
  Scales NONE = (_, _, _) -> Optional.empty();

  /**
   * What is known of a parcel by its box and its units.
   *
   * @param number of the parcel in the request, from 0
   * @return empty if its location has no such box
   */
  Optional<Measures> of(int number, BoxId box, List<LineQuantity> lines);

  /** What a parcel of the request weighed when it was packed, which is not computed again; empty if it is packed now. */
  default OptionalInt recordedGrams(int number) {
    return OptionalInt.empty();
  }

  /**
   * A parcel's size, and what it should weigh.
   *
   * @param grams 0 if the weight of a product is not known
   * @param maximumGrams what it may weigh
   * @param compared whether what the packer weighed is compared with it
   */
  record Measures(int lengthMm, int widthMm, int heightMm, int grams, int maximumGrams, boolean compared) {
    private static final int MOST_PERCENT = 2;
    private static final int MOST_GRAMS = 50;

    /** Whether so much is so far from what it should weigh that a unit may be missing, or wrong: light in a heavy parcel, or half of a light one. */
    boolean differs(int weighed) {
      long difference = Math.abs((long) weighed - grams);
      return compared && grams > 0 && (difference > MOST_GRAMS || difference * 100 > (long) grams * MOST_PERCENT);
    }
  }

  /** What a location's boxes and the catalog's products say. */
  static Scales at(LocationId location, Catalog catalog) {
    var weights = new ContentWeights(catalog::products);
    return (_, id, lines) -> catalog.boxes(location).stream().filter(it -> it.id().equals(id)).findFirst()
        .map(box -> measured(box, weights.of(lines)));
  }

  /** The same, that counts how many boxes of each kind are named. */
  default Scales counting(Map<BoxId, Integer> named) {
    return (number, box, lines) -> {
      Optional<Measures> measures = of(number, box, lines);
      measures.ifPresent(_ -> named.merge(box, 1, Integer::sum));
      return measures;
    };
  }

  /** What was recorded when it was packed, for the request that is repeated: boxes and products may have changed since. */
  static Scales asPacked(List<Parcel> parcels) {
    return new AsPacked(parcels);
  }

  /** @param parcels as they were recorded */
  record AsPacked(List<Parcel> parcels) implements Scales {

    @Override
    public Optional<Measures> of(int number, BoxId box, List<LineQuantity> lines) {
      return parcels.stream().skip(number).findFirst().map(it -> new Measures(it.lengthMm(), it.widthMm(),
          it.heightMm(), it.weightGrams(), Integer.MAX_VALUE, false));
    }

    @Override
    public OptionalInt recordedGrams(int number) {
      return parcels.stream().skip(number).mapToInt(Parcel::weightGrams).findFirst();
    }
  }

  private static Measures measured(ShippingBox box, Outcome<Long> content) {
    long grams = content instanceof Outcome.Accepted<Long>(Long of) ? box.weightGrams() + of : 0;
    return new Measures(box.lengthMm(), box.widthMm(), box.heightMm(), (int) Math.min(grams, Integer.MAX_VALUE),
        box.maximumWeightGrams(), true);
  }
}
