package waybill.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Address;
import waybill.messages.OrderId;
import waybill.platform.Backoff;
import waybill.platform.Environment;
import waybill.platform.Page;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/** The orders: what was ordered and what moves of it, two items under the order's id. Others read here and write nothing. */
public final class Orders {
  private static final String CONTENT = "content";
  private static final String STATE = "state";
  private static final String BY_CUSTOMER = "by_customer";
  private static final String BY_AWAITING = "by_awaiting";

  private final DynamoDbClient dynamo;
  private final Table<OrderContent> contents;
  private final Table<OrderState> states;

  /** An order, whole. Its revision is its state's. */
  public record Order(OrderContent content, Stored<OrderState> state) {}

  public Orders(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    String name = environment.get("ORDERS_TABLE");
    this.dynamo = dynamo;
    this.contents = new Table<>(dynamo, name, OrderContent.class, it -> contentKey(it.id()),
        Orders::indexes, clock);
    this.states = new Table<>(dynamo, name, OrderState.class, it -> stateKey(it.id()), Orders::indexes,
        clock);
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
    boolean listed = state.placed() && state.awaiting() != null;
    return listed
        ? Map.of(BY_AWAITING, listName(state.awaiting()), BY_AWAITING + "_range", range(state.terms().acceptedAt()))
        : Map.of();
  }

  /** Times as texts that sort: {@link Instant#toString} leaves out zeros at the end, and so does not. */
  private static String range(Instant time) {
    return "%013d".formatted(time.toEpochMilli());
  }

  private static String listName(OrderState.Awaiting awaiting) {
    return awaiting.name().toLowerCase(Locale.ROOT);
  }

  /** The order; empty where none was placed under this id. */
  public Optional<Order> find(OrderId id) {
    return contents.findAll(List.of(contentKey(id))).stream().findFirst().flatMap(
        content -> states(List.of(id)).stream().findFirst().map(state -> new Order(content.value(), state)));
  }

  /** Where the order goes, as it is now; empty where nothing ships. */
  public Optional<Address> shippingAddress(OrderId id) {
    return content(id).map(it -> it.form().shippingAddress());
  }

  Optional<OrderContent> content(OrderId id) {
    return contents.find(contentKey(id)).map(Stored::value);
  }

  /** The states of those that were placed, in this order. */
  List<Stored<OrderState>> states(List<OrderId> ids) {
    return states.findAll(ids.stream().map(Orders::stateKey).toList()).stream().filter(it -> it.value().placed())
        .toList();
  }

  /** Writes an order that is placed. @return false where one was already, with this content or another; then that one stands */
  boolean place(OrderContent content) {
    var backoff = new Backoff();
    do {
      Optional<Stored<OrderState>> stub = states.find(stateKey(content.id()));
      if (stub.isPresent() && stub.get().value().placed()) {
        return false;
      }
      OrderState state = stub.map(Stored::value).orElseGet(() -> OrderState.stub(content.id())).join(content);
      TransactWriteItem stateWrite = stub.isPresent() ? states.replacement(stub.get(), state) : states.insertion(state);
      if (Table.writeAll(dynamo, List.of(contents.insertion(content), stateWrite))) {
        return true;
      }
      // Somebody else was faster, with the order or with news of it.
    } while (backoff.again());
    throw new Table.Contended("order " + content.id());
  }

  /** Moves an order, or the stub of one, by its rule. */
  Stored<OrderState> change(OrderId id, Function<Optional<OrderState>, OrderState> rule) {
    return states.change(stateKey(id), rule);
  }

  /** A customer's orders, the newest first. */
  Page<OrderId> byCustomer(String customer, int limit, String cursor) {
    return contents.keys(new Listing(BY_CUSTOMER, customer, "", true), limit, cursor).map(key -> new OrderId(key.pk()));
  }

  /** Open orders by what they wait for, the oldest first. */
  Page<OrderId> awaiting(OrderState.Awaiting awaiting, int limit, String cursor) {
    return states.keys(new Listing(BY_AWAITING, listName(awaiting), "", false), limit, cursor)
        .map(key -> new OrderId(key.pk()));
  }
}
