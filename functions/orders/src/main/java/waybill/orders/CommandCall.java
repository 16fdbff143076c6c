package waybill.orders;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderCommands.Done;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Problem;

/**
 * A request that changes an order, alike for all of them: it is decided and written, its arbiter sends what follows, and the order is
 * the answer. A dry run ends with the same answer and does none of that.
 */
record CommandCall(Orders orders, HttpRequest request, OrderId id, boolean dry, String key, InstantSource clock) {

  /** A rule about an order, what was ordered, and what was done to it before, in the order in which it was. */
  interface Rule {
    Outcome<Decided> decide(OrderContent content, OrderState state, List<OrderCommand> before, OrderCommand command);
  }

  static CommandCall of(HttpRequest request, Orders orders, InstantSource clock) {
    OrderId id = request.pathId("id", OrderId::new);
    return new CommandCall(orders, request, id, request.parameters().dryRun(), request.idempotencyKey(), clock);
  }

  /**
   * Decides, and answers with the order.
   *
   * @param content all that is asked for, as text: the same key with other content is refused
   * @param due sends to the arbiter; if this dies before, the order's mark makes sure of it
   * @param about what the log says of it beside its order
   */
  HttpResponse answer(OrderCommand.Kind kind, String content, Rule rule, Consumer<List<OrderDue>> due, Log log,
      Object... about) {
    return answer(kind, content, rule, (_, _) -> Map.of(), due, log, about);
  }

  /** @param more what the answer says beside the order, by what the order is and what was done */
  HttpResponse answer(OrderCommand.Kind kind, String content, Rule rule,
      BiFunction<OrderState, OrderCommand, Map<String, Object>> more, Consumer<List<OrderDue>> due, Log log,
      Object... about) {
    OrderContent ordered = orders.content(id).orElseThrow(() -> Problem.notFound("order"));
    var asked = new OrderCommand.Asked(kind, request.path(), key, content, request.subject());
    Done done = Http.orProblem(orders.commands().run(id, request.ifMatch(), asked, dry,
        (state, before, command) -> rule.decide(ordered, state, before, command)));
    if (!dry) {
      due.accept(List.of(new OrderDue(id, clock.instant())));
      var fields = new ArrayList<Object>(List.of("order", id, "command", kind));
      fields.addAll(Arrays.asList(about));
      log.info(done.repeated() ? "Order changed again by the same request" : "Order changed by request",
          fields.toArray());
    }
    var order = orders.whole(done.corrected().orElse(ordered), done.order());
    Map<String, Object> view = OrderView.whole(order, done.commands(),
        orders.remarks(id, Access.operates(request)), Access.operates(request));
    OrderCommand command = asked.of(id, null, clock.instant());
    done.commands().stream().filter(it -> it.id().equals(command.id())).findFirst()
        .ifPresent(it -> view.putAll(more.apply(done.order().value(), it)));
    return HttpResponse.resource(200, order.progress().whole(), view);
  }
}
