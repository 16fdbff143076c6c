package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.platform.*;
import waybill.returns.ReturnsTable.ChannelPolicy;

/** {@code PUT /channels/{id}/return-policy}: what a channel lets come back. Returns that were permitted keep the policy of then. */
public record PutReturnPolicyHandler(Table<ChannelPolicy> policies, Catalog catalog) implements HttpFunction {
  private static final Log LOG = Log.of(PutReturnPolicyHandler.class);
  private static final int MOST_DAYS = 3_650;
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  private record Market(String country, int days) {}

  public PutReturnPolicyHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> policies.find(ReturnsTable.key(new ChannelId("priming"))));
  }

  public PutReturnPolicyHandler(Ports ports) { this(ReturnsTable.policies(ports), new Catalog(ports)); }

  static ReturnPolicy read(Fields fields) {
    ReturnPolicy standard = ReturnPolicy.STANDARD;
    List<Market> markets = fields.listOrEmpty("market_days", 300, it -> new Market(
        it.matching("country", COUNTRY, "is a country by ISO 3166-1, for example DE"),
        it.integer("days", 0, MOST_DAYS)));
    var days = new TreeMap<String, Integer>();
    markets.stream().filter(it -> it != null && it.country != null).forEach(it -> days.put(it.country, it.days));
    var policy = new ReturnPolicy(0, fields.integerOr("window_days", 0, MOST_DAYS, standard.windowDays()), days,
        fields.has("excluded")
            ? fields.parsedListOrEmpty("excluded", 50, PutReturnPolicyHandler::name, "has 1 to 40 characters")
            : standard.excluded(),
        fields.flagOr("approves", standard.approves()),
        fields.integerOr("arrival_days", 1, 365, standard.arrivalDays()),
        fields.integerOr("fee_percent", 0, 100, standard.feePercent()),
        fields.flagOr("refunds_shipping", standard.refundsShipping()),
        fields.choiceOr("refund_to", standard.refundTo()),
        fields.choiceOr("labels", standard.labels()),
        fields.integerOr("label_days", 1, 365, standard.labelDays()),
        fields.parsedOrNull("return_to", LocationId::new, "is the id of a location"),
        fields.choiceOr("exchanges", standard.exchanges()),
        fields.listOrEmpty("rules", 20, PutReturnPolicyHandler::rule));
    fields.verify();
    return policy;
  }

  private static String name(String text) {
    if (Fields.isInvisible(text) || text.codePointCount(0, text.length()) > 40) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static ReturnPolicy.Rule rule(Fields fields) {
    if (!fields.has("outcome")) {
      fields.refuse("outcome", "required", "is required");
    }
    return new ReturnPolicy.Rule(fields.choiceOr("outcome", Fate.QUARANTINED),
        fields.has("fault") ? fields.choiceOr("fault", Fault.NOBODY) : null,
        fields.integer("refund_percent", 0, 100));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    ReturnPolicy policy = read(request.fields());
    if (catalog.offer(id, List.of()).channel().isEmpty()) {
      throw Problem.notFound("channel");
    }
    if (policy.returnTo() != null && catalog.location(policy.returnTo()).isEmpty()) {
      throw Problem.invalid("/return_to", "unknown", "there is no such location");
    }
    Stored<ChannelPolicy> stored = Http.orProblem(policies.decide(ReturnsTable.key(id), request.ifMatch(),
        _ -> Outcome.of(new ChannelPolicy(id, policy))));
    LOG.info("Return policy put", "channel", id, "version", stored.revision());
    return HttpResponse.resource(stored.revision() == 1 ? 201 : 200, stored, view(id, stored));
  }

  static Map<String, Object> view(ChannelId id, Stored<ChannelPolicy> stored) {
    var view = new LinkedHashMap<String, Object>();
    view.put("channel", id.value());
    view.putAll(ReturnView.policy(stored.value().policy().numbered(stored.revision())));
    return stored.timed(view);
  }
}
