package waybill.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many customers at once, and providers and packers that do everything twice and in no order. */
final class Crowd {
  private static final int AT_ONCE = 8;

  private final Shop shop;
  private final List<String> skus;
  private final int size;
  private final Random random = new Random(1);
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private List<JsonNode> orders = List.of();

  /** Each customer buys one to three of one of these. */
  Crowd(Shop shop, List<String> skus, int size) {
    this.shop = shop;
    this.skus = skus;
    this.size = size;
  }

  private static int quantity(int customer) {
    return customer % 3 + 1;
  }

  void placesAndPays() {
    twiceEach(IntStream.range(0, size).boxed().flatMap(it -> Stream.<Runnable>of(
        () -> ids.add(shop.storefront.post("/orders", form(it)).expect(200, 201).json().path("id").asText()),
        () -> shop.pay(String.valueOf(it), 1000L * quantity(it)))).toList());
  }

  private String form(int customer) {
    return shop.form(String.valueOf(customer), skus.get(customer / 3 % skus.size()), quantity(customer)).toString();
  }

  void isPacked(List<String> locations) {
    twiceEach(locations.stream().flatMap(it -> shop.work(it).stream())
        .<Runnable>map(it -> () -> shop.pack(it).expect(200)).toList());
  }

  void isDelivered() {
    twiceEach(parcels().stream().flatMap(parcel -> List.of("out-for-delivery", "delivered").stream()
        .<Runnable>map(news -> () -> shop.providers.easyPost(shop.trackingEvent(news, parcel)).expect(200))).toList());
  }

  /** Until all of it has come to rest, also what had to wait for its double. */
  private void twiceEach(List<Runnable> deeds) {
    var all = new ArrayList<>(deeds);
    all.addAll(deeds);
    Collections.shuffle(all, random);
    try (var people = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<?> done : all.stream().map(people::submit).toList()) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    shop.rest();
    List.of("BuyLabelQueue", "NotifyCustomerQueue", "RefundPaymentQueue")
        .forEach(it -> shop.cloud.retry(shop.cloud.name(it)));
    shop.rest();
    orders = ids.stream().map(shop::order).toList();
  }

  /** What has become of the orders. */
  List<JsonNode> orders() {
    return orders;
  }

  List<JsonNode> reserved() {
    return orders.stream().filter(it -> Set.of("reserved", "shipped").contains(it.path("stock_status").asText()))
        .toList();
  }

  int reservedUnits() {
    return reserved().stream().mapToInt(it -> it.path("lines").path(0).path("quantity").asInt()).sum();
  }

  List<JsonNode> parcels() {
    return orders.stream().flatMap(it -> Shop.elements(it.path("fulfillments")))
        .flatMap(it -> Shop.elements(it.path("parcels"))).toList();
  }

  /** Whom each mail went to, and what it says: one about a parcel names its tracking number. */
  List<String> mails() {
    return IntStream.range(0, size).mapToObj(String::valueOf).flatMap(it -> shop.mails(it).stream())
        .map(it -> it.to() + it.subject() + it.text()).toList();
  }

  /** Bodies that name one of the orders. */
  List<String> deadLetters() {
    List<String> named = ids.stream().map(it -> it.replace("ord_", "")).toList();
    return Shop.elements(shop.storefront.get("/local/queues").expect(200).json().path("data"))
        .flatMap(it -> Shop.elements(it.path("messages"))).map(it -> it.path("body").asText())
        .filter(body -> named.stream().anyMatch(body::contains)).toList();
  }
}
