package waybill.returns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.messages.ClaimMessages.ClaimDenied;
import waybill.messages.ClaimMessages.ClaimOpened;
import waybill.messages.ClaimMessages.ClaimResolved;
import waybill.messages.ClaimMessages.ClaimedParcelFound;
import waybill.messages.ClaimMessages.SendBackAsked;
import waybill.messages.ClaimMessages.Swap;
import waybill.messages.ClaimMessages.WrongUnitsSent;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.Sent;
import waybill.platform.Log;
import waybill.returns.Claim.Resolution;
import waybill.returns.Claim.Status;

/** What a claim's state sends: to its customer, to those who follow its order, to the order for its money and units, and to the books. */
final class ClaimNews {

  private ClaimNews() {}

  private static OrderId order(Claim it) {
    return it.id().order();
  }

  static OrderChanged event(Claim it, EventType type) {
    return new OrderChanged(order(it), type, it.id().value());
  }

  static ClaimOpened opened(Claim it) {
    return new ClaimOpened(order(it), it.id(), it.requested().at());
  }

  /** Units that are not what was ordered were picked wrong. @param now a claim that was made before is not counted again */
  static void measure(Log log, Claim it, Instant now) {
    if (it.wrongUnits() > 0 && it.requested().at().equals(now)) {
      log.measure(Log.Metric.count("UnitsWrongAtCustomer", it.wrongUnits()), "Wrong units claimed", "order", order(it),
          "claim", it.id());
    }
  }

  static Optional<ClaimDenied> denied(Claim it) {
    return Optional.ofNullable(it.denied()).map(word -> new ClaimDenied(order(it), it.id(), word.at()));
  }

  /** Only once it is known what goes back. */
  static Optional<ClaimResolved> resolved(Claim it) {
    return it.isMadeGood()
        ? Optional.of(new ClaimResolved(order(it), it.id(), it.resolution().refunded(),
            it.resolution().remedy().replaces(), it.resolution().toCredit(), it.resolution().word().at()))
        : Optional.empty();
  }

  static Optional<RefundAsked> refund(Claim it) {
    Resolution by = it.resolution();
    return by != null && by.awaitsMoney()
        ? Optional.of(asked(it, by))
        : Optional.empty();
  }

  static RefundAsked asked(Claim it, Resolution by) {
    return new RefundAsked(order(it), it.id().value(), by.number(), it.units(), by.amount(), reason(it),
        by.toCredit(), by.word().by());
  }

  static Optional<ReplacementAsked> replacement(Claim it) {
    Resolution by = it.resolution();
    return by != null && by.remedy().replaces() ? Optional.of(again(it, by)) : Optional.empty();
  }

  static ReplacementAsked again(Claim it, Resolution by) {
    return new ReplacementAsked(order(it), it.id().value(), it.units(), reason(it), by.word().by(), by.word().at());
  }

  private static String reason(Claim it) {
    return "claim: " + it.lines().getFirst().reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  static Optional<WrongUnitsSent> correction(Claim it) {
    Resolution by = it.resolution();
    return by == null || by.wrong().isEmpty()
        ? Optional.empty()
        : Optional.of(new WrongUnitsSent(order(it), it.id(), by.location(), by.wrong().stream()
            .map(one -> new Swap(it.lines().stream().filter(line -> line.lineId().equals(one.lineId())).findFirst()
                .orElseThrow().sku(), one.sku(), one.quantity()))
            .toList(), by.word().by(), by.word().at()));
  }

  static Optional<ClaimedParcelFound> found(Claim it) {
    return it.found() != null && it.status() == Status.RESOLVED
        ? Optional.of(new ClaimedParcelFound(order(it), it.id(), it.found()))
        : Optional.empty();
  }

  /** What its customer is to send back. */
  static Optional<SendBackAsked> sendBack(OrderReturns returns, Claim it) {
    return returns.by(it.id().value()).filter(back -> back.ended() == null)
        .map(back -> new SendBackAsked(order(it), it.id(), back.id(), back.arrivesBy(), back.permitted().at()));
  }

  /** Everything, for the sweep: whatever was sent before is sent again, and changes nothing. */
  static <T extends Sent> List<T> all(OrderReturns returns, Claim it, Class<T> type) {
    var news = new ArrayList<Sent>(List.of(opened(it), event(it, EventType.CLAIM_OPENED)));
    denied(it).ifPresent(news::add);
    if (it.denied() != null) {
      news.add(event(it, EventType.CLAIM_DENIED));
    }
    refund(it).ifPresent(news::add);
    replacement(it).ifPresent(news::add);
    correction(it).ifPresent(news::add);
    resolved(it).ifPresent(one -> {
      news.add(one);
      news.add(event(it, EventType.CLAIM_RESOLVED));
    });
    found(it).ifPresent(news::add);
    if (it.found() != null) {
      news.add(event(it, EventType.CLAIM_PARCEL_FOUND));
    }
    sendBack(returns, it).ifPresent(news::add);
    return news.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
