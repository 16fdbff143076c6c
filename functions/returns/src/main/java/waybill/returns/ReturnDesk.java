package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.orders.Orders;
import waybill.orders.Orders.Placed;
import waybill.platform.*;

/** What every request about a return needs: the order that it is of, and the item of its returns. */
record ReturnDesk(Table<OrderReturns> returns, Orders orders, InstantSource clock) {

  static ReturnDesk of(Ports ports) {
    return new ReturnDesk(ReturnsTable.returns(ports), new Orders(ports), ports.clock());
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Placed order(OrderId id) {
    return orders.placed(id).orElseThrow(() -> Problem.notFound("return"));
  }

  /** Moves the returns of an order by a rule; refused if it refuses. */
  Stored<OrderReturns> decide(OrderId order, OptionalInt ifMatch, Function<OrderReturns, Outcome<OrderReturns>> rule) {
    return Http.orProblem(attempt(order, ifMatch, rule));
  }

  /** The same, for those who answer a refusal themselves. */
  Outcome<Stored<OrderReturns>> attempt(OrderId order, OptionalInt ifMatch,
      Function<OrderReturns, Outcome<OrderReturns>> rule) {
    return returns.decide(ReturnsTable.key(order), ifMatch, found -> {
      OrderReturns before = found.orElseGet(() -> OrderReturns.none(order));
      return rule.apply(before).then(after -> after.equals(before) ? Outcome.of(after) : after.fitting());
    });
  }

  /** Records which of the parcels that never came, as was claimed, have come, as their order knows. The sweep sends the news. */
  OrderReturns arrived(OrderReturns known, Placed order) {
    var goods = Goods.of(order);
    return new Claiming(known, goods, null, now()).arrived().equals(known)
        ? known
        : returns.change(ReturnsTable.key(known.order()),
            found -> new Claiming(found.orElseThrow(), goods, null, now()).arrived()).value();
  }

  /** How many units of each of their lines orders send; what was not placed yet is not named. */
  Map<OrderId, List<Integer>> sending(List<OrderId> all) {
    var sending = new HashMap<OrderId, List<Integer>>();
    all.forEach(it -> orders.placed(it).ifPresent(placed -> sending.put(it, sending(placed))));
    return sending;
  }

  /** Without those that were taken out of it, and none if it is cancelled. */
  private static List<Integer> sending(Placed order) {
    return order.content().form().lines().stream().map(it -> order.summary().isCancelled() ? 0 : it.quantity())
        .toList();
  }

  static HttpResponse answer(int status, Stored<OrderReturns> stored, Claim it) {
    return HttpResponse.resource(status, stored, stored.timed(ClaimView.of(it, stored.value())));
  }

  static HttpResponse answer(int status, Stored<OrderReturns> stored, Return it, Placed order) {
    return HttpResponse.resource(status, stored, stored.timed(ReturnView.of(it, order)));
  }
}
