package waybill.warehouse.picking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.messages.LocationId;
import waybill.platform.Records;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.warehouse.picking.Round.Expects;

/** What a person's phone or scanner shows. */
final class WorkView {

  private WorkView() {}

  /** What kind of work it is. */
  enum Kind {
    PICK
  }

  /** Where it stands: what it expects, or that it expects nothing any more. */
  enum State {
    BIN, LOT, UNIT, TOTE, EMPTY, DONE,
    /** There is none. */
    IDLE;

    private static State of(Expects expects) {
      return switch (expects) {
        case BIN -> BIN;
        case LOT -> LOT;
        case UNIT -> UNIT;
        case TOTE -> TOTE;
        case EMPTY -> EMPTY;
        case NOTHING -> DONE;
      };
    }
  }

  enum Level {
    INFO,
    /** Nothing was changed. */
    ERROR
  }

  /** What to do next. @param message what became of what was just sent; null if nothing was */
  static Map<String, Object> of(Stored<Round> stored, Map<String, Object> message, Words words) {
    Round round = stored.value();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", round.id().value());
    tree.put("kind", Records.toTree(Kind.PICK));
    tree.put("location_id", round.locationId().value());
    tree.put("state", Records.toTree(State.of(round.expects())));
    tree.put("instruction", round.instruction(words));
    tree.put("expects", expects(round));
    tree.put("progress", progress(round));
    tree.put("message", message);
    tree.put("orders", round.orders().stream().map(Records::toTree).toList());
    tree.put("device", round.device());
    tree.put("carrier", round.carrier());
    tree.put("cut_off_at", Records.toTree(round.cutOff()));
    return stored.timed(tree);
  }

  /** Nothing is to be done at a location. */
  static Map<String, Object> idle(LocationId location, Words words) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", null);
    tree.put("kind", Records.toTree(Kind.PICK));
    tree.put("location_id", location.value());
    tree.put("state", Records.toTree(State.IDLE));
    tree.put("instruction", words.say("idle"));
    tree.put("expects", Map.of("kind", Expects.NOTHING.text(), "actions", List.of()));
    tree.put("progress", null);
    tree.put("message", null);
    return tree;
  }

  private static Map<String, Object> expects(Round round) {
    var tree = new LinkedHashMap<String, Object>();
    Expects expects = round.expects();
    tree.put("kind", expects.text());
    Optional<Pick> pick = round.current().filter(_ -> expects != Expects.EMPTY);
    pick.ifPresent(it -> {
      tree.put("bin", it.bin().value());
      tree.put("sku", it.sku().value());
      tree.put("lot", it.lot() == null ? null : it.lot().value());
      tree.put("quantity", expects == Expects.TOTE ? round.hand() : it.left() - round.hand());
      tree.put("tote", round.order(it.fulfillment()).tote().map(Object::toString).orElse(null));
    });
    tree.put("actions", actions(round, expects));
    return tree;
  }

  private static List<String> actions(Round round, Expects expects) {
    var actions = new ArrayList<String>();
    if (expects == Expects.EMPTY) {
      actions.addAll(List.of("empty", "not_empty"));
    } else if (expects != Expects.NOTHING) {
      if (round.hand() == 0) {
        actions.add("skip");
        if (expects != Expects.BIN) {
          actions.add("missing");
        }
      }
      if (round.current().map(it -> round.order(it.fulfillment()).tote().isPresent()).orElse(false)) {
        actions.add("tote_full");
      }
    }
    actions.add("release");
    return actions;
  }

  static Map<String, Object> progress(Round round) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("lines_done", round.picks().stream().filter(it -> !it.isOpen()).count());
    tree.put("lines", round.picks().size());
    tree.put("units_done", round.picks().stream().mapToInt(Pick::picked).sum());
    tree.put("units", Pick.units(round.picks()));
    return tree;
  }

  /** What was done. */
  static Map<String, Object> done(String text) {
    return message(Level.INFO, "done", text);
  }

  /** What was refused, and changed nothing. */
  static Map<String, Object> refused(Refused refused) {
    return message(Level.ERROR, refused.code(), refused.detail());
  }

  static Map<String, Object> message(Level level, String code, String text) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("level", Records.toTree(level));
    tree.put("code", code);
    tree.put("text", text);
    return tree;
  }
}
