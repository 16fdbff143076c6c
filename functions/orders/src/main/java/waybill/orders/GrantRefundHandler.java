package waybill.orders;

import module java.base;
import waybill.messages.Choreography.GrantRefund;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.GrantedRefunds.Granted;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;

/** Grants what another capability has decided to refund, once for its cause, and answers it. */
public record GrantRefundHandler(GrantedRefunds refunds, Sender<GrantRefund.Output> sender, InstantSource clock)
    implements QueueFunction<RefundAsked> {
  private static final Log LOG = Log.of(GrantRefundHandler.class);
  /** In the place of a request's path: causes and the keys of requests are apart. */
  private static final String PATH = "refund asked";

  public GrantRefundHandler() { this(Ports.ofProcess()); }

  public GrantRefundHandler(Ports ports) {
    this(new GrantedRefunds(new Orders(ports), ports.clock()), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(RefundAsked asked) {
    Orders orders = refunds.orders();
    Orders.Order order = orders.find(asked.order())
        .orElseThrow(() -> new IllegalStateException("there is no order " + asked.order()));
    Refunding.Form form = GrantedRefunds.form(asked);
    var command = new OrderCommand.Asked(OrderCommand.Kind.REFUND, PATH, asked.cause(), Json.write(form), asked.by());
    // A late copy of an asking that was refused changes nothing of what a later one of the same cause was granted.
    Optional<Granted> before = refunds.granted(order.content(), command);
    if (before.isPresent()) {
      granted(asked, order.content(), before.get());
      return;
    }
    Optional<Refused> elsewhere = Replacing.paidElsewhere(order.content());
    if (elsewhere.isPresent()) {
      refuse(asked, elsewhere.get());
      return;
    }
    // Its units are taken before, so that they are not sent again meanwhile.
    if (!asked.lines().isEmpty() && orders.repay(order, asked) instanceof Declined<Replacements>(Refused refused)) {
      refuse(asked, refused);
      return;
    }
    switch (refunds.grant(order.content(), command, it -> it.grant(form))) {
      case Accepted<Granted>(Granted it) -> {
        keep(order, asked);
        granted(asked, order.content(), it);
      }
      case Declined<Granted>(Refused refused) when GrantedRefunds.OTHERWISE.equals(refused.code()) ->
        throw new RetryLater("%s was granted otherwise just now".formatted(asked.cause()));
      case Declined<Granted>(Refused refused) -> {
        if (!asked.lines().isEmpty()) {
          orders.unpaid(asked);
        }
        refuse(asked, refused);
      }
    }
  }

  /** A copy of this that was refused a moment before may have released its units meanwhile: they are taken again. */
  private void keep(Orders.Order order, RefundAsked asked) {
    if (!asked.lines().isEmpty() && refunds.orders().repay(order, asked) instanceof Declined<Replacements>) {
      LOG.warn("Units were sent again while they were refunded", "order", asked.order(), "cause", asked.cause());
    }
  }

  private void granted(RefundAsked asked, OrderContent content, Granted it) {
    var messages = new ArrayList<GrantRefund.Output>();
    GrantedRefunds.credit(content, it).ifPresent(messages::add); // before anybody hears of it
    messages.add(new OrderDue(asked.order(), clock.instant()));
    messages.add(new RefundAnswered(asked.order(), asked.cause(), asked.number(), it.amount(), null));
    sender.send(messages);
    LOG.info("Refund granted", "order", asked.order(), "cause", asked.cause(), "amount", it.amount().minorUnits(),
        "currency", it.amount().currency());
  }

  private void refuse(RefundAsked asked, Refused refused) {
    sender.send(List.of(new RefundAnswered(asked.order(), asked.cause(), asked.number(), null, refused.detail())));
    LOG.warn("Refund refused", "order", asked.order(), "cause", asked.cause(), "code", refused.code());
  }
}
