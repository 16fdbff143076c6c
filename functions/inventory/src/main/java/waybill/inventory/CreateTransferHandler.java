package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Violation;

/** {@code POST /transfers}: drafts units that are to go from one location to another, once an Idempotency-Key. Nothing moves yet. */
public record CreateTransferHandler(Catalog catalog, Lots lots, Transfers transfers) implements HttpFunction {
  private static final Log LOG = Log.of(CreateTransferHandler.class);
  private static final int MAX_QUANTITY = 1_000_000;

  public CreateTransferHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public CreateTransferHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.lots(ports), InventoryTable.transfers(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    var id = TransferId.of(request.idempotencyKey());
    Stored<Transfer> stored = Http.orProblem(transfers.draft(read(id, request.fields())));
    LOG.info("Transfer drafted", "transfer", id, "from", stored.value().from(), "to", stored.value().location());
    return HttpResponse.resource(201, stored, stored.timed(stored.value().toTree()));
  }

  private Transfer read(TransferId id, Fields fields) {
    Form form = Form.read(fields);
    Optional<Location> from = known(fields, "from", form.from());
    Optional<Location> to = known(fields, "to", form.to());
    Map<Sku, Product> products = catalog
        .products(form.lines().stream().map(Transfer.Line::sku).filter(Objects::nonNull).toList());
    for (int i = 0; i < form.lines().size(); i++) {
      Sku sku = form.lines().get(i).sku();
      if (sku != null && !products.containsKey(sku)) {
        fields.refuse(new Violation("/lines/%d/sku".formatted(i), "unknown_product", "there is no such product"));
      } else if (sku != null && products.get(sku).isKit()) {
        fields.refuse(new Violation("/lines/%d/sku".formatted(i), "kit", "is a kit: name its components"));
      } else if (sku != null) {
        Transfer.Line line = form.lines().get(i);
        new Lot.Named(line.lot(), null).check("/lines/%d/".formatted(i), products.get(sku), lots.find(sku, line.lot()),
            false, null).forEach(fields::refuse);
      }
    }
    if (form.lines().stream().filter(it -> it.lot() != null).count() > Transfer.MAX_LOTS) {
      fields.refuse("lines", "too_many", "at most %d of them are tracked by lots".formatted(Transfer.MAX_LOTS));
    }
    fields.verify();
    return new Transfer(id, form.from(), from.orElseThrow().stockPool(), form.to(), to.orElseThrow().stockPool(),
        form.expectedAt(), form.reference(), form.note(), form.lines(), Transfer.Stage.DRAFT);
  }

  private Optional<Location> known(Fields fields, String name, LocationId id) {
    Optional<Location> location = Optional.ofNullable(id).flatMap(catalog::location);
    if (id != null && location.isEmpty()) {
      fields.refuse(name, "unknown_location", "there is no such location");
    }
    return location;
  }

  /** What is to go where, as it is sent. */
  record Form(LocationId from, LocationId to, Instant expectedAt, String reference, String note,
      List<Transfer.Line> lines) {

    static Form read(Fields fields) {
      var form = new Form(fields.parsed("from", LocationId::new, "is the id of a location"),
          fields.parsed("to", LocationId::new, "is the id of a location"), PutInboundHandler.Form.expectedAt(fields),
          fields.textOrNull("reference", 100), fields.textOrNull("note", 500),
          fields.list("lines", 1, Transfer.MAX_LINES, it -> new Transfer.Line(it.parsed("sku", Sku::new, "is a SKU"),
              it.integer("quantity", 1, MAX_QUANTITY),
              it.parsedOrNull("lot", LotNumber::new, LotNumber.RULE))));
      if (form.from != null && form.from.equals(form.to)) {
        fields.refuse("to", "same_location", "is another location than from");
      }
      PutInboundHandler.refuseRepeated(fields, form.lines.stream().map(Transfer.Line::sku).toList());
      return form;
    }
  }
}
