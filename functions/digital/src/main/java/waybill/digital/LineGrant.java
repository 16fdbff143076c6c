package waybill.digital;

import java.util.List;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.Sku;

/**
 * What the customer has of one digital line.
 *
 * @param ordered how many units
 * @param entitled how many of them are theirs now
 * @param due whether they are to be given now
 * @param delivered how many were given at some time
 * @param given what was, the oldest first
 */
record LineGrant(LineId line, Sku sku, int ordered, int entitled, boolean due, int delivered, List<Given> given) {

  /**
   * A link or a key.
   *
   * @param token of a link; null for a key
   * @param key the id of a key; null for a link
   * @param units for how many it stands
   */
  record Given(DownloadToken token, String key, int units, boolean revoked) {

    boolean isLink() {
      return token != null;
    }

    Given revoke() {
      return new Given(token, key, units, true);
    }
  }

  Stream<Given> active() {
    return given.stream().filter(it -> !it.revoked());
  }

  private int held() {
    return active().mapToInt(Given::units).sum();
  }

  /** How many units are due and not given. */
  int missing() {
    return due ? Math.max(0, entitled - held()) : 0;
  }

  /** Never given, and not the customer's any more. */
  int lapsed() {
    return Math.max(0, ordered - Math.max(entitled, delivered));
  }

  /** What is to be revoked: keys beyond what is theirs, the latest first; a link once nothing is. */
  List<Given> excess() {
    if (entitled == 0) {
      return active().toList();
    }
    List<Given> keys = active().filter(it -> !it.isLink()).toList().reversed();
    return keys.subList(0, Math.clamp(held() - entitled, 0, keys.size()));
  }

  LineGrant decided(int units, boolean now) {
    return new LineGrant(line, sku, ordered, units, now, delivered, given);
  }

  LineGrant with(Given more) {
    return new LineGrant(line, sku, ordered, entitled, due, Math.min(ordered, delivered + more.units()),
        Stream.concat(given.stream(), Stream.of(more)).toList());
  }

  LineGrant without(Given revoked) {
    return new LineGrant(line, sku, ordered, entitled, due, delivered,
        given.stream().map(it -> it.equals(revoked) ? it.revoke() : it).toList());
  }
}
