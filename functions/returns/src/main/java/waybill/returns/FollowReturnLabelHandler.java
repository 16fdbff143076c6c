package waybill.returns;

import module java.base;
import waybill.messages.Choreography.FollowReturnLabel;
import waybill.messages.EventType;
import waybill.messages.ReturnLabelMessages.*;
import waybill.platform.*;
import waybill.returns.ReturnLabel.*;

/**
 * Notes what becomes of a return's label, and where its parcel is. With its carrier's first scan leaves what is sent in advance and has waited for
 * that, and what the carrier loses is refunded if the policy says so. That the carrier has delivered it is no receipt.
 */
public record FollowReturnLabelHandler(ReturnDesk desk, Sender<FollowReturnLabel.Output> sender)
    implements QueueFunction<FollowReturnLabel.Input> {
  private static final Log LOG = Log.of(FollowReturnLabelHandler.class);

  public FollowReturnLabelHandler() { this(Ports.ofProcess()); }

  public FollowReturnLabelHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  @Override
  public void work(FollowReturnLabel.Input input) {
    ReturnLabelNews news = switch (input) {
      case ReturnLabelNews it -> it;
    };
    OrderReturns now = desk.returns().change(ReturnsTable.key(input.order()), found -> {
      OrderReturns before = found.orElseThrow();
      Return of = of(before, news);
      return isOfAnotherLabel(of, news) ? before : before.with(after(before, of, news));
    }).value();
    Return it = of(now, news);
    if (isOfAnotherLabel(it, news)) {
      LOG.warn("News of a label that a return has no more", "order", input.order(), "parcel", news.parcel());
      return;
    }
    sender.send(messages(now, it, news));
    LOG.info("Return label followed", "order", input.order(), "return", it.id(), "parcel", news.parcel(), "status",
        it.label().status());
  }

  private static Return of(OrderReturns returns, ReturnLabelNews news) {
    return returns.find(news.parcel().returned()).orElseThrow();
  }

  private static boolean isOfAnotherLabel(Return it, ReturnLabelNews news) {
    return it.label() == null || it.label().number() != news.parcel().number();
  }

  private Return after(OrderReturns before, Return it, ReturnLabelNews news) {
    ReturnLabel label = it.label();
    return switch (news) {
      case ReturnLabelled bought -> it.with(label.bought(new Bought(bought.carrier(), bought.service(),
          bought.trackingNumber(), bought.at())), null);
      case ReturnUnlabelled failed ->
        it.with(label.failed(new Failure(failed.uncertain(), failed.detail(), failed.at())), null);
      case ReturnLabelWithdrawn answer ->
        it.with(label.withdrawn(answer.withdrawn() ? Answer.VOID : Answer.STANDS), null);
      case ReturnMoved moved -> Receiving.lost(before, before.advanced(
          it.with(label.seen(new Seen(moved.status(), moved.at(), moved.lost())), null), desk.now()), desk.now());
    };
  }

  private static List<FollowReturnLabel.Output> messages(OrderReturns returns, Return it, ReturnLabelNews news) {
    var messages = new ArrayList<FollowReturnLabel.Output>();
    switch (news) {
      case ReturnLabelled _ -> {
        ReturnNews.labelReady(it).ifPresent(ready -> {
          messages.add(ready);
          messages.add(ReturnNews.label(it, EventType.RETURN_LABELLED));
        });
        ReturnNews.labelUnwanted(it).ifPresent(messages::add);
      }
      case ReturnMoved _ -> {
        messages.add(ReturnNews.label(it, it.label().isLost() ? EventType.RETURN_LOST : EventType.RETURN_IN_TRANSIT));
        messages.addAll(returns.unsettled(it, one -> one.worth() != null || one.location() == null));
      }
      case ReturnUnlabelled _, ReturnLabelWithdrawn _ -> {
      }
    }
    return messages;
  }
}
