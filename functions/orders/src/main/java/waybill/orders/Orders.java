package waybill.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.DeliveryOption;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.ReturnMessages.RefundedUnits;
import waybill.messages.Sku;
import waybill.platform.DueList;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Found;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listed;
import waybill.platform.Table.Listing;
import waybill.platform.TimeKey;

/**
 * The orders. What was ordered, what deciding about it takes, and each of its parcels are items under the order's id. Other
 * capabilities read what was ordered and a summary here, and write nothing.
 */
public final class Orders {
  static final String TABLE = "ORDERS_TABLE";
  private static final String CONTENT = "content";
  private static final String STATE = "state";
  private static final String BY_CUSTOMER = "by_customer";
  private static final String BY_HOLD = "by_hold";
  /** Every order is in it for a while. */
  private static final DueList DUE = new DueList("by_due", "due", 8);
  private static final int MOST_DUE_AT_ONCE = 20_000;

  private final InstantSource clock;
  private final Table<OrderContent> contents;
  private final Table<OrderState> states;
  private final Table<OrderDelivery> deliveries;
  private final OrderParcels parcels;
  private final OrderReports reports;
  private final Mergers mergers;
  private final OrderCommands commands;
  private final OrderRemarks remarks;
  private final Table<Replacements> replacements;

  /**
   * An order, whole.
   *
   * @param delivery what its checkout was offered; empty if the order names nothing of that
   * @param replacements the orders that send its units again
   */
  record Order(OrderContent content, OrderProgress progress, Optional<OrderDelivery> delivery,
      Replacements replacements) {}

  /**
   * What others may know of an order that was placed.
   *
   * @param expected when what has not come yet comes; null if nothing was promised, all of it has come, or nobody knows any more
   * @param compensated what was sent again or refunded for what went wrong with it; a unit may be in two if one cause asked for both
   */
  public record Placed(OrderContent content, OrderSummary summary, Expected expected, List<Compensated> compensated) {
    public Placed(OrderContent content, OrderSummary summary, Expected expected) {
      this(content, summary, expected, List.of());
    }
  }

  /** Units that are sent again, or refunded for what went wrong with them. @param cause what asked for it */
  public record Compensated(String cause, List<LineQuantity> lines) {}

  /**
   * When what was promised comes.
   *
   * @param earliestAt the beginning of the first day
   * @param latestAt the end of the last
   * @param moved whether something has moved it since it was offered
   */
  public record Expected(Instant earliestAt, Instant latestAt, boolean moved) {}

  public Orders(Ports ports) {
    this.clock = ports.clock();
    this.contents = new Table<>(ports, TABLE, OrderContent.class, it -> contentKey(it.id()), Orders::indexes);
    this.states = new Table<>(ports, TABLE, OrderState.class, it -> stateKey(it.id()), Orders::indexes);
    this.deliveries = new Table<>(ports, TABLE, OrderDelivery.class, OrderDelivery::key);
    this.parcels = new OrderParcels(ports, states);
    this.reports = new OrderReports(ports, states);
    this.mergers = new Mergers(ports, states, contents, parcels);
    this.commands = new OrderCommands(ports, states, contents, mergers);
    this.remarks = new OrderRemarks(ports);
    this.replacements = new Table<>(ports, TABLE, Replacements.class, it -> Replacements.key(it.order()));
  }

  static Key contentKey(OrderId id) {
    return new Key(id.value(), CONTENT);
  }

  static Key stateKey(OrderId id) {
    return new Key(id.value(), STATE);
  }

  private static Map<String, String> indexes(OrderContent content) {
    String customer = content.form().customer().id();
    return customer == null
        ? Map.of()
        : Map.of(BY_CUSTOMER, key(new Access.Customer(content.form().channel(), customer)), BY_CUSTOMER + "_range",
            TimeKey.of(content.acceptedAt()));
  }

  private static Map<String, String> indexes(OrderState state) {
    var indexes = new HashMap<String, String>();
    if (state.due() != null) {
      indexes.putAll(DUE.entry(state.id(), state.due()));
    }
    if (!state.holds().isEmpty()) {
      Hold first = state.holds().getFirst();
      indexes.put(BY_HOLD, first.reason().text());
      indexes.put(BY_HOLD + "_range", TimeKey.of(first.createdAt()));
    }
    return indexes;
  }

  /** The order as others may know it; empty if none was placed under this id. */
  public Optional<Placed> placed(OrderId id) {
    return find(id).map(this::others);
  }

  private Placed others(Order order) {
    OrderContent now = lines(order.content(), order.progress().state()).now();
    return new Placed(now, OrderSummary.of(order.progress()), order.delivery()
        .flatMap(it -> DeliveryPromise.expected(DeliveryPromise.of(now, order.progress(), it.option()))).orElse(null),
        order.replacements().compensated().toList());
  }

  /** The order whose tracking page this token opens. For a wrong one no more is read than where there is no such order. */
  public Optional<Placed> tracked(String token) {
    return TrackingUrl.order(token).flatMap(id -> find(id, it -> it.trackingUrl().isOpenedBy(token)))
        .map(this::others);
  }

  /** How far the order has come, without what was ordered and by whom; empty if none was placed under this id. */
  public Optional<OrderSummary> summary(OrderId id) {
    return progress(List.of(id)).stream().findFirst().map(OrderSummary::of);
  }

  /** Whether nothing of this fulfillment may be packed: people hold it, or its order's money is in doubt. */
  public boolean isStopped(FulfillmentId fulfillment) {
    return states.find(stateKey(fulfillment.order())).map(Stored::value)
        .filter(it -> !it.isCancelled() && it.isStopped(fulfillment)).isPresent();
  }

  /** Why parcels of this fulfillment leave as they are packed: one has its label, or may have. Empty if they need not. */
  public Optional<Refused> leaving(FulfillmentId fulfillment) {
    return progress(List.of(fulfillment.order())).stream().findFirst().flatMap(it -> it.leaving(fulfillment));
  }

  /** The revisions that the API shows of those that were placed. */
  public Map<OrderId, Integer> revisions(List<OrderId> ids) {
    return progress(ids).stream().collect(Collectors.toMap(it -> it.state().id(), OrderProgress::revision));
  }

  /**
   * What a fulfillment is packed together with, as its order leaves in one parcel with another one.
   *
   * @param leads whether the label of this one's parcel carries both
   * @param parcels those of the other that have their label, with its carrier and number; what is to share one names it
   * @param left whether all of them have left already: then this one is packed for itself
   */
  public record Together(FulfillmentId fulfillment, boolean leads, List<Parcel> parcels, boolean left) {

    public Role role() {
      return Role.of(leads);
    }
  }

  /** What an order is in a merger of two: the label of the lead's parcel carries both. */
  public enum Role {
    LEAD, COMPANION;

    static Role of(boolean leads) {
      return leads ? LEAD : COMPANION;
    }
  }

  /** What each of these is packed together with; nothing of those that are packed for themselves. */
  public Map<FulfillmentId, Together> together(List<FulfillmentId> fulfillments) {
    return mergers.together(fulfillments);
  }

  /**
   * What buying a label takes to know of an order.
   *
   * @param address where it goes, as it is now; null if nothing ships
   * @param method the channel's shipping method, as it is now; null if the order names none
   * @param chosen what its checkout was offered, as long as it still goes by that method; null if it names nothing of that
   */
  public record Shipping(ChannelId channel, boolean livemode, Address address, String method, DeliveryOption chosen) {}

  /** Empty if no such order was placed. */
  public Optional<Shipping> shipping(OrderId id) {
    return content(id).map(it -> new Shipping(it.form().channel(), it.livemode(), it.form().shippingAddress(),
        it.method(), chosen(it)));
  }

  /** What its goods were sold for, as its lines are now; empty if no such order was placed. */
  public Optional<Sale> sale(OrderId id) {
    return content(id).flatMap(content -> states.find(stateKey(id))
        .map(state -> Sale.of(lines(content, state.value()).now())));
  }

  /** What those of its lines are packed out of that order kits. */
  public List<Kit> kits(OrderId id) {
    return content(id).map(OrderContent::kits).orElse(List.of());
  }

  private DeliveryOption chosen(OrderContent content) {
    return Optional.ofNullable(content.form().deliveryOptionId())
        .flatMap(it -> deliveries.find(OrderDelivery.key(content.id(), it.value()))).map(it -> it.value().option())
        .filter(it -> it.method().equals(content.method())).orElse(null);
  }

  /** What is in a parcel, and what its order sold that for. */
  public record ParcelWorth(List<LineQuantity> lines, Money worth) {}

  /** Empty if no such parcel is packed. */
  public Optional<ParcelWorth> worth(ParcelId id) {
    return find(id.order()).flatMap(order -> order.progress().packed().map(OrderParcel::parcel)
        .filter(it -> it.id().equals(id)).findFirst()
        .map(parcel -> new ParcelWorth(parcel.lines(), worth(order, parcel.lines()))));
  }

  private Money worth(Order order, List<LineQuantity> units) {
    var all = new TakenUnits(lines(order.content(), order.progress().state()), List.of());
    return new Money(units.stream().mapToLong(it -> all.next(it.lineId(), it.quantity()).amount()).sum(),
        order.content().form().currency());
  }

  /** What the order sold these units for, as they are packed; empty if no such order was placed. */
  public Optional<Money> worth(OrderId id, List<LineQuantity> units) {
    return find(id).map(it -> worth(it, units));
  }

  /** Whether an order's customer is to have its links and keys. */
  public enum Standing {
    /** Not yet, or not at the moment; what was given stays. */
    OPEN,
    /** It is paid, and nothing holds it. */
    RELEASED,
    /** It is cancelled, or its money is gone: what was given is revoked. */
    ENDED
  }

  /**
   * What an order's customer is to be given as links and keys.
   *
   * @param revision of what decides that; reports of what was given do not raise it
   */
  public record Granted(OrderId order, int revision, Standing standing, List<GrantedLine> lines) {}

  /** So many units of a line, without what was refunded. @param ordered how many there were when it was placed */
  public record GrantedLine(LineId line, Sku sku, int ordered, int units) {}

  /** Empty if no such order was placed. */
  public Optional<Granted> granted(OrderId id) {
    return find(id).map(it -> Granting.of(it, commands(it)));
  }

  /** The order; empty if none was placed under this id. */
  Optional<Order> find(OrderId id) {
    Found found = states.findTogether(List.of(stateKey(id), contentKey(id)));
    return states.in(found, stateKey(id)).filter(it -> it.value().placed()).flatMap(
        state -> contents.in(found, contentKey(id)).map(it -> whole(it.value(), state)));
  }

  /** The order, if it may be seen; else no more is read than if there is none, so that the time it takes reveals nothing. */
  Optional<Order> find(OrderId id, Predicate<OrderContent> visible) {
    return contents.findAll(List.of(contentKey(id))).stream().findFirst().filter(it -> visible.test(it.value()))
        .flatMap(content -> progress(List.of(id)).stream().findFirst()
            .map(it -> whole(content.value(), it)));
  }

  /** An order whose state was just read or written. */
  Order whole(OrderContent content, Stored<OrderState> state) {
    return whole(content, progress(state));
  }

  private Order whole(OrderContent content, OrderProgress progress) {
    return new Order(content, progress, delivery(content), replacements(progress));
  }

  /** The orders that send its units again. Only if something has left of it is anything read. */
  private Replacements replacements(OrderProgress progress) {
    OrderId id = progress.state().id();
    return progress.packed().noneMatch(OrderParcel::isShipped)
        ? Replacements.none(id)
        : replacements.findAll(List.of(Replacements.key(id))).stream().findFirst().map(Stored::value)
            .orElseGet(() -> Replacements.none(id));
  }

  /** Units of an order are to be sent again. Of two requests at once for the same units, one is refused. */
  Outcome<Replacements> replace(Order order, ReplacementAsked asked) {
    return replacements.decide(Replacements.key(asked.order()), OptionalInt.empty(),
        found -> found.orElseGet(() -> Replacements.none(asked.order())).with(asked,
            order.progress().packed().toList()))
        .map(Stored::value);
  }

  /** Why units cannot be sent again; empty if they can, as far as is known now. */
  public Optional<Refused> refusal(ReplacementAsked asked) {
    return find(asked.order()).map(order -> replacements.find(Replacements.key(asked.order())).map(Stored::value)
        .orElseGet(() -> Replacements.none(asked.order())).with(asked, order.progress().packed().toList()))
        .flatMap(it -> it instanceof Outcome.Declined<Replacements>(Refused refused)
            ? Optional.of(refused)
            : Optional.empty());
  }

  /** Units of an order are to be refunded whole. Of that and a replacement of them at once, one is refused. */
  Outcome<Replacements> repay(Order order, RefundAsked asked) {
    return replacements.decide(Replacements.key(asked.order()), OptionalInt.empty(),
        found -> found.orElseGet(() -> Replacements.none(asked.order())).repaying(asked,
            order.progress().packed().toList()))
        .map(Stored::value);
  }

  /** Units that came back are to be refunded. Of that and a replacement of them at once, one is refused. */
  Replacements returned(Order order, String cause, List<RefundedUnits> units) {
    OrderId id = order.content().id();
    return replacements.change(Replacements.key(id), found -> found.orElseGet(() -> Replacements.none(id))
        .returning(cause, units, order.progress().packed().toList())).value();
  }

  /** The order has refused to refund them. */
  void unpaid(RefundAsked asked) {
    replacements.change(Replacements.key(asked.order()), found -> found.orElseThrow().without(asked));
  }

  /** Why units cannot be refunded, with the maximum; empty if they can, as far as is known now. */
  public Optional<Refused> refusal(RefundAsked asked) {
    Outcome<Refunding.Granted> dry = find(asked.order()).map(order -> Replacing.paidElsewhere(order.content())
        .<Outcome<Replacements>>map(Refused::outcome)
        .orElseGet(() -> order.replacements().repaying(asked, order.progress().packed().toList()))
        .then(_ -> Refunding.of(order.content(), order.progress().state(), commands.find(asked.order()), asked.cause(),
            clock.instant()).grant(GrantedRefunds.form(asked))))
        .orElseGet(() -> Refused.absent("order").outcome());
    return dry instanceof Outcome.Declined<Refunding.Granted>(Refused refused)
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** What the checkout was offered that the order has chosen; only then is anything read. */
  private Optional<OrderDelivery> delivery(OrderContent content) {
    return Optional.ofNullable(content.form().deliveryOptionId())
        .flatMap(it -> deliveries.findAll(List.of(OrderDelivery.key(content.id(), it.value()))).stream().findFirst())
        .map(Stored::value);
  }

  Optional<OrderContent> content(OrderId id) {
    return stored(id).map(Stored::value);
  }

  /** What was ordered, with its revision, to correct it by. */
  Optional<Stored<OrderContent>> stored(OrderId id) {
    return contents.find(contentKey(id));
  }

  /** How far those that were placed have come, in this order. */
  List<OrderProgress> progress(List<OrderId> ids) {
    List<Stored<OrderState>> placed = states.findAll(ids.stream().map(Orders::stateKey).toList()).stream()
        .filter(it -> it.value().placed()).toList();
    Map<OrderId, List<Stored<OrderParcel>>> found = parcels
        .find(placed.stream().flatMap(it -> it.value().packing().parcelIds().stream()).toList()).stream()
        .collect(Collectors.groupingBy(it -> it.value().parcel().id().order()));
    Map<OrderId, Stored<OrderGrants>> grants = reports
        .find(placed.stream().map(Stored::value).filter(it -> it.unitsToGrant() > 0).map(OrderState::id).toList())
        .stream().collect(Collectors.toMap(it -> it.value().order(), it -> it));
    Map<OrderId, Stored<OrderPromises>> promises = reports
        .findPromises(placed.stream().map(Stored::value).filter(OrderState::isBackordered).map(OrderState::id).toList())
        .stream().collect(Collectors.toMap(it -> it.value().order(), it -> it));
    Map<OrderId, MergedOrder> merged = mergers.of(placed.stream().map(Stored::value).toList());
    return placed.stream().map(it -> new OrderProgress(it, found.getOrDefault(it.value().id(), List.of()),
        Optional.ofNullable(grants.get(it.value().id())), Optional.ofNullable(promises.get(it.value().id())),
        Optional.ofNullable(merged.get(it.value().id()))))
        .toList();
  }

  /** How far an order has come whose state was just read or written. */
  OrderProgress progress(Stored<OrderState> state) {
    return new OrderProgress(state, parcels.find(state.value().packing().parcelIds()), grants(state.value()),
        promises(state.value()), merged(state.value()));
  }

  /** What was last reported of its digital lines; empty if it has none, or nothing was. */
  Optional<Stored<OrderGrants>> grants(OrderState state) {
    return state.unitsToGrant() == 0
        ? Optional.empty()
        : reports.find(List.of(state.id())).stream().findFirst();
  }

  /** When the units come that are not there yet, as it was last reported; empty if none is waited for. */
  Optional<Stored<OrderPromises>> promises(OrderState state) {
    return state.isBackordered() ? reports.findPromises(List.of(state.id())).stream().findFirst() : Optional.empty();
  }

  OrderReports reports() {
    return reports;
  }

  /** The order that this one leaves with in one parcel, or was to; empty if it was merged with none. */
  Optional<MergedOrder> merged(OrderState state) {
    return Optional.ofNullable(mergers.of(List.of(state)).get(state.id()));
  }

  /** What deciding about an order takes, or the stub of one. */
  Optional<Stored<OrderState>> state(OrderId id) {
    return states.find(stateKey(id));
  }

  /** What was done to an order's money and lines, read only if its state says that something was. */
  List<OrderCommand> commands(Order order) {
    OrderState state = order.progress().state();
    return state.money().isAdjusted() || state.changes().number() > 0 || order.content().isCorrected()
        || state.unitsToGrant() > 0 // what was free is taken back without any money
        || !order.replacements().all().isEmpty() // what came back may have paid for it, and no money moved
            ? commands.find(order.content().id())
            : List.of();
  }

  /** An order's lines as they are now. Only lines that were added take a read. */
  OrderLines lines(OrderContent placed, OrderState state) {
    boolean added = state.changes().lines().stream().anyMatch(it -> placed.place(it.lineId()) < 0);
    return OrderLines.of(placed, state.changes(), added ? commands.find(placed.id()) : List.of());
  }

  /** What operators have put beside an order. @param forOperator whether that is shown */
  Remarks remarks(OrderId id, boolean forOperator) {
    return forOperator ? remarks.find(id) : Remarks.HIDDEN;
  }

  OrderRemarks remarks() {
    return remarks;
  }

  /** What an order's own items say of its past, in no order; empty if no such order was placed. */
  public Optional<List<HistoryEntry>> history(OrderId id) {
    return find(id)
        .map(it -> OrderHistory.of(it.content(), it.progress(), commands.find(id), remarks.find(id)));
  }

  /** The tags that these orders have now. */
  public Map<OrderId, List<String>> tags(Collection<OrderContent> orders) {
    Map<OrderId, List<String>> given = remarks.tags(orders.stream().map(OrderContent::id).toList());
    return orders.stream()
        .collect(Collectors.toMap(OrderContent::id, it -> given.getOrDefault(it.id(), it.form().tags())));
  }

  OrderCommands commands() {
    return commands;
  }

  OrderParcels parcels() {
    return parcels;
  }

  /**
   * What was ordered under an id, and its state.
   *
   * @param isNew whether the state was made just now
   */
  record Ordered(OrderContent content, Stored<OrderState> state, boolean isNew) {}

  /**
   * Writes an order that is placed. What was ordered stands with the first write, and a request that finds it without its state, after
   * a crash between the two, writes the state from it: two requests at once, or one after the other, end the same.
   *
   * @param chosen what its checkout was offered; it stands before the order does
   * @return what was ordered before under its id, this or another, if something was
   */
  Ordered place(OrderContent content, Optional<DeliveryOption> chosen) {
    chosen.map(it -> new OrderDelivery(content.id(), it)).ifPresent(deliveries::insert);
    return complete(contents.insert(content) ? content : content(content.id()).orElseThrow());
  }

  /** What was ordered before under this id, with its state, which is written if it is missing. */
  Optional<Ordered> placedBefore(OrderId id) {
    return content(id).map(this::complete);
  }

  private Ordered complete(OrderContent stands) {
    Optional<Stored<OrderState>> first = states.inserted(joined(Optional.empty(), stands));
    if (first.isPresent()) {
      return new Ordered(stands, first.get(), true);
    }
    // It is there, or news came before it.
    boolean[] made = new boolean[1];
    Stored<OrderState> state = states.change(stateKey(stands.id()), current -> {
      made[0] = current.filter(OrderState::placed).isEmpty();
      return made[0] ? joined(current, stands) : current.get();
    });
    return new Ordered(stands, state, made[0]);
  }

  private OrderState joined(Optional<OrderState> stub, OrderContent content) {
    return stub.orElseGet(() -> OrderState.stub(content.id())).join(content, clock.instant());
  }

  /** Moves an order, or the stub of one, by its rule. */
  Stored<OrderState> change(OrderId id, Function<Optional<OrderState>, OrderState> rule) {
    return states.change(stateKey(id), rule);
  }

  /** @param ifMatch the revision that the change is based on */
  Outcome<Stored<OrderState>> decide(OrderId id, OptionalInt ifMatch,
      Function<Optional<OrderState>, Outcome<OrderState>> rule) {
    return states.decide(stateKey(id), ifMatch, rule);
  }

  /** A channel's id has no slash. */
  private static String key(Access.Customer customer) {
    return customer.channel() + "/" + customer.id();
  }

  /**
   * An order as a list shows it, and what a list may choose it by.
   *
   * @param awaiting null if it has its end
   * @param holds why it is held, as the API spells it
   * @param trackingNumbers of its parcels
   * @param view without names and addresses
   */
  public record ListedOrder(OrderId id, ChannelId channel, OrderStatus status, Awaiting awaiting, Set<String> holds,
      Set<String> trackingNumbers, Instant updatedAt, Map<String, Object> view) {

    private static ListedOrder of(OrderProgress it) {
      return new ListedOrder(it.state().id(), it.state().terms().channel(), it.status(), it.awaiting(),
          it.state().holds().stream().map(hold -> hold.reason().text()).collect(Collectors.toSet()),
          it.packed().map(OrderParcel::trackingNumber).filter(Objects::nonNull).collect(Collectors.toSet()),
          it.updatedAt(), OrderView.summary(it));
    }
  }

  /** Those that were placed, in this order. */
  public List<ListedOrder> listed(List<OrderId> ids) {
    return progress(ids).stream().map(ListedOrder::of).toList();
  }

  /** What is ordered under these ids now, as far as something was placed. */
  public Map<OrderId, OrderContent> contents(List<OrderId> ids) {
    Found found = states
        .findTogether(ids.stream().flatMap(it -> Stream.of(stateKey(it), contentKey(it))).distinct().toList());
    return ids.stream().distinct().flatMap(it -> content(found, it).stream())
        .collect(Collectors.toMap(OrderContent::id, Function.identity()));
  }

  private Optional<OrderContent> content(Found found, OrderId id) {
    return states.in(found, stateKey(id)).map(Stored::value).filter(OrderState::placed)
        .flatMap(state -> contents.in(found, contentKey(id)).map(it -> lines(it.value(), state).now()));
  }

  /** What an order is found by. */
  public record Findable(OrderContent content, List<String> tags) {}

  /** An order as it is now, with its tags; empty if none was placed under this id. */
  public Optional<Findable> findable(OrderId id) {
    Found found = states.findTogether(List.of(stateKey(id), contentKey(id), OrderRemarks.tagsKey(id)));
    return content(found, id)
        .map(it -> new Findable(it, remarks.tags(found, id).orElseGet(() -> it.form().tags())));
  }

  /** Why an order may be on hold, as the API spells it, the most urgent first. */
  public static List<String> holdReasons() {
    return Stream.of(Hold.Reason.values()).map(Hold.Reason::text).toList();
  }

  /** A customer's orders, the newest first. */
  public Outcome<Page<OrderId>> byCustomer(Access.Customer customer, int limit, String cursor) {
    return contents.keys(new Listing(BY_CUSTOMER, key(customer), "", true), limit, cursor)
        .map(page -> page.map(key -> new OrderId(key.pk())));
  }

  /**
   * Orders on this hold. An order stands in the list of its most urgent hold alone, so the lists of more urgent holds are read after this
   * one, for those of their orders that are on this hold too.
   *
   * @param reason one of {@link #holdReasons}
   */
  public Outcome<Page<OrderId>> held(String reason, int limit, String cursor) {
    List<String> lists = holdReasons().subList(0, holdReasons().indexOf(reason) + 1).reversed();
    Outcome<HeldCursor> from = HeldCursor.read(cursor, lists.size());
    return from instanceof Outcome.Declined<HeldCursor>(Refused refused)
        ? refused.outcome()
        : held(lists, from.orElseThrow(), limit);
  }

  private Outcome<Page<OrderId>> held(List<String> lists, HeldCursor from, int limit) {
    var found = new ArrayList<OrderId>();
    HeldCursor next = from;
    while (next != null && found.size() < limit) {
      var listing = new Listing(BY_HOLD, lists.get(next.list()), "", false);
      Outcome<Page<Key>> read = states.keys(listing, limit - found.size(), next.within());
      if (read instanceof Outcome.Declined<Page<Key>>(Refused refused)) {
        return refused.outcome();
      }
      Page<Key> page = read.orElseThrow();
      List<OrderId> ids = page.data().stream().map(key -> new OrderId(key.pk())).toList();
      found.addAll(next.list() == 0 ? ids : heldToo(ids, lists.getFirst()));
      next = next.after(page.nextCursor(), lists.size());
    }
    return Outcome.of(new Page<>(List.copyOf(found), next == null ? null : next.text()));
  }

  private List<OrderId> heldToo(List<OrderId> ids, String reason) {
    return progress(ids).stream().map(OrderProgress::state)
        .filter(it -> it.holds().stream().anyMatch(hold -> hold.reason().text().equals(reason))).map(OrderState::id)
        .toList();
  }

  /** The order that has been on a hold of this kind for longest; empty if none is. */
  Optional<OrderState> longestHeld(Hold.Reason reason) {
    return states.firstAfter(BY_HOLD, reason.text(), "").flatMap(states::find).map(Stored::value);
  }

  /** An order that somebody must look at. @param mark since when, as the list has it: another time is another reason to look */
  record Due(OrderId id, String mark) {
    private static Due of(Listed listed) {
      return new Due(new OrderId(listed.key().pk()), listed.range());
    }
  }

  /** Those that somebody must look at by this time. @param wanted which of them */
  Stream<Due> due(Instant now, Predicate<Due> wanted) {
    return DUE.dueBy(states, now, MOST_DUE_AT_ONCE, listed -> wanted.test(Due.of(listed))).map(Due::of);
  }
}
