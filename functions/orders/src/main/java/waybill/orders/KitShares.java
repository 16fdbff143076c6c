package waybill.orders;

import java.math.BigInteger;
import java.util.List;

/**
 * What units of a kit's components are worth. Each kit is worth what a unit of its line is, and each unit of a component has its part of
 * that by its weight, rounded so that the units of one kit add up to it. So all units of a line add up to its total to the cent, in
 * whatever order and parts they are taken.
 *
 * @param total of the line, or of its taxes
 * @param kits how many it was sold for
 */
record KitShares(Kit kit, long total, int kits) {

  /** What units of a component are worth, in the order of the kits. @param before how many units of it were taken before */
  long of(Kit.Component component, int before, int quantity) {
    return first(component, before + quantity) - first(component, before);
  }

  private long first(Kit.Component component, int units) {
    int full = units / component.quantity();
    long low = Math.floorDiv(total, kits);
    // A kit is worth one of two amounts, as the line's total may leave some minor units over.
    long higher = Shares.share(total, kits, 0, full) - low * full;
    long next = Shares.share(total, kits, full, 1);
    return part(component, low, component.quantity()) * (full - higher)
        + part(component, low + 1, component.quantity()) * higher
        + part(component, next, units % component.quantity());
  }

  /** What the first units of a component are worth in one kit of this worth. */
  private long part(Kit.Component component, long worth, int units) {
    long before = weight(kit.components().subList(0, kit.components().indexOf(component)));
    long all = weight(kit.components());
    return rounded(worth, before + (long) units * component.priceWeight(), all) - rounded(worth, before, all);
  }

  private static long weight(List<Kit.Component> components) {
    return components.stream().mapToLong(it -> (long) it.quantity() * it.priceWeight()).sum();
  }

  /** Half a minor unit is rounded up. */
  private static long rounded(long worth, long weight, long all) {
    BigInteger twice = BigInteger.valueOf(worth).multiply(BigInteger.valueOf(2 * weight)).add(BigInteger.valueOf(all));
    return twice.divide(BigInteger.valueOf(2 * all)).longValueExact();
  }
}
