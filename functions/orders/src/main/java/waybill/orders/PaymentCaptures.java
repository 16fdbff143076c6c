package waybill.orders;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.Capture;
import waybill.messages.CaptureId;
import waybill.messages.CaptureStatus;
import waybill.messages.Money;

/** What of a payment was to be captured, the first first. */
record PaymentCaptures(List<Capture> all) {
  static final PaymentCaptures NONE = new PaymentCaptures(List.of());
  /** Stripe captures a payment at most fifty times, and keeps at most fifty notes about it, of which the shop has some. */
  static final int MOST = 20;

  /** With news of one of them, or with one more. */
  PaymentCaptures with(Capture news) {
    return new PaymentCaptures(Joined.with(all, news, Capture::id, Capture::join));
  }

  PaymentCaptures join(PaymentCaptures news) {
    PaymentCaptures joined = this;
    for (Capture it : news.all) {
      joined = joined.with(it);
    }
    return joined;
  }

  Optional<Capture> find(CaptureId id) {
    return all.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  boolean isFull() {
    return all.size() >= MOST;
  }

  /** Those that the provider has not answered. */
  Stream<Capture> pending() {
    return all.stream().filter(Capture::isPending);
  }

  Money underWay(String currency) {
    return sum(pending(), currency);
  }

  Money made(String currency) {
    return sum(all.stream().filter(it -> it.status() == CaptureStatus.SUCCEEDED), currency);
  }

  private static Money sum(Stream<Capture> captures, String currency) {
    return captures.map(Capture::amount).filter(it -> it.currency().equals(currency)).reduce(Money.zero(currency),
        Money::plus);
  }

  /** The one that was refused last, if none is under way and none has succeeded since. */
  Optional<Capture> refused() {
    return all.stream().max(Comparator.comparing(Capture::updatedAt).thenComparing(Capture::status))
        .filter(it -> it.status() == CaptureStatus.FAILED && pending().findAny().isEmpty());
  }
}
