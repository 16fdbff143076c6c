package waybill.catalog;

import waybill.messages.IdText;

/** One of the ways to be delivered that were quoted together. */
public record DeliveryOptionId(String value) {
  private static final String PREFIX = "dopt_";
  public static final String RULE = "is the id of a delivery option";

  public DeliveryOptionId {
    IdText.requireDigest("DeliveryOptionId", value, PREFIX, 2);
  }

  /** @param name of the quote, which nobody else gives @param number of the option in it, from 1 */
  public static DeliveryOptionId of(String name, int number) {
    return new DeliveryOptionId(PREFIX + IdText.digest(name) + "_" + number);
  }

  /** The part that all options of a quote have. @param name of the quote */
  public static String quote(String name) {
    return PREFIX + IdText.digest(name);
  }

  String quote() {
    return value.substring(0, value.lastIndexOf('_'));
  }

  @Override
  public String toString() {
    return value;
  }
}
