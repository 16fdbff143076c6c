package waybill.inventory;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.Product;
import waybill.messages.ChannelId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Json;
import waybill.platform.Parameters;
import waybill.platform.Ports;
import waybill.platform.Sha256;
import waybill.platform.Snapshot;

/** {@code GET /availability}: whether a channel can sell so many units of SKUs now. Its answer may be kept for some seconds. */
public record GetAvailabilityHandler(Catalog catalog, Counters counters, OversellTerms terms)
    implements HttpFunction {
  private static final int MAX_SKUS = 100;
  /** What one answer reads. */
  private static final int MAX_COUNTED = 500;
  private static final int MAX_QUANTITY = 1_000_000;
  /** Stock moves all the time, and the order has the last word: what is kept longer only misleads. */
  private static final String CACHING = "private, max-age=10";

  public GetAvailabilityHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public GetAvailabilityHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.queuedCounters(ports),
        new OversellTerms(new Catalog(ports), InventoryTable.inbounds(ports), ports.clock()));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    Channel channel = channel(parameters);
    List<SkuQuantity> asked = asked(parameters);
    Map<Sku, Product> products = catalog.withComponents(asked.stream().map(SkuQuantity::sku).toList());
    asked.stream().filter(it -> !products.containsKey(it.sku()))
        .forEach(it -> parameters.refuse("sku", "unknown_product", "there is no product " + it.sku()));
    if (products.size() > MAX_COUNTED) {
      parameters.refuse("sku", "too_many", "those and the components of kits are more than " + MAX_COUNTED);
    }
    parameters.verify();
    StockPool pool = channel.stockPool();
    var shelf = new Availability.Shelf(pool,
        counters.read(products.keySet().stream().map(it -> Counter.of(it, pool)).toList()),
        it -> terms.supply(it.sku(), pool, it.beyondStock()));
    return cached(request,
        HttpResponse.json(200, Availability.of(channel.id(), asked, products, shelf).toTree()));
  }

  private Channel channel(Parameters parameters) {
    ChannelId id = parameters.parsed("channel", ChannelId::new, "invalid", "is the id of a channel");
    Optional<Channel> channel = Optional.ofNullable(id).flatMap(catalog::channel);
    if (parameters.text("channel") == null) {
      parameters.refuse("channel", "required", "is required");
    } else if (id != null && channel.isEmpty()) {
      parameters.refuse("channel", "unknown_channel", "there is no such channel");
    }
    return channel.orElse(null);
  }

  /** One entry a SKU. */
  private static List<SkuQuantity> asked(Parameters parameters) {
    List<Sku> skus = parameters.list("sku", MAX_SKUS, Sku::new, "invalid", "is a SKU");
    List<Integer> quantities = parameters.list("quantity", MAX_SKUS, GetAvailabilityHandler::quantity, "out_of_range",
        "is a number from 1 to %d".formatted(MAX_QUANTITY));
    if (parameters.text("sku") == null) {
      parameters.refuse("sku", "required", "is required");
    }
    if (skus.stream().distinct().count() < skus.size()) {
      parameters.refuse("sku", "repeated", "each SKU is named once");
    }
    if (quantities.size() > 1 && !skus.isEmpty() && quantities.size() != skus.size()) {
      parameters.refuse("quantity", "wrong_count", "is given once for all SKUs, or once for each in their order");
      return List.of();
    }
    var asked = new ArrayList<SkuQuantity>();
    for (int i = 0; i < skus.size(); i++) {
      int quantity = quantities.isEmpty() ? 1 : quantities.get(quantities.size() == 1 ? 0 : i);
      asked.add(new SkuQuantity(skus.get(i), quantity));
    }
    return asked;
  }

  private static int quantity(String text) {
    if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_QUANTITY) {
      throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
  }

  /** Whoever has this very answer already gets none. */
  private static HttpResponse cached(HttpRequest request, HttpResponse answer) {
    String tag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.hash(answer.body()))
        .substring(0, 22) + '"';
    String known = request.header("if-none-match");
    boolean isKnown = known != null && List.of(known.replace("W/", "").split(" *, *")).contains(tag);
    HttpResponse sent = isKnown ? new HttpResponse(304, Map.of(), "") : answer;
    return sent.with("etag", tag).with("cache-control", CACHING);
  }
}
