package waybill.fulfillment;

import java.time.Instant;
import java.util.List;
import waybill.catalog.Destination;

/**
 * Where an order goes, as far as its locations depend on it.
 *
 * @param method the channel's shipping method; null if none is named
 * @param promisedBy the end of the day that was promised; null if none was
 */
record Journey(Destination destination, String method, Instant promisedBy) {

  boolean isBy(List<String> methods) {
    return method != null && methods.contains(method);
  }
}
