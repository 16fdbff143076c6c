package waybill.digital;

import java.time.Instant;
import java.util.List;
import waybill.messages.DigitalMessages.DigitalDelivered;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.orders.Orders.Granted;
import waybill.orders.Orders.GrantedLine;
import waybill.orders.Orders.Standing;

/**
 * What an order's customer was given.
 *
 * @param seen the revision of the order that this follows from. It is written also if nothing else changes: whoever has read an older
 *     order then fails to give what that said
 * @param rounds how often something was given; the customer is mailed once about each
 * @param report the number of the report of this: the revision of this when its lines changed last
 * @param movedAt when something was given or revoked last, or became missing
 * @param waitingSince when something became missing; null if nothing is
 */
record Delivery(OrderId order, int seen, int rounds, int report, List<LineGrant> lines, Instant movedAt,
    Instant waitingSince) {

  static Delivery begun(Granted order, Instant now) {
    return new Delivery(order.order(), 0, 0, 0, order.lines().stream()
        .map(it -> new LineGrant(it.line(), it.sku(), it.ordered(), 0, false, 0, List.of())).toList(), now, null);
  }

  /** As the order says now. An older order than was seen before says nothing new. */
  Delivery decided(Granted now) {
    if (now.revision() < seen) {
      return this;
    }
    List<LineGrant> next = lines.stream().map(it -> it.decided(units(now, it), now.standing() == Standing.RELEASED))
        .toList();
    return new Delivery(order, now.revision(), rounds, report, next, movedAt, waitingSince);
  }

  private static int units(Granted now, LineGrant line) {
    return now.lines().stream().filter(it -> it.line().equals(line.line())).mapToInt(GrantedLine::units).sum();
  }

  Delivery with(LineGrant moved) {
    return new Delivery(order, seen, rounds, report,
        lines.stream().map(it -> it.line().equals(moved.line()) ? moved : it).toList(), movedAt, waitingSince);
  }

  Delivery round() {
    return new Delivery(order, seen, rounds + 1, report, lines, movedAt, waitingSince);
  }

  /** With its times, after what was before. @param revision of this once it is stored */
  Delivery after(Delivery before, int revision, Instant now) {
    Instant waiting = missing() == 0 ? null : waitingSince == null ? now : waitingSince;
    boolean moved = report == 0 || !lines.equals(before.lines);
    return new Delivery(order, seen, rounds, moved ? revision : report, lines, moved ? now : movedAt, waiting);
  }

  int missing() {
    return lines.stream().mapToInt(LineGrant::missing).sum();
  }

  /** Whether units of this product are due and not there. */
  boolean isMissing(Sku sku) {
    return lines.stream().anyMatch(it -> it.sku().equals(sku) && it.missing() > 0);
  }

  boolean isAnythingGiven() {
    return lines.stream().anyMatch(it -> it.delivered() > 0);
  }

  /** What the order hears of it: the same as long as nothing is given, revoked or missing anew. */
  GrantsMoved reported() {
    List<LineQuantity> delivered = lines.stream().filter(it -> it.delivered() > 0)
        .map(it -> new LineQuantity(it.line(), it.sku(), it.delivered())).toList();
    return new GrantsMoved(order, report, delivered, lines.stream().mapToInt(LineGrant::lapsed).sum(), missing(),
        movedAt);
  }

  DigitalDelivered news() {
    return new DigitalDelivered(order, rounds, movedAt);
  }
}
