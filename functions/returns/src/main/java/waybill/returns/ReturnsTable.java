package waybill.returns;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.platform.DueList;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** The returns of orders, an item each order, and the policies of channels. */
final class ReturnsTable {
  private static final String TABLE = "RETURNS_TABLE";
  private static final DueList DUE = new DueList("by_return_due", "due", 1);
  private static final int MOST_AT_ONCE = 1_000;

  private ReturnsTable() {}

  static Table<OrderReturns> returns(Ports ports) {
    return new Table<>(ports, TABLE, OrderReturns.class, it -> key(it.order()),
        it -> it.due() == null ? Map.of() : DUE.entry(it.order(), it.due()));
  }

  static Key key(OrderId order) {
    return new Key(order.value(), "returns");
  }

  /** A channel's policy. @param policy without its version, which is the record's revision */
  record ChannelPolicy(ChannelId channel, ReturnPolicy policy) {}

  static Table<ChannelPolicy> policies(Ports ports) {
    return new Table<>(ports, TABLE, ChannelPolicy.class, it -> key(it.channel()));
  }

  static Key key(ChannelId channel) {
    return new Key("policy#" + channel, "policy");
  }

  static ReturnPolicy policy(Table<ChannelPolicy> policies, ChannelId channel) {
    return policies.find(key(channel)).map(it -> it.value().policy().numbered(it.revision()))
        .orElse(ReturnPolicy.STANDARD);
  }

  static Stream<Key> due(Table<OrderReturns> returns, Instant now) {
    return DUE.dueBy(returns, now, MOST_AT_ONCE);
  }
}
