package waybill.orders;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderId;

/**
 * What stands beside an order, an item of its own: an operator's note, the tags that one gave it, or who did something to it. The order does not know
 * of it, and nothing is decided by it.
 *
 * @param note null if it is something else
 * @param tags all that the order had from then on
 * @param before the tags until then
 * @param by the subject of the request's token
 */
record Remark(OrderId order, String id, String note, List<String> before, List<String> tags, String by, Instant at) {
  static final String NOTE = "note_";
  static final String TAGS = "tags_";
  static final String DONE = "done_";
  /** That the order was cancelled by somebody. */
  static final String CANCELLATION = "cancellation";

  /** Who did something that the order keeps itself. @param what a hold's id, or {@link #CANCELLATION} */
  static Remark done(OrderId order, String what, String by, Instant at) {
    return new Remark(order, DONE + what, null, List.of(), List.of(), by, at);
  }

  boolean isOfTags() {
    return id.startsWith(TAGS);
  }

  boolean isNote() {
    return id.startsWith(NOTE);
  }
}
