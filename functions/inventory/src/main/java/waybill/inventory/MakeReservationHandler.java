package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.inventory.Checkouts.Made;
import waybill.messages.*;
import waybill.platform.*;

/** {@code POST /reservations}: keeps units for a checkout, all or none, for some minutes; once an Idempotency-Key. */
public record MakeReservationHandler(Catalog catalog, Checkouts checkouts, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(MakeReservationHandler.class);
  private static final int MAX_QUANTITY = 1_000_000;
  static final int MAX_MINUTES = 120;

  public MakeReservationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public MakeReservationHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.newCheckouts(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Form form = Form.read(fields);
    Optional<Channel> channel = Optional.ofNullable(form.channel()).flatMap(catalog::channel);
    if (form.channel() != null && channel.isEmpty()) {
      fields.refuse("channel", "unknown_channel", "there is no such channel");
    }
    refuseUncounted(fields, form.items());
    fields.verify();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var asked = CheckoutReservation.of(ReservationId.of(form.channel(), key), form.channel(),
        channel.orElseThrow().stockPool(), form.items(), form.minutes(), now);
    Made made = Http.orProblem(checkouts.make(asked, form.items().stream().map(SkuQuantity::sku).toList()));
    Stored<CheckoutReservation> stored = made.reservation();
    if (made.now()) {
      LOG.info("Reservation made", "reservation", stored.value().id(), "channel", form.channel(), "units",
          Movement.units(stored.value().items()), "expires_at", stored.value().expiresAt());
    }
    return HttpResponse.resource(201, stored, stored.timed(stored.value().toTree()))
        .with("location", "/reservations/" + stored.value().id());
  }

  private void refuseUncounted(Fields fields, List<SkuQuantity> items) {
    Map<Sku, Product> products = catalog
        .products(items.stream().map(SkuQuantity::sku).filter(Objects::nonNull).toList());
    for (int i = 0; i < items.size(); i++) {
      Sku sku = items.get(i).sku();
      String pointer = "/items/%d/sku".formatted(i);
      if (sku != null && !products.containsKey(sku)) {
        fields.refuse(new Violation(pointer, "unknown_product", "there is no such product"));
      } else if (sku != null && !products.get(sku).requiresShipping()) {
        fields.refuse(new Violation(pointer, "not_counted", "is not carried, so no stock of it is counted"));
      }
    }
  }

  /** What a checkout asks for. */
  record Form(ChannelId channel, List<SkuQuantity> items, int minutes) {

    static Form read(Fields fields) {
      List<SkuQuantity> items = fields.list("items", 1, Checkouts.MAX_SKUS,
          it -> new SkuQuantity(it.parsed("sku", Sku::new, "is a SKU"), it.integer("quantity", 1, MAX_QUANTITY)));
      var seen = new HashSet<Sku>();
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i).sku() != null && !seen.add(items.get(i).sku())) {
          fields.refuse(new Violation("/items/%d/sku".formatted(i), "repeated", "stands in another item already"));
        }
      }
      return new Form(fields.parsed("channel", ChannelId::new, "is the id of a channel"), items,
          fields.integer("minutes", 1, MAX_MINUTES));
    }
  }
}
