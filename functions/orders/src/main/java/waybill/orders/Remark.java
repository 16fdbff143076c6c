package waybill.orders;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderId;

/**
 * What operators put beside an order, an item of its own: a note, or the tags that they gave it. The order does not know of it, and nothing is
 * decided by it.
 *
 * @param note null if it is about tags
 * @param tags all that the order had from then on; null if it is a note
 * @param before the tags until then; null if it is a note
 * @param by the subject of the request's token
 */
record Remark(OrderId order, String id, String note, List<String> before, List<String> tags, String by, Instant at) {
  static final String NOTE = "note_";
  static final String TAGS = "tags_";

  boolean isNote() {
    return note != null;
  }
}
