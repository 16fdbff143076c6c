package waybill.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/** The orders: what was ordered and what moves of it, two items under the order's id. Others read here and write nothing. */
public final class Orders {
  private static final String TABLE = "ORDERS_TABLE";
  private static final String CONTENT = "content";
  private static final String STATE = "state";
  private static final String BY_CUSTOMER = "by_customer";
  private static final String BY_HOLD = "by_hold";
  private static final String BY_DUE = "by_due";
  /** The list of due orders changes with every order: it is spread, as a partition takes a thousand writes a second. */
  private static final int DUE_LISTS = 8;

  private final InstantSource clock;
  private final Table<OrderContent> contents;
  private final Table<OrderState> states;

  /** An order, whole. Its revision is its state's. */
  public record Order(OrderContent content, Stored<OrderState> state) {}

  public Orders(Ports ports) {
    this.clock = ports.clock();
    this.contents = new Table<>(ports, TABLE, OrderContent.class, it -> contentKey(it.id()), Orders::indexes);
    this.states = new Table<>(ports, TABLE, OrderState.class, it -> stateKey(it.id()), Orders::indexes);
  }

  private static Key contentKey(OrderId id) {
    return new Key(id.value(), CONTENT);
  }

  private static Key stateKey(OrderId id) {
    return new Key(id.value(), STATE);
  }

  private static Map<String, String> indexes(OrderContent content) {
    String customer = content.form().customer().id();
    return customer == null
        ? Map.of()
        : Map.of(BY_CUSTOMER, customer, BY_CUSTOMER + "_range", range(content.acceptedAt()));
  }

  private static Map<String, String> indexes(OrderState state) {
    var indexes = new HashMap<String, String>();
    if (state.due() != null) {
      indexes.put(BY_DUE, dueList(Math.floorMod(state.id().value().hashCode(), DUE_LISTS)));
      indexes.put(BY_DUE + "_range", range(state.due()));
    }
    if (!state.holds().isEmpty()) {
      Hold first = state.holds().getFirst();
      indexes.put(BY_HOLD, first.reason().text());
      indexes.put(BY_HOLD + "_range", range(first.createdAt()));
    }
    return indexes;
  }

  private static String dueList(int number) {
    return "due#" + number;
  }

  /** Times as texts that sort: {@link Instant#toString} leaves out zeros at the end, and so does not. */
  private static String range(Instant time) {
    return "%015d".formatted(time.toEpochMilli());
  }

  /** The order; empty where none was placed under this id. */
  public Optional<Order> find(OrderId id) {
    return find(id, _ -> true);
  }

  /** The order, where it may be seen; else no more is read than where there is none, so that the time it takes tells nothing. */
  Optional<Order> find(OrderId id, Predicate<OrderContent> visible) {
    return contents.findAll(List.of(contentKey(id))).stream().findFirst().filter(it -> visible.test(it.value()))
        .flatMap(
            content -> states(List.of(id)).stream().findFirst().map(state -> new Order(content.value(), state)));
  }

  /**
   * What buying a label takes to know of an order.
   *
   * @param address where it goes, as it is now; null if nothing ships
   */
  public record Shipping(ChannelId channel, boolean livemode, Address address) {}

  /** Empty if no such order was placed. */
  public Optional<Shipping> shipping(OrderId id) {
    return content(id).map(it -> new Shipping(it.form().channel(), it.livemode(), it.form().shippingAddress()));
  }

  Optional<OrderContent> content(OrderId id) {
    return contents.find(contentKey(id)).map(Stored::value);
  }

  /** The states of those that were placed, in this order. */
  List<Stored<OrderState>> states(List<OrderId> ids) {
    return states.findAll(ids.stream().map(Orders::stateKey).toList()).stream().filter(it -> it.value().placed())
        .toList();
  }

  /**
   * Writes an order that is placed. What was ordered stands with the first write, and whoever finds it without its state, after
   * a crash between the two, writes that from it: two requests at once, or one after the other, end the same.
   *
   * @return whether this made it; false where one was placed already, with this content or another: then that one stands
   */
  boolean place(OrderContent content) {
    return complete(contents.insert(content) ? content : content(content.id()).orElseThrow());
  }

  /** Writes the state of what was ordered, unless it is there. @return whether this made it */
  boolean complete(OrderContent stands) {
    boolean[] made = new boolean[1];
    states.change(stateKey(stands.id()), current -> {
      made[0] = current.filter(OrderState::placed).isEmpty();
      return made[0]
          ? current.orElseGet(() -> OrderState.stub(stands.id())).join(stands, clock.instant())
          : current.get();
    });
    return made[0];
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

  /** A customer's orders, the newest first. */
  Outcome<Page<OrderId>> byCustomer(String customer, int limit, String cursor) {
    return contents.keys(new Listing(BY_CUSTOMER, customer, "", true), limit, cursor)
        .map(page -> page.map(key -> new OrderId(key.pk())));
  }

  /** Orders on this hold, the longest held first. */
  Outcome<Page<OrderId>> held(Hold.Reason reason, int limit, String cursor) {
    return states.keys(new Listing(BY_HOLD, reason.text(), "", false), limit, cursor)
        .map(page -> page.map(key -> new OrderId(key.pk())));
  }

  /** Those that somebody must look at by this time. */
  Stream<OrderId> due(Instant now) {
    return IntStream.range(0, DUE_LISTS).boxed().flatMap(list -> states.keysUpTo(BY_DUE, dueList(list), range(now)))
        .map(key -> new OrderId(key.pk()));
  }
}
