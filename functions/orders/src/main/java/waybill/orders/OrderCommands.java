package waybill.orders;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.OrderId;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * What was done to orders, an item each. A command is decided on the state and on all commands before it, and written with the state
 * in one transaction on its revision: of two at once, one decides again.
 */
final class OrderCommands {
  /** So that one partition stays readable in a page, and an order in its item. */
  private static final int MOST = 100;
  private static final String PREFIX = "adj_";

  private final DynamoDbClient dynamo;
  private final Table<OrderCommand> commands;
  private final Table<OrderState> states;
  private final Table<OrderContent> contents;
  private final Mergers mergers;
  private final InstantSource clock;

  OrderCommands(Ports ports, Table<OrderState> states, Table<OrderContent> contents, Mergers mergers) {
    this.dynamo = ports.dynamo();
    this.commands = new Table<>(ports, Orders.TABLE, OrderCommand.class, it -> new Key(it.order().value(), it.id()));
    this.states = states;
    this.contents = contents;
    this.mergers = mergers;
    this.clock = ports.clock();
  }

  /**
   * What a rule makes of a command.
   *
   * @param adjustment null if it changes none of the money
   * @param correction of what was ordered; null for most
   * @param joint what it makes of another order; null for most
   */
  record Decided(OrderState state, Adjustment adjustment, Correction correction, Joint joint) {
    Decided(OrderState state, Adjustment adjustment) {
      this(state, adjustment, null);
    }

    Decided(OrderState state, Adjustment adjustment, Correction correction) {
      this(state, adjustment, correction, null);
    }
  }

  /** Another order that this one is merged with, as it was when that was decided. @param agreed what each of the two keeps of it */
  record Joint(Stored<OrderState> other, OrderState after, List<Merger> agreed) {}

  /** Another address or method, in the item of what was ordered, where alone it stands. */
  record Correction(Stored<OrderContent> before, OrderContent after) {}

  /** A rule about an order and what was done to it before, in the order in which it was. */
  interface Rule {
    Outcome<Decided> decide(OrderState state, List<OrderCommand> before, OrderCommand command);
  }

  /** The order, all that was done to it, whether this was done before, and what was ordered if this corrects it. */
  record Done(Stored<OrderState> order, List<OrderCommand> commands, boolean repeated,
      Optional<OrderContent> corrected) {}

  List<OrderCommand> find(OrderId order) {
    return commands.findAll(order.value(), PREFIX).stream().map(Stored::value)
        .sorted(java.util.Comparator.comparing(OrderCommand::at).thenComparing(OrderCommand::id)).toList();
  }

  /** @param dry whether nothing is to be written: what would be is the answer */
  Outcome<Done> run(OrderId id, OptionalInt ifMatch, OrderCommand.Asked asked, boolean dry, Rule rule) {
    var backoff = new Backoff();
    do {
      Optional<Stored<OrderState>> found = states.find(Orders.stateKey(id)).filter(it -> it.value().placed());
      if (found.isEmpty()) {
        return Refused.absent("order").outcome();
      }
      Stored<OrderState> order = found.get();
      List<OrderCommand> before = find(id);
      OrderCommand command = asked.of(id, null, clock.instant());
      Optional<OrderCommand> same = before.stream().filter(it -> it.id().equals(command.id())).findFirst();
      if (same.isPresent()) {
        return repeated(order, before, same.get(), command);
      }
      if (ifMatch.isPresent() && ifMatch.getAsInt() != order.revision()) {
        return Refused
            .of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(order.revision()))
            .outcome();
      }
      if (before.size() >= MOST) {
        return Refused.conflict("too_many_changes", "an order takes at most %d changes".formatted(MOST)).outcome();
      }
      Outcome<Decided> decided = rule.decide(order.value(), before, command);
      if (decided instanceof Outcome.Declined<Decided>(Refused refused)) {
        return refused.outcome();
      }
      Decided next = decided.orElseThrow();
      OrderCommand made = asked.of(id, next.adjustment, command.at());
      List<OrderCommand> all = Stream.concat(before.stream(), Stream.of(made)).toList();
      var after = new Stored<>(next.state, order.revision() + (dry ? 0 : 1), order.createdAt(),
          dry ? order.updatedAt() : made.at());
      if (dry || Table.writeAll(dynamo, writes(made, order, next))) {
        return Outcome.of(new Done(after, all, false, Optional.ofNullable(next.correction).map(Correction::after)));
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  private List<TransactWriteItem> writes(OrderCommand made, Stored<OrderState> order, Decided next) {
    var writes = new ArrayList<>(List.of(commands.insertion(made), states.replacement(order, next.state)));
    if (next.correction != null) {
      writes.add(contents.replacement(next.correction.before, next.correction.after));
    }
    if (next.joint != null) {
      // Its revision moves in any case: of a merger and a cancel of the other order, one is decided again.
      writes.add(states.replacement(next.joint.other, next.joint.after));
      writes.addAll(mergers.writes(next.joint.agreed, made.at()));
    }
    return writes;
  }

  private static Outcome<Done> repeated(Stored<OrderState> order, List<OrderCommand> all, OrderCommand same,
      OrderCommand now) {
    return same.content().equals(now.content())
        ? Outcome.of(new Done(order, all, true, Optional.empty()))
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key was used with another request").outcome();
  }
}
