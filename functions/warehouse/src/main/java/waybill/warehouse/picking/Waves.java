package waybill.warehouse.picking;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.fulfillment.Fulfillments;
import waybill.fulfillment.Fulfillments.Waiting;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.orders.OrderContent;
import waybill.orders.Orders;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.warehouse.Bin;
import waybill.warehouse.BinStock;
import waybill.warehouse.Replenishment;
import waybill.warehouse.Replenishments;
import waybill.warehouse.Replenishments.Proposed;
import waybill.warehouse.picking.Batching.Batch;
import waybill.warehouse.picking.Batching.Batches;
import waybill.warehouse.picking.Release.Left;
import waybill.warehouse.picking.Release.Reason;
import waybill.warehouse.picking.WavePlan.Channel;
import waybill.warehouse.picking.WavePlan.Wave;

/**
 * Releases what waits at a location to be picked: each order is in one round, and what it needs is promised to that round in the transaction that writes
 * it. What pick faces lack is proposed before, and held in the reserve. A request that was cut off goes on with the orders that are in no round yet.
 */
final class Waves {
  /** Orders that one request looks at and takes. */
  private static final int MOST_ORDERS = 200;
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 30;

  private final DynamoDbClient dynamo;
  private final Table<Round> rounds;
  private final Table<PickedOrder> picked;
  private final Table<Release> releases;
  private final Shelves shelves;
  private final BinStock stock;
  private final Replenishments replenishments;
  private final Fulfillments fulfillments;
  private final Orders orders;
  private final Catalog catalog;
  private final InstantSource clock;

  Waves(Ports ports) {
    this.dynamo = ports.dynamo();
    this.rounds = PickingTable.rounds(ports);
    this.picked = PickingTable.picked(ports);
    this.releases = PickingTable.releases(ports);
    this.shelves = new Shelves(ports);
    this.stock = new BinStock(ports);
    this.replenishments = new Replenishments(ports);
    this.fulfillments = new Fulfillments(ports);
    this.orders = new Orders(ports);
    this.catalog = new Catalog(ports);
    this.clock = ports.clock();
  }

  Optional<Stored<Release>> find(String wave) {
    return releases.find(Release.key(wave));
  }

  /** What would be released now; nothing is written. */
  Release planned(String key, WaveForm form, Location location) {
    String wave = RoundId.of(form.locationId(), key, 1).wave();
    List<Bin> bins = stock.bins(form.locationId());
    Plan plan = plan(form, List.of(), key, bins, replenishments.propose(form.locationId(), bins, true));
    return release(wave, form, location, plan, plan.rounds);
  }

  /** Once a key; refused if it was used for another request. */
  Outcome<Stored<Release>> release(String key, WaveForm form, Location location) {
    String wave = RoundId.of(form.locationId(), key, 1).wave();
    var backoff = new Backoff();
    do {
      Optional<Stored<Release>> known = find(wave);
      if (known.isPresent()) {
        return known.get().value().asked().equals(form)
            ? Outcome.of(known.get())
            : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
                "this Idempotency-Key released other waves").outcome();
      }
      List<Round> before = rounds.findAll(wave, "round#").stream().map(Stored::value).toList();
      List<Bin> bins = stock.bins(form.locationId());
      Plan plan = plan(form, before, key, bins, replenishments.propose(form.locationId(), bins, false));
      if (plan.rounds.stream().allMatch(this::write)) {
        var all = new ArrayList<Round>(before);
        all.addAll(plan.rounds);
        Optional<Stored<Release>> released = releases.inserted(release(wave, form, location, plan, all));
        if (released.isPresent()) {
          return Outcome.of(released.get());
        }
      }
    } while (backoff.again());
    throw new Table.Contended(wave);
  }

  /** @return false if one of its orders, or of the units it needs, is somebody else's by now */
  private boolean write(Round round) {
    Shelves.Promises promises = shelves.promises(round.locationId());
    round.picks().forEach(it -> promises.add(it, it.quantity()));
    if (!promises.areKept()) {
      return false;
    }
    var writes = new ArrayList<TransactWriteItem>(List.of(rounds.insertion(round)));
    round.orders().forEach(it -> writes.add(picked.insertion(new PickedOrder(it.fulfillment(), round.id()))));
    writes.addAll(promises.writes());
    return Table.writeAll(dynamo, writes);
  }

  /** What is to be done. */
  private record Plan(List<Wave> waves, List<Round> rounds, List<Left> left, List<Replenishment> replenishments) {}

  /** @param brought what comes into pick faces, and so is not picked where it lies */
  private Plan plan(WaveForm form, List<Round> before, String key, List<Bin> bins, Proposed brought) {
    var layout = new Layout(bins);
    var sources = new Sources(layout, sku -> Sources.lying(stock, form.locationId(), sku));
    Set<Sku> replenishing = brought.all().stream().map(Replenishment::sku).collect(Collectors.toSet());
    brought.planned().forEach(sources::hold);
    List<Waiting> waiting = waiting(form);
    Map<OrderId, OrderContent> contents = orders.contents(waiting.stream().map(it -> it.id().order()).distinct()
        .toList());
    Map<Sku, Product> products = catalog.products(waiting.stream().flatMap(it -> it.lines().stream())
        .map(LineQuantity::sku).distinct().toList());
    var left = new ArrayList<Left>();
    var picks = new LinkedHashMap<FulfillmentId, List<Pick>>();
    var asked = new ArrayList<WavePlan.Waiting>();
    before.forEach(round -> asked.addAll(released(round)));
    for (Waiting it : waiting) {
      Optional<WaveForm.Collection> collection = form.collection(method(contents.get(it.id().order())));
      List<Pick> needed = collection.isEmpty() ? List.of() : picks(it, products, sources);
      Optional<Reason> reason = reason(collection, needed, it, replenishing);
      if (reason.isPresent()) {
        sources.forget(needed);
        left.add(new Left(it.id(), reason.get()));
      } else {
        picks.put(it.id(), needed);
        asked.add(new WavePlan.Waiting(it.id(), collection.get().carrier(), collection.get().cutOffAt(),
            collection.get().priority(), it.openedAt(), needed.size()));
      }
    }
    List<Wave> waves = WavePlan.of(asked, form.crew(), clock.instant());
    var made = new ArrayList<Round>();
    for (Wave wave : waves) {
      Batches batches = Batching.of(form.devices(),
          wave.orders().stream().filter(it -> picks.containsKey(it.fulfillment()))
              .map(it -> load(it.fulfillment(), picks.get(it.fulfillment()), products)).toList(),
          form.maximumLines());
      batches.unplaced().forEach(it -> left.add(new Left(it, Reason.ON_NO_DEVICE)));
      for (Batch batch : batches.batches()) {
        made.add(round(RoundId.of(form.locationId(), key, before.size() + made.size() + 1), form, wave.channel(),
            batch, layout.walked(batch.loads().stream().flatMap(it -> picks.get(it.fulfillment()).stream()).toList())));
      }
    }
    return new Plan(waves, made, left, brought.all());
  }

  /** Orders of a round that the same request has written before it was cut off. */
  private static List<WavePlan.Waiting> released(Round round) {
    return round.orders().stream().map(Round.Order::fulfillment)
        .map(it -> new WavePlan.Waiting(it, round.carrier(), round.cutOff(), round.priority(), Instant.EPOCH,
            (int) round.picks().stream().filter(pick -> pick.fulfillment().equals(it)).count()))
        .toList();
  }

  private static Round round(RoundId id, WaveForm form, Channel channel, Batch batch, List<Pick> picks) {
    return new Round(id, form.locationId(), channel.carrier(), channel.cutOff(), channel.priority(),
        batch.device().id(), null, null,
        batch.loads().stream().map(it -> new Round.Order(it.fulfillment(), List.of(), false)).toList(), picks, null,
        false, 0, null, List.of());
  }

  private static Optional<Reason> reason(Optional<WaveForm.Collection> collection, List<Pick> needed, Waiting waiting,
      Set<Sku> replenishing) {
    if (collection.isEmpty()) {
      return Optional.of(Reason.NO_COLLECTION);
    }
    int wanted = waiting.lines().stream().mapToInt(LineQuantity::quantity).sum();
    if (Pick.units(needed) < wanted) {
      return Optional.of(waiting.lines().stream().filter(it -> isLacking(it, needed)).map(LineQuantity::sku)
          .allMatch(replenishing::contains)
              ? Reason.REPLENISHING
              : Reason.NOT_IN_BINS);
    }
    return needed.size() > WaveForm.MOST_LINES ? Optional.of(Reason.TOO_MANY_LINES) : Optional.empty();
  }

  private static boolean isLacking(LineQuantity line, List<Pick> needed) {
    return Pick.units(needed.stream().filter(it -> it.line().equals(line.lineId())).toList()) < line.quantity();
  }

  /** What is open and in no round. */
  private List<Waiting> waiting(WaveForm form) {
    var waiting = new ArrayList<Waiting>();
    String cursor = null;
    for (int page = 0; page < MOST_PAGES && waiting.size() < MOST_ORDERS; page++) {
      Page<Waiting> open = fulfillments.open(form.locationId(), PAGE, cursor);
      Set<FulfillmentId> in = picked.findAll(open.data().stream().map(it -> PickedOrder.key(it.id())).toList()).stream()
          .map(it -> it.value().fulfillment()).collect(Collectors.toSet());
      open.data().stream().filter(it -> !in.contains(it.id())).limit(MOST_ORDERS - waiting.size())
          .forEach(waiting::add);
      cursor = open.nextCursor();
      if (cursor == null) {
        break;
      }
    }
    return waiting;
  }

  private static String method(OrderContent content) {
    return content == null || content.form().shipping() == null ? null : content.form().shipping().method();
  }

  /** As many as the bins have. */
  private static List<Pick> picks(Waiting waiting, Map<Sku, Product> products, Sources sources) {
    var picks = new ArrayList<Pick>();
    for (LineQuantity line : waiting.lines()) {
      Product product = products.get(line.sku());
      var wanted = new Pick(null, null, null, line.sku(), product == null ? null : product.name(),
          product == null ? null : product.gtin(), null, null, waiting.id(), line.lineId(), line.quantity(), 0);
      lots(waiting, line).forEach((lot, units) -> picks.addAll(sources.pick(wanted, lot, units, Set.of())));
    }
    return picks;
  }

  /** How many units of a line come from which lot; all from none if the product is not tracked by lots. */
  private static Map<LotNumber, Integer> lots(Waiting waiting, LineQuantity line) {
    var lots = new LinkedHashMap<LotNumber, Integer>();
    waiting.lots().stream().filter(it -> it.lineId().equals(line.lineId()))
        .forEach((LotQuantity it) -> lots.merge(it.lot(), it.quantity(), Integer::sum));
    if (lots.isEmpty()) {
      lots.put(null, line.quantity());
    }
    return lots;
  }

  private static Load load(FulfillmentId id, List<Pick> picks, Map<Sku, Product> products) {
    long grams = 0;
    long cm3 = 0;
    for (Pick pick : picks) {
      Product product = products.get(pick.sku());
      if (product != null) {
        grams += (long) pick.quantity() * product.weightGrams();
        cm3 += pick.quantity()
            * Math.ceilDiv((long) product.lengthMm() * product.widthMm() * product.heightMm(), 1_000L);
      }
    }
    return new Load(id, picks.size(), (int) Math.min(grams, Integer.MAX_VALUE), (int) Math.min(cm3, Integer.MAX_VALUE));
  }

  private static Release release(String wave, WaveForm form, Location location, Plan plan, List<Round> rounds) {
    Map<Channel, List<Round>> byChannel = new HashMap<>(rounds.stream()
        .collect(Collectors.groupingBy(it -> new Channel(it.carrier(), it.cutOff(), it.priority()))));
    return new Release(wave, form, form.locationId(),
        plan.waves.stream().map(it -> shown(it, location, byChannel.getOrDefault(it.channel(), List.of()))).toList(),
        plan.left, plan.replenishments);
  }

  private static Release.Wave shown(Wave it, Location location, List<Round> rounds) {
    String warning = it.warning(time(it.channel().cutOff(), location));
    return new Release.Wave(it.channel().carrier(), it.channel().cutOff(), it.channel().priority(), it.starts(),
        it.lines(), it.fits(), it.needs().toMinutes(), it.late(), warning.isEmpty() ? null : warning,
        rounds.stream().map(Release.Work::of).toList());
  }

  private static String time(Instant time, Location location) {
    return DateTimeFormatter.ofPattern("HH:mm").format(time.atZone(ZoneId.of(location.timeZone())));
  }
}
