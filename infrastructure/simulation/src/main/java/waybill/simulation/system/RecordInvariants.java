package waybill.simulation.system;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.simulation.world.Document;
import waybill.simulation.world.Transition;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * What holds for every item, after every write: it is written on what was read, so each revision is there once; it moves only
 * as its kind may; and what it said at first it says for ever.
 */
public final class RecordInvariants {
  private static final String SEARCH = "SearchTable";
  private static final Set<String> KEPT_BY_TABLE = Set.of("revision", "updated_at");
  /** Units that turn out to be missing leave what was promised and allocated. */
  private static final Set<String> MOVEMENT = Set.of("status", "moved", "short_of", "missing", "lines", "items",
      "change",
      "refused_change", "backorder");
  /** With units, their lots leave. */
  private static final Set<String> ALLOCATION = Stream.concat(MOVEMENT.stream(), Stream.of("lots"))
      .collect(Collectors.toSet());
  /** One that was refused may be asked for again. */
  private static final Set<String> CHECKOUT = Set.of("status", "moved", "short_of", "ending", "expires_at", "order",
      "ended_at", "prolonged", "made_at");
  private static final Function<Document, String> STATUS = it -> it.text("status");

  private static final Map<String, Kind> STOCK = Map.ofEntries(
      Map.entry("reservation", new Kind("reservation", STATUS, MOVEMENT)),
      Map.entry("allocation", new Kind("allocation", STATUS, ALLOCATION)),
      Map.entry("shipment", new Kind("shipment", STATUS, MOVEMENT)),
      Map.entry("adjustment", new Kind("adjustment", _ -> "made", Set.of())),
      Map.entry("shortage", new Kind("shortage", _ -> "made", Set.of())),
      Map.entry("swap", new Kind("decision", _ -> "made", Set.of())),
      Map.entry("receipt", new Kind("receipt", _ -> "made", Set.of())),
      Map.entry("completion", new Kind("completion", _ -> "made", Set.of())),
      Map.entry("inbound", new Kind("inbound", it -> it.flag("complete") ? "complete" : "expected",
          Set.of("type", "expected_at", "reference", "lines", "complete"))),
      Map.entry("transfer", new Kind("transfer", it -> it.text("stage"), Set.of("stage", "expected_at", "lines"))),
      Map.entry("assembly", new Kind("assembly", it -> it.text("stage"), Set.of("stage", "completed"))),
      Map.entry("checkout",
          new Kind("checkout", STATUS, CHECKOUT)),
      Map.entry("import",
          new Kind("import", it -> it.number("done") < it.child("expected").number("lines") ? "importing" : "completed",
              Set.of("done", "changed", "unchanged", "refused"))));

  private static final Map<String, Kind> KINDS = Map.of(
      "OrdersTable content",
      new Kind("content", it -> it.has("as_placed") ? "corrected" : "ordered", Set.of("as_placed")),
      "FulfillmentTable ful",
      new Kind("fulfillment", STATUS,
          Set.of("status", "lines", "lots", "change", "parcels", "pool", "opened_at", "packing_key", "dispatched_at",
              "repackings", "voided", "lot_swap",
              "by_status",
              "by_status_range")),
      "FulfillmentTable sho",
      new Kind("report", it -> it.has("planned_at") ? "planned" : "reported",
          Set.of("planned_at", "doubtful", "by_status", "by_status_range")),
      "FulfillmentTable swp",
      new Kind("swap", it -> it.has("refused") ? "refused" : it.flag("decided") ? "done" : "asked",
          Set.of("decided", "refused", "by_status", "by_status_range")),
      "ShippingTable par",
      new Kind("label", it -> it.child("stage").text("type").toLowerCase(Locale.ROOT), Set.of("stage")),
      "PaymentsTable payment",
      new Kind("payment", it -> it.child("payment").text("status"),
          Set.of("payment", "order", "refund", "captures", "parts", "alerts", "unclaimed_since", "by_unclaimed",
              "by_unclaimed_range")));
  private static final Kind MAIL = new Kind("mail", STATUS, Set.of("status", "at", "ses_message_id", "fate"));
  private static final Kind ADDRESS = new Kind("address",
      it -> it.has("reason") ? it.has("release") ? "released" : "suppressed" : "known",
      Set.of("reason", "detail", "since", "release", "soft_bounces", "counted"));

  private final World world;

  /** @param state where on its axis such a record is. @param moving the attributes that may change */
  private record Kind(String axis, Function<Document, String> state, Set<String> moving) {
    Transition transition(Document before, Document after) {
      return new Transition(axis, state(before), state(after));
    }

    private String state(Document record) {
      return record.exists() ? state.apply(record) : Transition.ABSENT;
    }
  }

  public RecordInvariants(World world) {
    this.world = world;
  }

  public void written(Change change) {
    if (change.table().equals(SEARCH)) {
      // Its entries follow from orders alone, so that writing one again changes nothing, and have no revision.
      return;
    }
    var before = new Document(change.before());
    var after = new Document(change.after());
    Kind kind = kind(change);
    if (isEntry(change)) {
      return;
    }
    if (after.exists()) {
      checkRevision(change, before, after);
    } else if (kind != MAIL && !isRetry(change) && !isPlace(change) && !isCheckout(change)
        && !isOfFile(change)) {
      world.find("a record is deleted: " + name(change));
    }
    if (kind != null) {
      check(kind.transition(before, after), change);
      checkStanding(kind, change);
    }
    if (change.table().equals("PaymentsTable")) {
      check(new Transition("refund", refund(before), refund(after)), change);
    }
  }

  /** An entry of the search is nothing but its key. */
  private static boolean isEntry(Change change) {
    return change.table().equals("SearchTable");
  }

  /** What is to be delivered again is there until it is delivered. */
  private static boolean isRetry(Change change) {
    return change.table().equals("EventsTable") && change.key().get("sk").s().startsWith("retry#");
  }

  /** A place in a queue is there until what it waits for has come; what is expected, until it has; a time until then; and a lot's day until it is over. */
  private static boolean isPlace(Change change) {
    return change.key().get("pk").s().matches("(waiting|expected|expiring|expiring-lots)#.*");
  }

  /** A checkout's reservation is forgotten after its end, as its steps say. */
  private static boolean isCheckout(Change change) {
    return change.key().get("sk").s().equals("checkout");
  }

  /** The lines of a file are there until they are done. */
  private static boolean isOfFile(Change change) {
    return change.key().get("sk").s().startsWith("part#") || change.key().get("pk").s().equals("imports-underway");
  }

  private static Kind kind(Change change) {
    String sk = change.key().get("sk").s();
    // The id of a fulfillment, report, swap or parcel is a sort key, and its beginning says of which kind it is.
    String kind = sk.matches("(?:ful|sho|swp|par)_.*") ? sk.substring(0, 3) : sk;
    if (change.table().equals("NotificationsTable") && sk.equals("standing")) {
      return ADDRESS;
    }
    return switch (change.table()) {
      case "NotificationsTable" -> MAIL;
      case "InventoryTable" -> STOCK.get(kind);
      default -> KINDS.get(change.table() + " " + kind);
    };
  }

  private static String refund(Document payment) {
    return payment.has("refund") ? payment.child("refund").child("refund").text("status") : Transition.ABSENT;
  }

  private void checkRevision(Change change, Document before, Document after) {
    if (after.number("revision") != before.number("revision") + 1) {
      world.find("a write is not based on what is there: %s goes from revision %d to %d".formatted(name(change),
          before.number("revision"), after.number("revision")));
    }
    if (before.exists() && after.number("created_at") != before.number("created_at")) {
      world.find("a record is made anew: " + name(change));
    }
  }

  private void check(Transition transition, Change change) {
    world.coverage().met(transition);
    if (!transition.isLegal()) {
      world.find("a record moves where it cannot go: %s, %s".formatted(name(change), transition));
    }
  }

  private void checkStanding(Kind kind, Change change) {
    if (change.before().isEmpty() || change.after().isEmpty()) {
      return;
    }
    Map<String, AttributeValue> before = standing(kind, change.before());
    Map<String, AttributeValue> after = standing(kind, change.after());
    if (isShort(change)) {
      // It hears why once stock is corrected; where others ship from, and why, stands.
      before.remove("sourced");
      after.remove("sourced");
    }
    if (!before.equals(after)) {
      world
          .find("a record says something else than at first: %s, %s becomes %s".formatted(name(change), before, after));
    }
  }

  private static boolean isShort(Change change) {
    return change.table().equals("FulfillmentTable") && new Document(change.before()).text("status").equals("short");
  }

  private static Map<String, AttributeValue> standing(Kind kind, Map<String, AttributeValue> item) {
    var standing = new HashMap<>(item);
    standing.keySet().removeAll(KEPT_BY_TABLE);
    standing.keySet().removeAll(kind.moving);
    standing.computeIfPresent("form", (_, form) -> AttributeValue.fromM(withoutPlace(form.m())));
    return standing;
  }

  /** A person may correct where an order goes and by which method; what else was ordered stands. */
  private static Map<String, AttributeValue> withoutPlace(Map<String, AttributeValue> form) {
    var standing = new HashMap<>(form);
    standing.remove("shipping_address");
    standing.computeIfPresent("shipping", (_, shipping) -> {
      var without = new HashMap<>(shipping.m());
      without.remove("method");
      return AttributeValue.fromM(without);
    });
    return standing;
  }

  static String name(Change change) {
    return "%s %s %s".formatted(change.table(), change.key().get("pk").s(), change.key().get("sk").s());
  }
}
