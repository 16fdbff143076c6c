package waybill.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.messages.Choreography.SweepReturns;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.LineQuantity;
import waybill.messages.ReturnLabelMessages.ReturnLabelAsked;
import waybill.messages.ReturnLabelMessages.ReturnLabelReady;
import waybill.messages.ReturnLabelMessages.ReturnLabelUnwanted;
import waybill.messages.ReturnMessages.ReturnApproved;
import waybill.messages.ReturnMessages.ReturnRejected;

/** What a return's state sends to its customer and to those who follow its order: the same whenever it is sent. */
final class ReturnNews {

  private ReturnNews() {}

  static OrderChanged opened(Return it) {
    return new OrderChanged(it.id().order(), EventType.RETURN_OPENED, it.id().value());
  }

  static OrderChanged received(Return it, String key) {
    return new OrderChanged(it.id().order(), EventType.RETURN_RECEIVED, it.id() + " " + key);
  }

  /** Empty if nobody has permitted it, nobody asked for it, or it has ended. */
  static Optional<ReturnApproved> approved(Return it) {
    return it.permitted() == null || it.ended() != null || it.source() != Return.Source.REQUESTED
        ? Optional.empty()
        : Optional.of(new ReturnApproved(it.id().order(), it.id(), it.arrivesBy(), it.permitted().at()));
  }

  static Optional<ReturnRejected> rejected(Return it) {
    return it.ended() == null || !it.ended().rejected()
        ? Optional.empty()
        : Optional.of(new ReturnRejected(it.id().order(), it.id(), it.ended().word().at()));
  }

  /** Goods were sent in advance of units that never came, and the customer owes them. */
  static Optional<OrderChanged> charged(Return it) {
    return it.exchange() == null || it.exchange().ended() == null || !it.exchange().ended().charged()
        ? Optional.empty()
        : Optional.of(new OrderChanged(it.id().order(), EventType.RETURN_CHARGED, it.id().value()));
  }

  /** Empty if its label is not to be bought now. */
  static Optional<ReturnLabelAsked> labelAsked(Return it) {
    return !it.isOpen() || it.label() == null || !it.label().isToBuy()
        ? Optional.empty()
        : Optional.of(new ReturnLabelAsked(it.id().order(), it.labelId(), it.label().to(),
            it.lines().stream().map(one -> new LineQuantity(one.lineId(), one.sku(), one.quantity())).toList(),
            it.label().box(), it.label().asked().at()));
  }

  /** Empty if its label is not to be withdrawn now. */
  static Optional<ReturnLabelUnwanted> labelUnwanted(Return it) {
    return it.label() == null || !it.label().isToWithdraw()
        ? Optional.empty()
        : Optional.of(new ReturnLabelUnwanted(it.id().order(), it.labelId()));
  }

  /** Empty unless its customer may use its label. */
  static Optional<ReturnLabelReady> labelReady(Return it) {
    return !it.awaitsUnits() || it.unusedUntil() == null
        ? Optional.empty()
        : Optional.of(new ReturnLabelReady(it.id().order(), it.labelId(), it.label().bought().carrier(),
            it.arrivesBy(), it.unusedUntil(), it.label().bought().at()));
  }

  static OrderChanged label(Return it, EventType event) {
    return new OrderChanged(it.id().order(), event, it.labelId().value());
  }

  static List<SweepReturns.Output> all(Return it) {
    var news = new ArrayList<SweepReturns.Output>(List.of(opened(it)));
    approved(it).ifPresent(news::add);
    rejected(it).ifPresent(news::add);
    charged(it).ifPresent(news::add);
    labelAsked(it).ifPresent(news::add);
    labelUnwanted(it).ifPresent(news::add);
    it.receipts().forEach(one -> news.add(received(it, one.key())));
    return news;
  }
}
