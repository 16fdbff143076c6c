package waybill.search;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.orders.*;
import waybill.orders.Orders.ListedOrder;
import waybill.platform.*;
import waybill.search.Sources.Source;
import waybill.shipping.ParcelFinder;

/**
 * {@code GET /orders}: the orders that operators look for; a customer's orders, and those on a hold, for storefronts too. A customer's
 * own token lists that customer's, and no others.
 */
public record ListOrdersHandler(Orders orders, Sources sources, Access access) implements HttpFunction {
  /** How many orders are looked at for a page. A page of what few orders are like may be short, and the next goes on behind it. */
  private static final int MOST_LOOKS = 20;

  public ListOrdersHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.listed(List.of(Snapshot.NOBODYS)));
  }

  public ListOrdersHandler(Ports ports) { this(ports, new Orders(ports), new SearchIndex(ports), new Catalog(ports)); }

  private ListOrdersHandler(Ports ports, Orders orders, SearchIndex index, Catalog catalog) {
    this(orders, new Sources(index::find, catalog::channelIds, new ParcelFinder(ports)::orders, orders),
        new Access(ports.environment().values().get("CUSTOMER_CHANNEL")));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    Search search = search(request, parameters);
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    Page<ListedOrder> page = page(sources.of(search), limit, cursor);
    return HttpResponse.json(200, page.map(ListedOrder::view).toTree());
  }

  private Search search(HttpRequest request, Parameters parameters) {
    if (Access.operates(request)) {
      return SearchForm.read(parameters);
    }
    Search search = SearchForm.readLists(parameters);
    if (!Access.seesAll(request)) {
      return own(request, parameters, search);
    }
    if ((parameters.text("customer_id") == null) == (parameters.text("hold") == null)) {
      parameters.refuse("customer_id", "required", "name either customer_id or hold; all else is for operators");
    }
    return search;
  }

  /** Whose orders a customer's token lists: that customer's. @throws Problem 404 if it asks for another's */
  private Search own(HttpRequest request, Parameters parameters, Search search) {
    Access.Customer own = access.customer(request);
    if (own == null || parameters.text("hold") != null
        || search.has(Criterion.CUSTOMER_ID) && !own.id().equals(search.text(Criterion.CUSTOMER_ID))
        || search.has(Criterion.CHANNEL) && !own.channel().equals(search.channel())) {
      throw Problem.notFound("list for this token");
    }
    return new Search(Map.of(Criterion.CHANNEL, own.channel(), Criterion.CUSTOMER_ID, own.id()));
  }

  private Page<ListedOrder> page(Source source, int limit, String cursor) {
    var found = new ArrayList<ListedOrder>();
    String next = cursor;
    for (int look = 0; look < MOST_LOOKS && (look == 0 || next != null) && found.size() < limit; look++) {
      Page<OrderId> ids = Http.orProblem(source.pages().page(limit - found.size(), next));
      found.addAll(matching(ids.data(), source.rest()));
      next = ids.nextCursor();
    }
    return new Page<>(found, next);
  }

  private List<ListedOrder> matching(List<OrderId> ids, Search search) {
    List<ListedOrder> likely = orders.listed(ids).stream().filter(search::matches).toList();
    if (!search.needsContent() || likely.isEmpty()) {
      return likely;
    }
    Map<OrderId, OrderContent> contents = orders.contents(likely.stream().map(ListedOrder::id).toList());
    Map<OrderId, List<String>> tags = search.has(Criterion.TAG) ? orders.tags(contents.values()) : Map.of();
    return likely.stream()
        .filter(it -> contents.containsKey(it.id())
            && search.matches(contents.get(it.id()), tags.getOrDefault(it.id(), List.of())))
        .toList();
  }
}
