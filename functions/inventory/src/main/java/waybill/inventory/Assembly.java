package waybill.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Records;
import waybill.platform.Refused;
import waybill.platform.Table.Key;

/**
 * A work order: units of a product are assembled out of its components at a location, or taken apart into them. It moves and keeps nothing until
 * a part of it is completed, which takes what it consumes and adds what it makes, all or none.
 *
 * @param sku what is assembled, or taken apart
 * @param pool the pool that the location's stock counts for
 * @param components what one unit is made of, as it was when the work order was created: the product may be made of others since
 * @param completed how many units are done
 * @param reference what the merchant calls it, or null
 * @param note or null
 */
record Assembly(AssemblyId id, Type type, Sku sku, LocationId location, StockPool pool, List<SkuQuantity> components,
    int quantity, int completed, String reference, String note, Stage stage) {

  enum Type {
    ASSEMBLE(LedgerEntry.Reason.ASSEMBLED), DISASSEMBLE(LedgerEntry.Reason.DISASSEMBLED);

    private final LedgerEntry.Reason reason;

    Type(LedgerEntry.Reason reason) {
      this.reason = reason;
    }

    LedgerEntry.Reason reason() {
      return reason;
    }
  }

  enum Stage {
    OPEN,
    /** No more of it will be done; what was done stays. */
    CANCELLED
  }

  enum Status {
    OPEN, PARTIALLY_COMPLETED, COMPLETED, CANCELLED
  }

  Key key() {
    return key(id);
  }

  static Key key(AssemblyId id) {
    return new Key("assembly#" + id, "assembly");
  }

  Status status() {
    if (stage == Stage.CANCELLED) {
      return Status.CANCELLED;
    }
    return open() == 0 ? Status.COMPLETED : completed == 0 ? Status.OPEN : Status.PARTIALLY_COMPLETED;
  }

  int open() {
    return quantity - completed;
  }

  /** Whether the same is asked for, however far it has come and whatever the product is made of since. */
  boolean isSameAs(Assembly asked) {
    return equals(new Assembly(id, asked.type, asked.sku, asked.location, pool, components, asked.quantity, completed,
        asked.reference, asked.note, stage));
  }

  /** With so many units more done. */
  Outcome<Assembly> completing(int units) {
    if (stage == Stage.CANCELLED) {
      return Refused.conflict("assembly_cancelled", "it was cancelled; what is done since is another work order")
          .outcome();
    }
    if (open() == 0) {
      return Refused.conflict("assembly_completed", "all of it is done").outcome();
    }
    return units > open()
        ? Refused.invalid("/quantity", "too_many", "only %d units of it are still to be done".formatted(open()))
            .outcome()
        : Outcome.of(new Assembly(id, type, sku, location, pool, components, quantity, completed + units, reference,
            note, stage));
  }

  /** Of which no more is done; the same if it was cancelled before. */
  Outcome<Assembly> cancelled() {
    if (stage == Stage.OPEN && open() == 0) {
      return Refused.conflict("assembly_completed", "all of it is done; take it apart by another work order").outcome();
    }
    return Outcome.of(new Assembly(id, type, sku, location, pool, components, quantity, completed, reference, note,
        Stage.CANCELLED));
  }

  /** What so many units take off the location. */
  List<SkuQuantity> consumed(int units) {
    return type == Type.ASSEMBLE ? parts(units) : List.of(new SkuQuantity(sku, units));
  }

  private List<SkuQuantity> parts(int units) {
    return components.stream().map(it -> new SkuQuantity(it.sku(), Math.multiplyExact(it.quantity(), units))).toList();
  }

  /** What moves if so many units are done. */
  List<Move> completion(int units) {
    int sign = type == Type.ASSEMBLE ? 1 : -1;
    var moves = new ArrayList<Move>(moves(new SkuQuantity(sku, units), sign));
    parts(units).forEach(it -> moves.addAll(moves(it, -sign)));
    return moves;
  }

  private List<Move> moves(SkuQuantity it, int sign) {
    return List.of(new Move(Counter.of(it.sku(), location), Levels.adjustedAtLocation(sign * it.quantity())),
        new Move(Counter.of(it.sku(), pool), Levels.adjustedInPool(sign * it.quantity())));
  }

  /** All that it moves. */
  List<Sku> skus() {
    return Stream.concat(Stream.of(sku), components.stream().map(SkuQuantity::sku)).toList();
  }

  /** As the API shows it, with what is null. */
  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("type", Records.toTree(type));
    tree.put("sku", sku.value());
    tree.put("location_id", location.value());
    tree.put("quantity", quantity);
    tree.put("completed", completed);
    tree.put("reference", reference);
    tree.put("note", note);
    tree.put("status", Records.toTree(status()));
    tree.put("components", components.stream().map(Records::toObject).toList());
    return tree;
  }
}
