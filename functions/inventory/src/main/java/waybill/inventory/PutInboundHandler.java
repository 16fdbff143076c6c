package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.messages.*;
import waybill.messages.Choreography.PutInbound;
import waybill.platform.*;

/** {@code PUT /inbounds/{id}}: says what is expected at a location, and when. */
public record PutInboundHandler(Catalog catalog, Inbounds inbounds, Sender<PutInbound.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(PutInboundHandler.class);
  private static final int MAX_QUANTITY = 1_000_000;

  public PutInboundHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public PutInboundHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.inbounds(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    InboundId id = request.pathId("id", InboundId::new);
    Stored<Inbound> stored = Http.orProblem(inbounds.put(read(id, request.fields()), request.ifMatch()));
    sender.send(inbounds.waitedFor(stored.value()));
    LOG.info("Inbound put", "inbound", id, "location", stored.value().location(), "status", stored.value().status(),
        "revision", stored.revision());
    return HttpResponse.resource(stored.revision() == 1 ? 201 : 200, stored, stored.timed(stored.value().toTree()));
  }

  private Inbound read(InboundId id, Fields fields) {
    Form form = Form.read(fields);
    Optional<Location> location = Optional.ofNullable(form.location()).flatMap(catalog::location);
    if (form.location() != null && location.isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    Map<Sku, Product> known = catalog
        .products(form.lines().stream().map(Inbound.Line::sku).filter(Objects::nonNull).toList());
    for (int i = 0; i < form.lines().size(); i++) {
      Sku sku = form.lines().get(i).sku();
      if (sku != null && !known.containsKey(sku)) {
        fields.refuse(new Violation("/lines/%d/sku".formatted(i), "unknown_product", "there is no such product"));
      } else if (sku != null && known.get(sku).isKit()) {
        fields
            .refuse(new Violation("/lines/%d/sku".formatted(i), "kit", "is a kit: name what comes of its components"));
      }
    }
    fields.verify();
    return new Inbound(id, form.type(), form.location(), location.orElseThrow().stockPool(), form.expectedAt(),
        form.reference(), form.lines(), false, form.tolerancePercent(), form.qualityHold());
  }

  /** What is expected, as it is sent. */
  record Form(Inbound.Type type, LocationId location, Instant expectedAt, String reference,
      List<Inbound.Line> lines, Integer tolerancePercent, boolean qualityHold) {

    static Form read(Fields fields) {
      var form = new Form(fields.choiceOr("type", Inbound.Type.PURCHASE_ORDER),
          fields.parsed("location_id", LocationId::new, "is the id of a location"), expectedAt(fields),
          fields.textOrNull("reference", 100),
          fields.listOrEmpty("lines", Inbound.MAX_LINES,
              it -> new Inbound.Line(it.parsed("sku", Sku::new, "is a SKU"), it.integer("quantity", 1, MAX_QUANTITY))),
          fields.has("tolerance_percent") ? (Integer) fields.integer("tolerance_percent", 0, 100) : null,
          fields.flagOr("quality_hold", false));
      refuseRepeated(fields, form.lines.stream().map(Inbound.Line::sku).toList());
      return form;
    }

    static Instant expectedAt(Fields fields) {
      Instant time = fields.timeOrNull("expected_at");
      if (!fields.has("expected_at")) {
        fields.refuse("expected_at", "required", "is required");
      }
      return time;
    }
  }

  /** A SKU stands on one line. */
  static void refuseRepeated(Fields fields, List<Sku> skus) {
    var seen = new HashSet<Sku>();
    for (int i = 0; i < skus.size(); i++) {
      if (skus.get(i) != null && !seen.add(skus.get(i))) {
        fields.refuse(new Violation("/lines/%d/sku".formatted(i), "repeated", "stands on another line already"));
      }
    }
  }
}
