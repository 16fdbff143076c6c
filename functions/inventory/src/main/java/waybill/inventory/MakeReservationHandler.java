package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.inventory.Checkouts.Made;
import waybill.messages.*;
import waybill.messages.Choreography.MakeReservation;
import waybill.platform.*;

/** {@code POST /reservations}: keeps units for a checkout, all or none, for some minutes; once an Idempotency-Key. */
public record MakeReservationHandler(Catalog catalog, Checkouts checkouts, Sender<MakeReservation.Output> sender,
    InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(MakeReservationHandler.class);
  private static final int MAX_QUANTITY = 1_000_000;
  static final int MAX_MINUTES = 120;

  public MakeReservationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public MakeReservationHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.newCheckouts(ports), new Sender<>(ports), ports.clock());
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
    Map<Sku, Product> products = catalog
        .withComponents(form.items().stream().map(SkuQuantity::sku).filter(Objects::nonNull).toList());
    refuseUncounted(fields, form.items(), products);
    fields.verify();
    var kept = Kept.of(form.items(), products);
    if (kept.items().size() > Checkouts.MAX_SKUS) {
      throw Problem.invalid("/items", "too_many",
          "those and the components of kits are more than %d products".formatted(Checkouts.MAX_SKUS));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var asked = CheckoutReservation.of(ReservationId.of(form.channel(), key), form.channel(),
        channel.orElseThrow().stockPool(), kept.items(), form.minutes(), now);
    Made made = Http.orProblem(
        checkouts.make(asked, kept.places(), it -> sender.send(checkouts.waitedFor(it))));
    Stored<CheckoutReservation> stored = made.reservation();
    if (made.now()) {
      LOG.info("Reservation made", "reservation", stored.value().id(), "channel", form.channel(), "units",
          Movement.units(stored.value().items()), "expires_at", stored.value().expiresAt());
    }
    sender.send(checkouts.crossed(stored.value()));
    return HttpResponse.resource(201, stored, stored.timed(stored.value().toTree()))
        .with("location", "/reservations/" + stored.value().id());
  }

  /**
   * What is kept: of a kit its components, so that the order that names it has the very units.
   *
   * @param places which item asks for a SKU first
   */
  private record Kept(List<SkuQuantity> items, Map<Sku, Integer> places) {

    static Kept of(List<SkuQuantity> asked, Map<Sku, Product> products) {
      var units = new LinkedHashMap<Sku, Integer>();
      var places = new HashMap<Sku, Integer>();
      for (int i = 0; i < asked.size(); i++) {
        Product product = products.get(asked.get(i).sku());
        int place = i;
        List<Component> parts = product.isKit() ? product.components() : List.of(new Component(product.sku(), 1, 1));
        parts.forEach(it -> {
          units.merge(it.sku(), asked.get(place).quantity() * it.quantity(), Math::addExact);
          places.putIfAbsent(it.sku(), place);
        });
      }
      return new Kept(units.entrySet().stream().map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList(),
          places);
    }
  }

  private static void refuseUncounted(Fields fields, List<SkuQuantity> items, Map<Sku, Product> products) {
    for (int i = 0; i < items.size(); i++) {
      Sku sku = items.get(i).sku();
      int place = i;
      String pointer = "/items/%d/sku".formatted(i);
      if (sku != null && !products.containsKey(sku)) {
        fields.refuse(new Violation(pointer, "unknown_product", "there is no such product"));
      } else if (sku != null && !products.get(sku).requiresShipping()) {
        fields.refuse(new Violation(pointer, "not_counted", "is not carried, so no stock of it is counted"));
      } else if (sku != null && products.get(sku).isIncomplete(products)) {
        fields.refuse(new Violation(pointer, "kit_incomplete", "is a kit of which something is not shipped"));
      } else if (sku != null && products.get(sku).packedFrom().stream()
          .anyMatch(it -> (long) it.quantity() * items.get(place).quantity() > MAX_QUANTITY)) {
        fields.refuse(new Violation("/items/%d/quantity".formatted(i), "too_many_units",
            "so many kits have more than %d units of a component".formatted(MAX_QUANTITY)));
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
