package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.Choreography.ResendPacked;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.platform.*;
import waybill.platform.Sender.NotSent;

/**
 * Every minute sends again what is packed and whose dispatch its order has not approved. It reads at most {@value #MOST} packed
 * fulfillments a minute, which limits its cost; if there are more, each is read within minutes.
 */
public record ResendPackedHandler(Table<Fulfillment> fulfillments, Sender<ResendPacked.Output> sender,
    InstantSource clock, int most, int keysAPage) implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendPackedHandler.class);
  private static final int MOST = 2_000;
  private static final int KEYS_A_PAGE = 1_000;

  public ResendPackedHandler() { this(Ports.ofProcess()); }

  public ResendPackedHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Sender<>(ports), ports.clock(), MOST, KEYS_A_PAGE);
  }

  @Override
  public void run() {
    List<Table.Key> turn = Unanswered.turn(packed(), most, clock.instant());
    Sweep.chunks(turn.stream(), LOG, this::resend);
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
    List<FulfillmentPacked> packed = fulfillments.findAll(keys).stream()
        .filter(it -> Unanswered.is(it, clock.instant()))
        .flatMap(it -> Emissions.ofPacked(it.value()).stream()).toList();
    Map<ResendPacked.Output, NotSent> unsent = sender.trySend(packed);
    packed.stream().filter(it -> !unsent.containsKey(it))
        .forEach(it -> LOG.info("Packing sent again", "order", it.order(), "fulfillment", it.fulfillment(), "location",
            it.location()));
    if (!unsent.isEmpty()) {
      throw new Sweep.Unfinished(unsent.size(), unsent.values().iterator().next());
    }
  }
}
