package waybill.simulation.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.orders.OrderInvariants;

class FeedInvariantsTest {
  private static final String EVENT = """
      {"id":"evt_%s","type":"order_held","order":"%s","revision":%d,"created_at":"2026-11-22T09:00:00Z"}""";

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  private void page(long number, String... events) {
    watched.write(FeedInvariants.TABLE, "feed", "%012d".formatted(number),
        "{\"number\":%d,\"events\":[%s]}".formatted(number, String.join(",", events)));
  }

  private static String event(String id, int revision) {
    return EVENT.formatted(id, WatchedWorld.ORDER, revision);
  }

  @Test
  void aDeliveredOrderHasAllItsEvents() {
    watched.deliver();
    assertThat(watched.findingsAtRest()).isEmpty();
  }

  @Test
  void aPageThatLeavesAGapIsFound() {
    watched.place();
    page(7, event("a", 1));
    assertThat(watched.findings()).anyMatch(it -> it.startsWith("a page of the feed is changed, or leaves a gap: 7"));
  }

  @Test
  void aPageThatChangesIsFound() {
    watched.place();
    page(1, event("a", 1));
    assertThat(watched.findings()).anyMatch(it -> it.startsWith("a page of the feed is changed"));
  }

  @Test
  void anEventThatIsThereTwiceIsFound() {
    watched.place();
    page(2, event("a", 1), event("a", 1));
    assertThat(watched.findings())
        .containsExactly("an event is in the feed twice: order_held of " + WatchedWorld.ORDER);
  }

  @Test
  void anEventThatIsAheadOfItsOrderIsFound() {
    watched.place();
    page(2, event("a", 99));
    assertThat(watched.findings())
        .containsExactly("an event is ahead of its order: order_held of " + WatchedWorld.ORDER);
  }

  @Test
  void stockThatIsAnnouncedInAnotherOrderThanItsNumbersIsNoFindingAndTwiceTheSameIs() {
    watched.place();
    int next = pages();
    page(next, stock("sold_out", 1), stock("sold_out", 3), stock("back_in_stock", 2));
    assertThat(watched.findings()).isEmpty();
    page(next + 1, stock("sold_out", 4));
    assertThat(watched.findings()).containsExactly("stock is announced twice as the same: sold_out of SKU-9 pool");
  }

  @Test
  void followersThatWereLeftWithOldNewsOfStockAreFound() {
    watched.place();
    page(pages(), stock("stock_sold_out", 1));
    watched.write(StockInvariants.TABLE, "SKU-9", "pool#pool",
        "{\"announced\":\"sold_out\",\"announcements\":1}");
    String old = "followers of stock were left with old news: SKU-9 pool is ";
    assertThat(watched.findingsAtRest()).noneMatch(it -> it.startsWith(old));

    watched.change(StockInvariants.TABLE, "SKU-9", "pool#pool",
        "{\"announced\":\"in_stock\",\"announcements\":2,\"unsent\":\"stock_back_in_stock\"}");
    assertThat(watched.findingsAtRest()).contains(old + "in_stock",
        "an event of stock is written and never sent: stock_back_in_stock of SKU-9 pool");
  }

  private int pages() {
    return (int) watched.world.store().items("EventsTable").stream().filter(it -> it.get("pk").s().equals("feed"))
        .count() + 1;
  }

  private static String stock(String type, int number) {
    return "{\"id\": \"evt_%1$s_%2$d\", \"type\": \"%1$s\", \"sku\": \"SKU-9\", \"pool\": \"pool\", \"revision\": %2$d}"
        .formatted(type, number);
  }

  @Test
  void anEventCountsTheChangesOfAParcelThatWaitsForItsMoney() {
    watched.deliver();
    watched.change(OrderInvariants.TABLE, WatchedWorld.ORDER, "state", """
        {"packing": {"fulfillments": [{"id": "%s", "parcels": 1, "awaits": {"minor_units": 1}}]}}"""
        .formatted(WatchedWorld.FULFILLMENT));
    String ahead = "an event is ahead of its order: order_held of " + WatchedWorld.ORDER;

    page(pages(), event("a", revisions()));
    assertThat(watched.findings()).doesNotContain(ahead);
    page(pages(), event("b", revisions() + 1));
    assertThat(watched.findings()).contains(ahead);
  }

  /** Of the order's state and of its parcel, as the API adds them up. */
  private int revisions() {
    return Stream.of("state", WatchedWorld.PARCEL)
        .mapToInt(
            it -> Integer.parseInt(watched.item(OrderInvariants.TABLE, WatchedWorld.ORDER, it).get("revision").n()))
        .sum() - 1;
  }

  @Test
  void anEventThatIsMissingIsFound() {
    watched.deliver();
    watched.change(OrderInvariants.TABLE, WatchedWorld.ORDER, "state",
        "{\"cancellation\":{\"reason\":\"customer\",\"at\":\"2026-11-22T09:00:00Z\"}}");
    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("the feed does not say what happened"));
  }
}
