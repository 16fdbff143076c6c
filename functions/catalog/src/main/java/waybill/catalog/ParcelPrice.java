package waybill.catalog;

/**
 * What a location's carrier charges it for a parcel, as far as the choice of boxes needs it.
 *
 * @param amount for each parcel, in minor units of the currency that all boxes and parcel prices are in
 * @param amountPerStep for each step of weight begun
 * @param stepGrams how heavy a step is
 * @param dimensionalDivisor cubic centimetres a kilogram, if a large parcel is charged by its volume; null if only weight counts
 */
public record ParcelPrice(long amount, long amountPerStep, int stepGrams, Integer dimensionalDivisor) {}
