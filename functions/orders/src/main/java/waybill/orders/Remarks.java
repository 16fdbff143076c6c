package waybill.orders;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.TimeText;

/** What operators have put beside an order, the oldest first. */
record Remarks(List<Remark> all) {
  /** What is shown to others than operators. */
  static final Remarks HIDDEN = new Remarks(List.of());
  static final Remarks NONE = new Remarks(List.of());
  static final int MOST_NOTES = 100;
  static final int MOST_CHANGES = 200;

  static Remarks of(Stream<Remark> all) {
    return new Remarks(all.sorted(Comparator.comparing(Remark::at).thenComparing(Remark::id)).toList());
  }

  List<Remark> notes() {
    return all.stream().filter(Remark::isNote).toList();
  }

  /** Who did something that the order keeps itself; null if nobody knows. @param what as {@link Remark#done} names it */
  String by(String what) {
    return all.stream().filter(it -> it.id().equals(Remark.DONE + what)).map(Remark::by).findFirst().orElse(null);
  }

  private List<Remark> changes() {
    return all.stream().filter(Remark::isOfTags).sorted(Comparator.comparing(Remark::id)).toList();
  }

  /** The tags that the order has now. @param placed those that it was placed with */
  List<String> tags(List<String> placed) {
    List<Remark> changes = changes();
    return changes.isEmpty() ? placed : changes.getLast().tags();
  }

  /** What a note adds; empty if it is there already. */
  Outcome<Optional<Remark>> noted(Remark note) {
    Optional<Remark> same = all.stream().filter(it -> it.id().equals(note.id())).findFirst();
    if (same.isPresent()) {
      return same.get().note().equals(note.note())
          ? Outcome.of(Optional.empty())
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
              "this Idempotency-Key was used with another note").outcome();
    }
    return notes().size() >= MOST_NOTES
        ? Refused.conflict("too_many_notes", "an order has at most %d notes".formatted(MOST_NOTES)).outcome()
        : Outcome.of(Optional.of(note));
  }

  /** What new tags change; empty if the order has them already. */
  Outcome<Optional<Remark>> tagged(OrderContent order, List<String> tags, String by, Instant now) {
    List<String> before = tags(order.form().tags());
    if (before.equals(tags)) {
      return Outcome.of(Optional.empty());
    }
    int number = changes().size() + 1;
    return number > MOST_CHANGES
        ? Refused.conflict("too_many_changes", "an order's tags are changed at most %d times".formatted(MOST_CHANGES))
            .outcome()
        : Outcome.of(
            Optional.of(new Remark(order.id(), "%s%06d".formatted(Remark.TAGS, number), null, before, tags, by, now)));
  }

  List<Map<String, Object>> notesView() {
    return notes().stream().map(it -> {
      var note = new LinkedHashMap<String, Object>();
      note.put("id", it.id());
      note.put("text", it.note());
      note.put("by", it.by());
      note.put("created_at", TimeText.of(it.at()));
      return (Map<String, Object>) note;
    }).toList();
  }
}
