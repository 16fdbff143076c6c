package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.platform.*;

/** {@code POST /assemblies}: opens a work order that assembles units of a product out of its components, or takes them apart, once an Idempotency-Key. */
public record CreateAssemblyHandler(Catalog catalog, Assemblies assemblies) implements HttpFunction {
  private static final Log LOG = Log.of(CreateAssemblyHandler.class);
  static final int MAX_QUANTITY = 1_000_000;

  public CreateAssemblyHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public CreateAssemblyHandler(Ports ports) { this(new Catalog(ports), InventoryTable.assemblies(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    var id = AssemblyId.of(request.idempotencyKey());
    Stored<Assembly> stored = Http.orProblem(assemblies.open(read(id, request.fields())));
    LOG.info("Work order opened", "assembly", id, "type", stored.value().type(), "sku", stored.value().sku(),
        "location", stored.value().location(), "quantity", stored.value().quantity());
    return HttpResponse.resource(201, stored, stored.timed(stored.value().toTree()));
  }

  private Assembly read(AssemblyId id, Fields fields) {
    Form form = Form.read(fields);
    Optional<Location> location = Optional.ofNullable(form.location()).flatMap(catalog::location);
    if (form.location() != null && location.isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    Product product = form.sku() == null ? null : catalog.products(List.of(form.sku())).get(form.sku());
    if (form.sku() != null) {
      refuseUnassembled(fields, product);
    }
    fields.verify();
    List<SkuQuantity> components = product.components().stream()
        .map(it -> new SkuQuantity(it.sku(), it.quantity())).toList();
    return new Assembly(id, form.type(), form.sku(), form.location(), location.orElseThrow().stockPool(), components,
        form.quantity(), 0, form.reference(), form.note(), Assembly.Stage.OPEN);
  }

  private void refuseUnassembled(Fields fields, Product product) {
    if (product == null) {
      fields.refuse("sku", "unknown_product", "there is no such product");
    } else if (product.isKit()) {
      fields.refuse("sku", "kit",
          "is sold as its components and has no stock of its own: put it with sold_from: stock");
    } else if (!product.isAssembled()) {
      fields.refuse("sku", "no_components", "is not made of other products: put what it is made of as its components");
    } else {
      if (product.lotTracked()) {
        refuseLots(fields, product.sku());
      }
      Map<Sku, Product> known = catalog.products(product.components().stream().map(Component::sku).toList());
      product.components().stream().map(Component::sku)
          .filter(it -> !known.containsKey(it) || !known.get(it).requiresShipping()).findFirst()
          .ifPresent(it -> fields.refuse("sku", "kit_incomplete",
              "is made of %s, which is not carried, so that no stock of it is counted".formatted(it)));
      known.values().stream().filter(Product::lotTracked).findFirst().ifPresent(it -> refuseLots(fields, it.sku()));
    }
  }

  private static void refuseLots(Fields fields, Sku tracked) {
    fields.refuse("sku", "lot_tracked", "work orders name no lots, and %s is counted by lots".formatted(tracked));
  }

  /** What is to be made or taken apart, and where. */
  record Form(Assembly.Type type, Sku sku, int quantity, LocationId location, String reference, String note) {

    static Form read(Fields fields) {
      return new Form(fields.choiceOr("type", Assembly.Type.ASSEMBLE), fields.parsed("sku", Sku::new, "is a SKU"),
          fields.integer("quantity", 1, MAX_QUANTITY),
          fields.parsed("location_id", LocationId::new, "is the id of a location"),
          fields.textOrNull("reference", 100), fields.textOrNull("note", 500));
    }
  }
}
