package waybill.fulfillment;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotHolder;
import waybill.messages.LotNumber;
import waybill.messages.LotSwapId;
import waybill.messages.OrderId;
import waybill.messages.Sku;

/**
 * What a packer found of another lot, an item of its own that is written together with the fulfillments whose lots it changes. Until inventory has
 * decided, none of them is packed.
 *
 * @param from the lot that was allocated
 * @param to the lot that was found
 * @param holders the fulfillments whose lots change, the packer's first
 * @param by the subject of the packer's token
 * @param decided whether inventory has decided
 * @param refused why nothing was swapped; null if it was, or if it is not decided
 */
record LotSwap(LotSwapId id, FulfillmentId fulfillmentId, LocationId locationId, LineId lineId, Sku sku, LotNumber from,
    LotNumber to, int quantity, List<LotHolder> holders, String by, Instant at, boolean decided, String refused) {

  /** As its fulfillments show it. */
  enum Status {
    PENDING, DONE, REFUSED
  }

  /**
   * What a fulfillment shows of the latest swap that it takes part in.
   *
   * @param from the lot that it gives
   * @param to the lot that it gets
   * @param code why it was refused; null if it was not
   */
  record Mark(LotSwapId id, Sku sku, LotNumber from, LotNumber to, int quantity, Status status, String code) {
    boolean isPending() {
      return status == Status.PENDING;
    }

    Mark decided(String refused) {
      return new Mark(id, sku, from, to, quantity, refused == null ? Status.DONE : Status.REFUSED, refused);
    }
  }

  OrderId orderId() {
    return fulfillmentId.order();
  }

  /** Of one of its fulfillments. */
  Mark mark(LotHolder holder) {
    boolean asks = holder.fulfillment().equals(fulfillmentId);
    int units = holder.after().stream().filter(it -> it.lot().equals(to)).mapToInt(it -> it.quantity()).sum()
        - holder.before().stream().filter(it -> it.lot().equals(to)).mapToInt(it -> it.quantity()).sum();
    return new Mark(id, sku, asks ? from : to, asks ? to : from, Math.abs(units), Status.PENDING, null);
  }

  LotSwap decided(String refusal) {
    return new LotSwap(id, fulfillmentId, locationId, lineId, sku, from, to, quantity, holders, by, at, true, refusal);
  }

  /** Whether a request says the same; who sent it does not matter, as a key belongs to the request. */
  boolean isAskedBy(LotSwapForm form) {
    return Objects.equals(new LotSwapForm(lineId, from, to, quantity), form);
  }
}
