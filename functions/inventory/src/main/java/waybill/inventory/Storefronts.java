package waybill.inventory;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.messages.EventMessages.StockMoved;
import waybill.platform.Backoff;
import waybill.platform.Table;

/**
 * Says to whoever follows a pool's stock that it is low, sold out, or back, once a crossing. What is announced is sent first and then written to
 * the counter: whoever dies in between sends the same event again, which the feed has once.
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
      Announced before = news.get().before();
      before.standing().news(news.get().now()).ifPresent(it -> send
          .accept(List.of(new StockMoved(pool.sku(), pool.pool(), it, before.number() + 1))));
      if (counters.announce(news.get())) {
        return;
      }
    } while (backoff.again());
    throw new Table.Contended("announcement");
  }
}
