package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.*;
import waybill.messages.Choreography.ResolveClaim;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Claim.Resolution;
import waybill.returns.Claim.Wrong;
import waybill.returns.Return.Word;
import waybill.returns.ReturnsTable.ChannelPolicy;

/**
 * {@code POST /claims/{id}/resolution}: a person has a claim made good: its units are refunded, sent again, or both. What was sent instead of
 * them is booked out of the location that packed it.
 */
public record ResolveClaimHandler(ReturnDesk desk, Table<ChannelPolicy> policies, Catalog catalog, NamedLots lots,
    Sender<ResolveClaim.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(ResolveClaimHandler.class);
  private static final int MOST_LINES = 500;
  private static final int MOST_UNITS = 1_000_000;
  private static final int MOST_TEXT = 500;
  private static final long MOST_MINOR_UNITS = 1_000_000_000_000L;

  public ResolveClaimHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public ResolveClaimHandler(Ports ports) {
    this(ReturnDesk.of(ports), ReturnsTable.policies(ports), new Catalog(ports), NamedLots.of(ports),
        new Sender<>(ports));
  }

  static Resolution read(Fields fields, String by, Instant now) {
    if (!fields.has("remedy")) {
      fields.refuse("remedy", "required", "is required");
    }
    var form = new Resolution(0, fields.choiceOr("remedy", Remedy.REFUND),
        fields.has("amount") ? (Long) fields.whole("amount", 1, MOST_MINOR_UNITS) : null,
        fields.listOrEmpty("sent_instead", MOST_LINES,
            it -> new Wrong(it.parsed("line_id", LineId::new, "is the id of a line"),
                it.parsed("sku", Sku::new, "is a SKU"), it.integer("quantity", 1, MOST_UNITS))),
        fields.parsedOrNull("location_id", LocationId::new, "is the id of a location"),
        fields.flagOr("send_back", false),
        fields.choiceOr("refund_to", RefundTo.ORIGINAL_PAYMENT) == RefundTo.STORE_CREDIT,
        new Word(by, fields.textOrNull("reason", MOST_TEXT), now), null, null);
    fields.verify();
    return form;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ClaimId id = request.pathId("id", ClaimId::new);
    Resolution form = read(request.fields(), request.subject(), desk.now());
    Placed order = desk.orders().placed(id.order()).orElseThrow(() -> Problem.notFound("claim"));
    Claim claim = desk.returns().find(ReturnsTable.key(id.order())).map(it -> desk.arrived(it.value(), order))
        .flatMap(it -> it.claim(id)).orElseThrow(() -> Problem.notFound("claim"));
    if (claim.status() == Claim.Status.OPEN || claim.status() == Claim.Status.APPROVED) {
      refused(claim, form).ifPresent(it -> {
        throw Problem.of(it);
      });
    }
    ReturnPolicy policy = ReturnsTable.policy(policies, order.content().form().channel());
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(),
        before -> new Claiming(before, Goods.of(order), policy, desk.now()).resolve(id, form));
    Claim resolved = stored.value().claim(id).orElseThrow();
    sender.send(news(stored.value(), resolved));
    LOG.info("Claim resolved", "order", id.order(), "claim", id, "remedy", form.remedy());
    return ReturnDesk.answer(200, stored, resolved);
  }

  /** Why the order or the stock cannot do it. Their own rules decide for good; here they are asked so that a person hears of it. */
  private Optional<Refused> refused(Claim claim, Resolution form) {
    return Stream.<Supplier<Optional<Refused>>>of(
        () -> form.remedy().refunds() ? desk.orders().refusal(ClaimNews.asked(claim, form)) : Optional.empty(),
        () -> form.remedy().replaces() ? desk.orders().refusal(ClaimNews.again(claim, form)) : Optional.empty(),
        () -> form.location() == null ? Optional.empty() : books(claim, form))
        .flatMap(it -> it.get().stream()).findFirst();
  }

  /** What is tracked by lots is corrected by hand, as nobody here knows of which lot it was. */
  private Optional<Refused> books(Claim claim, Resolution form) {
    if (catalog.location(form.location()).isEmpty()) {
      return Optional.of(Refused.invalid("/location_id", "unknown_location", "there is no such location"));
    }
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < form.wrong().size(); i++) {
      Wrong it = form.wrong().get(i);
      List<Sku> skus = Stream.concat(Stream.of(it.sku()), claim.lines().stream()
          .filter(line -> line.lineId().equals(it.lineId())).map(Claim.Line::sku)).toList();
      Map<Sku, Product> products = catalog.products(skus);
      String at = "/sent_instead/" + i + "/sku";
      if (!products.containsKey(it.sku())) {
        errors.add(new Violation(at, "unknown", "there is no such product"));
      } else if (products.values().stream()
          .anyMatch(product -> !lots.known().check("/", product, null, null, null).isEmpty())) {
        errors.add(new Violation(at, "lot_tracked", "is adjusted by hand, with its lot"));
      }
    }
    return errors.isEmpty() ? Optional.empty() : Optional.of(Refused.invalid(errors));
  }

  private static List<ResolveClaim.Output> news(OrderReturns returns, Claim it) {
    var news = new ArrayList<ResolveClaim.Output>();
    ClaimNews.refund(it).ifPresent(news::add);
    ClaimNews.replacement(it).ifPresent(news::add);
    ClaimNews.correction(it).ifPresent(news::add);
    ClaimNews.sendBack(returns, it).ifPresent(news::add);
    ClaimNews.resolved(it).ifPresent(one -> {
      news.add(one);
      news.add(ClaimNews.event(it, EventType.CLAIM_RESOLVED));
    });
    return news;
  }
}
