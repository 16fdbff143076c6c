package waybill.inventory;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.messages.EventMessages.StockMoved;
import waybill.platform.Backoff;
import waybill.platform.Table;

/**
 * Sends to whoever follows a pool's stock that it is low, sold out, or back, once a crossing. The event is written to the counter first, then it is
 * sent, and then it is marked as sent. If the caller dies in between, the next one sends what is written: the same event under the same number, which the
 * feed has once, also if stock has moved back meanwhile. Only then is the next change written.
 */
final class Storefronts {
  private final Counters counters;

  /** @param counters of which what is waited for is held back */
  Storefronts(Counters counters) {
    this.counters = counters;
  }

  /** @throws Table.Contended if others announce something, again and again */
  void announce(Counter pool, Consumer<List<StockMoved>> send) {
    var backoff = new Backoff();
    do {
      Optional<Counters.News> news = counters.news(pool);
      if (news.isEmpty()) {
        return;
      }
      Announced known = news.get().before();
      Optional<StockMoved> unsent = known.event();
      unsent.ifPresent(it -> send.accept(List.of(it)));
      Announced next = unsent.isPresent() ? known.sent() : known.becoming(news.get().now());
      if (counters.announce(known, next)) {
        backoff = new Backoff();
      } else if (!backoff.again()) {
        throw new Table.Contended("announcement");
      }
    } while (true);
  }
}
