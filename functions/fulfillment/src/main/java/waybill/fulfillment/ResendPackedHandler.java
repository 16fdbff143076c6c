package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.Choreography.ResendPacked;
import waybill.messages.FulfillmentId;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.platform.Sender.NotSent;

/**
 * Every minute sends again what is packed and whose dispatch its order has not approved, and what its order has not decided to pack
 * again. It reads at most {@value #MOST} packed
 * fulfillments a minute, which limits its cost; if there are more, each is read within minutes. What stays unanswered is sent less and
 * less often.
 */
public record ResendPackedHandler(Table<Fulfillment> fulfillments, Repeats<Waiting> repeats,
    Sender<ResendPacked.Output> sender, InstantSource clock, int most, int keysAPage) implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendPackedHandler.class);
  private static final int MOST = 2_000;
  private static final int KEYS_A_PAGE = 1_000;

  /** A fulfillment as it waits. One that was changed since waits for another answer, and is sent at once. */
  record Waiting(FulfillmentId id, int revision) {
    private static Waiting of(Stored<Fulfillment> it) {
      return new Waiting(it.value().id(), it.revision());
    }
  }

  public ResendPackedHandler() { this(Ports.ofProcess()); }

  public ResendPackedHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Repeats<>(), new Sender<>(ports), ports.clock(), MOST, KEYS_A_PAGE);
  }

  @Override
  public void run() {
    measureOpen(clock.instant());
    List<Table.Key> turn = Unanswered.turn(packed(), most, clock.instant());
    Sweep.chunks(turn.stream(), LOG, this::resend);
  }

  /** Nothing else looks at what waits for a packer. */
  private void measureOpen(Instant now) {
    FulfillmentTable.longestOpen(fulfillments).stream().map(Stored::value)
        .min(Comparator.comparing(Fulfillment::openedAt))
        .ifPresent(it -> LOG.measure(age("OpenFulfillmentAge", it.openedAt(), now), "Longest open", "order",
            it.orderId(), "fulfillment", it.id(), "location", it.locationId()));
  }

  private static Metric age(String name, Instant since, Instant now) {
    return Metric.seconds(name, Duration.between(since, now));
  }

  private List<Table.Key> packed() {
    var keys = new ArrayList<Table.Key>();
    String cursor = null;
    do {
      Page<Table.Key> page = fulfillments.keys(FulfillmentTable.in(Status.PACKED, null), keysAPage, cursor)
          .orElseThrow();
      keys.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null);
    return keys;
  }

  private void resend(List<Table.Key> keys) {
    Instant now = clock.instant();
    List<Stored<Fulfillment>> unanswered = fulfillments.findAll(keys).stream().filter(it -> Unanswered.is(it, now))
        .toList();
    unanswered.stream().min(Comparator.comparing(Stored::updatedAt))
        .ifPresent(it -> LOG.measure(age("UnapprovedPackingAge", it.updatedAt(), now), "Longest packed", "order",
            it.value().orderId(), "fulfillment", it.value().id(), "location", it.value().locationId()));
    var packed = new LinkedHashMap<ResendPacked.Output, Waiting>();
    unanswered.stream().filter(it -> repeats.isTime(Waiting.of(it), now))
        .forEach(it -> Emissions.ofUnanswered(it.value()).forEach(message -> packed.put(message, Waiting.of(it))));
    Map<ResendPacked.Output, NotSent> unsent = sender.trySend(List.copyOf(packed.keySet()));
    packed.keySet().stream().filter(it -> !unsent.containsKey(it)).forEach(it -> {
      repeats.sent(packed.get(it), now);
      LOG.info("Packing sent again", "order", packed.get(it).id().order(), "fulfillment", packed.get(it).id());
    });
    if (!unsent.isEmpty()) {
      throw new Sweep.Unfinished(unsent.size(), unsent.values().iterator().next());
    }
  }
}
