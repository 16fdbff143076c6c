package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import waybill.messages.EventType;
import waybill.platform.Attributes;

/** The update of a counter's item as a part of a transaction, on the condition that no number leaves its limits. */
final class CounterUpdate {
  private final String table;
  private final Counter counter;
  private final List<String> conditions = new ArrayList<>();
  private final List<String> settings = new ArrayList<>(
      List.of("updated_at = :now", "created_at = if_not_exists(created_at, :now)"));
  private final List<String> additions = new ArrayList<>(List.of("revision :one"));
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  /**
   * What more than zero must be left of what is available.
   *
   * @param notFree available units that are given to nobody
   * @param shortfall what it may be at most
   * @param backordered what it may be at most: if it is more, others came first
   */
  record Limit(long notFree, long shortfall, long backordered) {
    /** Those who wait are not looked at. */
    static final long ANY = -1;
  }

  CounterUpdate(String table, Counter counter, Instant now) {
    this.table = table;
    this.counter = counter;
    values.put(":one", Attributes.of(1));
    values.put(":now", Attributes.of(now.toEpochMilli()));
  }

  static Map<String, AttributeValue> key(Counter counter) {
    return Map.of("pk", Attributes.of(counter.sku().value()), "sk", Attributes.of(counter.place()));
  }

  /** @param limit null if nothing more than zero must be left */
  CounterUpdate moving(Levels change, Limit limit) {
    change.units().forEach((level, units) -> {
      String name = level.attribute();
      names.put("#" + name, name);
      values.put(":" + name, Attributes.of(units));
      values.put(":" + name + "_limit", Attributes.of(units < 0 ? -units : Levels.MOST - units));
      additions.add("#%1$s :%1$s".formatted(name));
      conditions.add((units < 0 ? "#%1$s >= :%1$s_limit" : "(attribute_not_exists(#%1$s) or #%1$s <= :%1$s_limit)")
          .formatted(name));
    });
    if (limit != null && limit.backordered != Limit.ANY) {
      names.put("#backordered", Level.BACKORDERED.attribute());
      values.put(":backordered_read", Attributes.of(limit.backordered));
      conditions.add("(attribute_not_exists(#backordered) or #backordered <= :backordered_read)");
    }
    if (limit != null && change.available() < 0) {
      values.put(":available_limit", Attributes.of(limit.notFree - change.available()));
      names.put("#shortfall", Level.SHORTFALL.attribute());
      values.put(":shortfall_read", Attributes.of(limit.shortfall));
      conditions.add("(attribute_not_exists(#shortfall) or #shortfall <= :shortfall_read)");
    }
    return this;
  }

  /** What lies there is counted by lots. */
  CounterUpdate lotTracked() {
    values.put(":lot_tracked", AttributeValue.fromBool(true));
    settings.add("lot_tracked = :lot_tracked");
    return this;
  }

  /** On the condition that this many entries less one are in the ledger. */
  CounterUpdate entering(int number, Instant at) {
    values.put(":entries", Attributes.of(number));
    values.put(":entered_at", Attributes.of(at.toEpochMilli()));
    settings.add("entries = :entries");
    settings.add("entered_at = :entered_at");
    if (number == 1) {
      conditions.add("attribute_not_exists(entries)");
    } else {
      values.put(":entries_before", Attributes.of(number - 1));
      conditions.add("entries = :entries_before");
    }
    return this;
  }

  /** What storefronts know of a pool becomes something else, or its event was sent; on the condition that neither has happened since. */
  static UpdateItemRequest announcing(String table, Announced before, Announced next, Instant now) {
    var values = new HashMap<>(Map.of(":standing", text(next.standing()), ":number", Attributes.of(next.number()),
        ":one", Attributes.of(1), ":now", Attributes.of(now.toEpochMilli())));
    if (before.number() > 0) {
      values.put(":before", Attributes.of(before.number()));
    }
    // Only one of the two has an event: what is unsent is sent before anything else is written.
    EventType event = before.unsent() == null ? next.unsent() : before.unsent();
    if (event != null) {
      values.put(":event", text(event));
    }
    return UpdateItemRequest.builder().tableName(table).key(key(before.counter()))
        .conditionExpression((before.number() == 0
            ? "attribute_exists(pk) and attribute_not_exists(announcements)"
            : "announcements = :before")
            + (before.unsent() == null ? " and attribute_not_exists(unsent)" : " and unsent = :event"))
        .updateExpression("set announced = :standing, announcements = :number, updated_at = :now"
            + (next.unsent() == null ? "" : ", unsent = :event")
            + (before.unsent() == null ? "" : " remove unsent") + " add revision :one")
        .expressionAttributeValues(values).build();
  }

  private static AttributeValue text(Enum<?> constant) {
    return Attributes.of(constant.name().toLowerCase(Locale.ROOT));
  }

  TransactWriteItem build() {
    var update = Update.builder().tableName(table).key(key(counter))
        .conditionExpression(String.join(" and ", conditions))
        .updateExpression("set " + String.join(", ", settings) + " add " + String.join(", ", additions))
        .expressionAttributeValues(values);
    if (!names.isEmpty()) {
      update.expressionAttributeNames(names);
    }
    return TransactWriteItem.builder().update(update.build()).build();
  }
}
