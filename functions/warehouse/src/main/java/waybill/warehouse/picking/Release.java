package waybill.warehouse.picking;

import java.time.Instant;
import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.platform.Table.Key;
import waybill.warehouse.Replenishment;

/**
 * What a request released to be picked.
 *
 * @param wave what its rounds have in common
 * @param asked what the request asked for
 * @param left what is not picked, and why
 * @param replenishments what is proposed for pick faces
 */
record Release(String wave, WaveForm asked, LocationId locationId, List<Wave> waves, List<Left> left,
    List<Replenishment> replenishments) {

  /**
   * Orders that are picked together.
   *
   * @param startsAt when the crew is ready for it
   * @param lines how many it has
   * @param fits how many of them are picked until the cut-off
   * @param minutes how long all of it takes
   * @param late the orders that miss the cut-off
   * @param warning for people; null if none is late
   */
  record Wave(String carrier, Instant cutOffAt, int priority, Instant startsAt, int lines, int fits, long minutes,
      List<FulfillmentId> late, String warning, List<Work> work) {}

  /** One round. */
  record Work(RoundId id, String device, int lines, List<FulfillmentId> fulfillmentIds) {

    static Work of(Round round) {
      return new Work(round.id(), round.device(), round.picks().size(),
          round.orders().stream().map(Round.Order::fulfillment).toList());
    }
  }

  /** Why an order is packed without being picked, or waits. */
  enum Reason {
    /** No collection takes orders of its method. */
    NO_COLLECTION,
    /** The bins do not have all of its units. */
    NOT_IN_BINS,
    /** They have them once a pick face is replenished. */
    REPLENISHING,
    /** It is too heavy, or too large, for each device. */
    ON_NO_DEVICE,
    /** It has more lines than a round may have. */
    TOO_MANY_LINES
  }

  record Left(FulfillmentId fulfillmentId, Reason reason) {}

  static Key key(String wave) {
    return new Key(wave, "release");
  }
}
