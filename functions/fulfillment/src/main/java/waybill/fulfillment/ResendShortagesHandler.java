package waybill.fulfillment;

import module java.base;
import waybill.catalog.Catalog;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.Choreography.ResendShortages;
import waybill.messages.FulfillmentMessages.LocationClosed;
import waybill.messages.FulfillmentMessages.ShortageDue;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.platform.Sender.NotSent;

/**
 * Every minute sends again what packers did not find and nobody has planned elsewhere, and what they found of other lots; it asks to look again for what no location had,
 * and to plan elsewhere what waits for a packer at a closed location. What stays so is sent less and less often.
 */
public record ResendShortagesHandler(Table<Fulfillment> fulfillments, Table<ShortageReport> reports,
    Table<LotSwap> swaps,
    Catalog catalog, Repeats<String> repeats, Sender<ResendShortages.Output> sender, InstantSource clock, int most)
    implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendShortagesHandler.class);
  private static final int MOST = 2_000;
  private static final int KEYS_A_PAGE = 1_000;
  private static final Duration PLANNED_WITHIN = Duration.ofMinutes(1);

  public ResendShortagesHandler() { this(Ports.ofProcess()); }

  public ResendShortagesHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), Shortages.reports(ports), LotSwaps.swaps(ports), new Catalog(ports),
        new Repeats<>(),
        new Sender<>(ports), ports.clock(), MOST);
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    List<Table.Key> reported = Unanswered.turn(keys(reports, Shortages.reported()), most, now);
    List<Table.Key> lacking = Unanswered.turn(keys(fulfillments, FulfillmentTable.in(Status.SHORT, null)), most, now);
    List<Table.Key> closed = Unanswered.turn(openAtClosed(), most, now);
    List<Table.Key> swapping = Unanswered.turn(keys(swaps, LotSwaps.undecided()), most, now);
    Sweep.chunks(Stream.of(reported, swapping, lacking, closed).flatMap(List::stream), LOG, it -> resend(it, now));
  }

  private List<Table.Key> openAtClosed() {
    return catalog.locations().stream().filter(it -> !it.active())
        .flatMap(it -> keys(fulfillments, FulfillmentTable.in(Status.OPEN, it.id())).stream()).toList();
  }

  private static List<Table.Key> keys(Table<?> table, Table.Listing listing) {
    var keys = new ArrayList<Table.Key>();
    String cursor = null;
    do {
      Page<Table.Key> page = table.keys(listing, KEYS_A_PAGE, cursor).orElseThrow();
      keys.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null);
    return keys;
  }

  private void resend(List<Table.Key> keys, Instant now) {
    var messages = new LinkedHashMap<ResendShortages.Output, String>();
    reports.findAll(keys.stream().filter(it -> it.sk().startsWith("sho_")).toList()).stream().map(Stored::value)
        .filter(it -> !it.at().plus(PLANNED_WITHIN).isAfter(now) && repeats.isTime(it.id().value(), now))
        .forEach(it -> Emissions.of(it).forEach(message -> messages.put(message, it.id().value())));
    swaps.findAll(keys.stream().filter(it -> it.sk().startsWith("swp_")).toList()).stream().map(Stored::value)
        .filter(it -> !it.at().plus(PLANNED_WITHIN).isAfter(now) && repeats.isTime(it.id().value(), now))
        .forEach(it -> Emissions.of(it).forEach(message -> messages.put(message, it.id().value())));
    List<Fulfillment> found = fulfillments.findAll(keys.stream().filter(it -> it.sk().startsWith("ful_")).toList())
        .stream().map(Stored::value).toList();
    // Only what is at a closed location is read while it is open.
    found.stream().filter(it -> it.status() == Status.OPEN && repeats.isTime(it.id().value(), now))
        .forEach(it -> messages.put(new LocationClosed(it.orderId(), it.id()), it.id().value()));
    List<Fulfillment> lacking = found.stream().filter(it -> it.status() == Status.SHORT).toList();
    lacking.stream().min(Comparator.comparing(Fulfillment::openedAt))
        .ifPresent(it -> LOG.measure(Metric.seconds("ShortUnitsAge", Duration.between(it.openedAt(), now)),
            "Longest short", "order", it.orderId(), "fulfillment", it.id()));
    lacking.stream().filter(it -> repeats.isTime(it.id().value(), now))
        .forEach(it -> messages.put(new ShortageDue(it.orderId(), it.id()), it.id().value()));
    Map<ResendShortages.Output, NotSent> unsent = sender.trySend(messages.keySet());
    messages.forEach((message, id) -> {
      if (!unsent.containsKey(message)) {
        repeats.sent(id, now);
      }
    });
    LOG.info("Shortages sent again", "messages", messages.size() - unsent.size());
    if (!unsent.isEmpty()) {
      throw new Sweep.Unfinished(unsent.size(), unsent.values().iterator().next());
    }
  }
}
