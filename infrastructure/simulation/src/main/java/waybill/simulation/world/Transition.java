package waybill.simulation.world;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of something that is written down: of one of an order's axes, in the words of the API, or of a record. The legal
 * ones are listed here once more, apart from the rules that the functions keep: a second opinion.
 *
 * @param axis what moves
 * @param from {@link #ABSENT} where it was not there before
 */
public record Transition(String axis, String from, String to) {
  public static final String ABSENT = "absent";

  private static final Set<Transition> LEGAL = new LinkedHashSet<>();

  static {
    // What is delivered goes on again where it turns out to be on its way back.
    axis("status", "open: completed cancelled", "completed: open");
    axis("stock_status", "pending: reserved backordered partially_reserved refused not_required released",
        "reserved: released", "backordered: partially_reserved reserved released",
        "partially_reserved: reserved released");
    // Money that is held or was never there comes and goes; what was taken stays, or goes back.
    axis("payment_status",
        "pending: processing failed cancelled authorized partially_paid paid refund_pending refunded",
        "processing: pending failed cancelled authorized partially_paid paid refund_pending refunded",
        "failed: pending processing cancelled authorized partially_paid paid refund_pending refunded",
        "cancelled: pending processing failed authorized partially_paid paid refund_pending",
        "authorized: pending processing failed cancelled partially_paid paid refund_pending refunded",
        "partially_paid: authorized paid refund_pending", "paid: refund_pending partially_paid",
        "refund_pending: authorized partially_paid paid refunded",
        "refunded: authorized partially_paid paid refund_pending");
    axis("fulfillment_status", "unfulfilled: in_progress partially_fulfilled fulfilled",
        "in_progress: unfulfilled partially_fulfilled fulfilled",
        // Something is packed again.
        "partially_fulfilled: in_progress fulfilled",
        // Units are added, or something is packed again.
        "fulfilled: partially_fulfilled in_progress");
    axis("delivery_status", "pending: partially_shipped shipped partially_delivered delivered",
        // A label is voided.
        "partially_shipped: pending shipped partially_delivered delivered",
        "shipped: pending partially_shipped partially_delivered delivered",
        "partially_delivered: partially_shipped shipped delivered", "delivered: partially_delivered shipped");

    axis("content", "absent: ordered", "ordered: corrected", "corrected: corrected");
    axis("adjustment", "absent: made");
    for (String movement : List.of("reservation", "allocation")) {
      axis(movement, "absent: taking taken refused released",
          "taking: taking taken returning refused releasing released",
          "taken: taken releasing released", "returning: returning refused", "refused: refused taken",
          "releasing: releasing released");
    }
    axis("shipment", "absent: taking taken released", "taking: taking taken releasing released",
        "taken: releasing released", "releasing: releasing released");
    axis("shortage", "absent: made");
    axis("decision", "absent: made");
    axis("swap", "absent: asked", "asked: done refused");
    axis("receipt", "absent: made");
    axis("inbound", "absent: expected", "expected: expected complete", "complete: complete");
    // A day after its end it is forgotten; what was refused may be asked for again.
    axis("checkout", "absent: taking taken", "taking: taking taken returning refused releasing released",
        "taken: taken releasing released", "returning: returning refused", "refused: taking taken absent",
        "releasing: releasing released", "released: absent");
    axis("import", "absent: importing", "importing: importing completed");
    axis("completion", "absent: made");
    axis("assembly", "absent: open", "open: open cancelled");
    axis("transfer", "absent: draft", "draft: dispatched cancelled", "dispatched: dispatched cancelled");
    axis("report", "absent: reported", "reported: planned");
    axis("fulfillment", "absent: planned short cancelled refused", "planned: planned open refused cancelled",
        "open: open refused packed cancelled", "short: short refused cancelled",
        // Lines were cancelled: it is packed again, or as if it had been packed since.
        "packed: packed open repacking dispatched cancelled", "dispatched: repacking open",
        "repacking: repacking open packed dispatched cancelled",
        // A swap of lots is decided after its fulfillment has ended: that is written down, and changes nothing else.
        "refused: refused", "cancelled: cancelled");
    axis("label", "absent: drafted unsold labelled withdrawn", "drafted: drafted unsold uncertain labelled",
        "unsold: drafted unsold labelled withdrawn",
        // A return's, once its carrier says that it was not bought.
        "uncertain: labelled unsold",
        "labelled: voided");
    axis("payment", "absent: pending processing failed authorized cancelled captured",
        "pending: pending processing failed authorized cancelled captured",
        "processing: processing failed authorized cancelled captured",
        "failed: failed processing authorized cancelled captured",
        "authorized: authorized cancelled captured", "cancelled: cancelled", "captured: captured");
    // A bank may refuse what had succeeded. What was let go is asked for again where its money is taken after all.
    axis("refund", "absent: absent requested", "requested: requested voided pending succeeded failed",
        "voided: voided requested",
        "pending: pending requested succeeded failed", "succeeded: succeeded failed", "failed: failed");
    axis("mail", "absent: claimed suppressed", "claimed: absent claimed uncertain sent", "uncertain: uncertain sent",
        "sent: sent");
    axis("address", "absent: known suppressed", "known: known suppressed", "suppressed: suppressed released",
        "released: released suppressed");
  }

  private static void axis(String axis, String... steps) {
    for (String step : steps) {
      String[] sides = step.split(": ");
      Arrays.stream(sides[1].split(" ")).forEach(to -> LEGAL.add(new Transition(axis, sides[0], to)));
    }
  }

  /** All that may be taken. */
  public static Set<Transition> legal() {
    return Set.copyOf(LEGAL);
  }

  public boolean isLegal() {
    return LEGAL.contains(this);
  }

  @Override
  public String toString() {
    return "%s: %s -> %s".formatted(axis, from, to);
  }
}
