package waybill.inventory;

import java.util.List;
import waybill.platform.Table.Key;

/**
 * A part of a work order that is done. It is written together with the counters, and never changes.
 *
 * @param quantity the units that were assembled, or taken apart
 * @param note or null
 * @param actor who did it, by their token
 */
record Completion(CompletionId id, AssemblyId assembly, int quantity, String note, String actor) {

  static Key key(CompletionId id) {
    return new Key(id.value(), "completion");
  }

  /** Whether the same is asked for, by whomever. */
  boolean isSameAs(Completion other) {
    return equals(new Completion(other.id, other.assembly, other.quantity, other.note, actor));
  }

  LedgerEntry.Cause cause(LedgerEntry.Reason reason) {
    return new LedgerEntry.Cause(reason, actor, List.of(id.value(), assembly.value()), note);
  }
}
