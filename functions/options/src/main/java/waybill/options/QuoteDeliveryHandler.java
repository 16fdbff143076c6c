package waybill.options;

import module java.base;
import waybill.catalog.*;
import waybill.fulfillment.LikelySources;
import waybill.inventory.SellableStock;
import waybill.inventory.SellableStock.*;
import waybill.messages.*;
import waybill.options.Quoting.Offered;
import waybill.platform.*;
import waybill.shipping.*;
import waybill.shipping.carrier.Rates.Rate;

/**
 * {@code POST /delivery-options}: how an order could be delivered, before it is placed. What is offered is kept for a while, so that the
 * order can name one of the options.
 */
public record QuoteDeliveryHandler(Catalog catalog, SellableStock stock, LikelySources sources, Lanes lanes,
    CarrierRates carriers, DeliveryQuotes quotes, Disruptions disruptions, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(QuoteDeliveryHandler.class);
  /** As long as a checkout takes. Who is offered something just before a cut-off has it for so long, too. */
  static final Duration VALID = Duration.ofMinutes(30);
  /** So that an order that comes too late hears that its option has expired, and not that there is none. */
  private static final Duration KEPT = Duration.ofDays(3);
  /** A location that has more orders to pack than for so many days is as busy. */
  private static final int MOST_BUSY_DAYS = 30;

  public QuoteDeliveryHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public QuoteDeliveryHandler(Ports ports) {
    this(new Catalog(ports), new SellableStock(ports), new LikelySources(ports), new Lanes(ports),
        new CarrierRates(ports), new DeliveryQuotes(ports), new Disruptions(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Fields fields = request.fields();
    DeliveryRequest asked = DeliveryRequest.read(fields);
    Catalog.Offer offer = catalog.offer(asked.channel(),
        asked.lines().stream().map(SkuQuantity::sku).filter(Objects::nonNull).toList());
    check(fields, asked, offer);
    Channel channel = offer.channel().orElseThrow();
    var cargo = Cargo.of(asked.lines(), offer.products());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String currency = asked.currency() == null ? channel.currencies().getFirst() : asked.currency();
    String name = Chance.here().newName();
    Offered offered = switch (stock.of(channel, cargo.lines(), offer.products())) {
      case Now _ -> quote(name, channel, asked, cargo, offer.products(), now, currency);
      case From(Instant day) -> quote(name, channel, asked, cargo, offer.products(), day.isAfter(now) ? day : now,
          currency);
      case SomeDay(List<Sku> skus) -> none("no_day", "nobody knows when there will be enough of %s", skus);
      case SoldOut(List<Sku> skus) -> none("sold_out", "there is not enough of %s", skus);
    };
    Instant expiresAt = now.plus(VALID);
    if (!offered.options().isEmpty()) {
      quotes.keep(new DeliveryQuote(DeliveryOptionId.quote(name), channel.id(), asked.destination(), cargo.lines(),
          currency, offered.options(), expiresAt, expiresAt.plus(KEPT).getEpochSecond()));
    }
    LOG.info("Delivery quoted", "channel", channel.id(), "options", offered.options().size(), "problems",
        offered.problems().stream().map(Objection::code).toList());
    return HttpResponse.json(200, tree(channel.id(), currency, expiresAt, offered));
  }

  private static void check(Fields fields, DeliveryRequest asked, Catalog.Offer offer) {
    if (asked.channel() != null && offer.channel().isEmpty()) {
      fields.refuse("channel", "unknown_channel", "there is no such channel");
    }
    offer.channel().filter(it -> asked.currency() != null && !it.currencies().contains(asked.currency()))
        .ifPresent(it -> fields.refuse("currency", "not_of_channel",
            "the channel takes " + String.join(", ", it.currencies())));
    if (fields.sound()) {
      Cargo.check(asked.lines(), offer.products()).forEach(fields::refuse);
    }
    fields.verify();
  }

  private static Offered none(String code, String detail, List<Sku> skus) {
    return Offered.none(Objection.ofAll(code,
        detail.formatted(skus.stream().map(Sku::value).collect(Collectors.joining(", ")))));
  }

  private Offered quote(String name, Channel channel, DeliveryRequest asked, Cargo cargo, Map<Sku, Product> products,
      Instant ready, String currency) {
    List<Location> open = catalog.locations().stream()
        .filter(it -> it.active() && it.stockPool().equals(channel.stockPool())).toList();
    List<LocationId> likely = sources.of(channel.stockPool(), cargo.items(), asked.destination());
    // What is not there yet may come to any of them.
    List<Situation.Source> from = open.stream().filter(it -> likely.isEmpty() || likely.contains(it.id()))
        .map(this::source).toList();
    if (from.isEmpty()) {
      return Offered.none(Objection.ofAll("no_location", "no location of the channel's pool is open"));
    }
    var situation = new Situation(ready, from, asked.destination(),
        PlaceZone.of(asked.destination().country(), ZoneId.of(channel.timeZone())), currency, cargo.grams(),
        cargo.age(),
        catalog.calendars(), disruptions.known());
    Border border = Border.of(cargo, products, asked.prices(), Destination.of(from.getFirst().location().address()),
        asked.destination(), channel.customs(), currency, ready.atZone(ZoneOffset.UTC).toLocalDate());
    CarrierOffers offers = CarrierOffers.of(carriers, channel, situation, CarrierOffers.parcel(cargo, products),
        border.declaration());
    Offered offered = Quoting.quote(name, channel.shippingMethods(), situation, transit(channel, situation, offers),
        offers,
        asked.wantedBy());
    return offered.across(border);
  }

  /** What our own parcels' scans say, if there were enough; else what the method says, or else the carrier. */
  private BiFunction<ShippingMethod, ShippingMethod.Zone, Optional<Transit>> transit(Channel channel,
      Situation situation, CarrierOffers offers) {
    Map<String, Lane> known = lanes.find(channel.shippingMethods().stream().filter(it -> !it.zones().isEmpty())
        .flatMap(it -> Lane.ways(it, situation).stream()).flatMap(it -> it.to(situation.destination()).stream())
        .distinct().toList());
    return (method, zone) -> Lane.transit(Lane.ways(method, situation), situation.destination(), known)
        .or(() -> zone.minDays() == null
            ? Optional.ofNullable(offers.rates().get(method.code())).map(Rate::days)
                .map(it -> new Transit(it, it, null))
            : Optional.of(new Transit(zone.minDays(), zone.maxDays(), null)));
  }

  private Situation.Source source(Location location) {
    return new Situation.Source(location, location.capacity() == null
        ? 0
        : sources.waiting(location.id(), location.capacity() * MOST_BUSY_DAYS));
  }

  private static Map<String, Object> tree(ChannelId channel, String currency, Instant expiresAt, Offered offered) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("channel", channel.value());
    tree.put("currency", currency);
    tree.put("expires_at", offered.options().isEmpty() ? null : TimeText.of(expiresAt));
    tree.put("duties", offered.duties());
    tree.put("data", offered.options().stream().map(it -> option(it, currency)).toList());
    tree.put("disruptions", offered.disruptions().stream().map(DisruptionView::brief).toList());
    tree.put("problems", offered.problems().stream().map(Objection::toTree).toList());
    return tree;
  }

  private static Map<String, Object> option(DeliveryOption option, String currency) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", option.id().value());
    tree.put("method", option.method());
    tree.put("carrier", option.carrier());
    tree.put("service", option.service());
    tree.put("price", option.price());
    tree.put("currency", currency);
    tree.put("dispatch_on", option.dispatchOn().toString());
    tree.put("earliest_at", TimeText.of(option.earliestAt()));
    tree.put("latest_at", TimeText.of(option.latestAt()));
    tree.put("confidence", option.confidence());
    return tree;
  }
}
