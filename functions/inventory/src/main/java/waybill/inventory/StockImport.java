package waybill.inventory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.messages.StockImportId;
import waybill.platform.Records;

/**
 * A file of stock, and how far it is imported. Each line is done in one transaction with this record, so what it says is so whenever it is read, and
 * whoever goes on after a crash does no line twice and none not at all.
 *
 * @param content a digest of its lines
 * @param attempt of the request that was accepted: under its name the lines are kept
 * @param expected what the lines would have done when the file was accepted
 * @param done so many lines, from the first on
 * @param changed how many of them have changed stock
 * @param unchanged how many of them counted what the books said
 * @param refused how many of them could not be done, because stock had moved since the file was checked
 * @param actor who sent it, by their token
 * @param at when it was accepted
 */
record StockImport(StockImportId id, String content, String attempt, Expected expected, int done, int changed,
    int unchanged,
    int refused, String actor, Instant at) {

  /**
   * What a file asks for.
   *
   * @param unitsAdded to what is on hand
   * @param unitsRemoved from what is on hand
   */
  record Expected(int lines, int products, int locations, long unitsAdded, long unitsRemoved) {}

  enum Status {
    IMPORTING, COMPLETED
  }

  static StockImport accepted(StockImportId id, String content, String attempt, Expected expected, String actor,
      Instant at) {
    return new StockImport(id, content, attempt, expected, 0, 0, 0, 0, actor, at);
  }

  int lines() {
    return expected.lines;
  }

  Status status() {
    return done < lines() ? Status.IMPORTING : Status.COMPLETED;
  }

  /** Its next line is done. */
  StockImport with(Adjustment made) {
    boolean isChange = !made.change().equals(new Physical(0, 0, 0));
    return new StockImport(id, content, attempt, expected, done + 1, changed + (isChange ? 1 : 0),
        unchanged + (isChange ? 0 : 1), refused, actor, at);
  }

  /** Its next line cannot be done. */
  StockImport withRefusal() {
    return new StockImport(id, content, attempt, expected, done + 1, changed, unchanged, refused + 1, actor, at);
  }

  /** The adjustment of a line. The name is no Idempotency-Key, which has no line ends: nobody else can have used it. */
  AdjustmentId adjustment(int index) {
    return AdjustmentId.of(id + "\n" + index);
  }

  /** As the API shows it. @param errors of lines that could not be done */
  Map<String, Object> toTree(List<LineError> errors) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("status", status().name().toLowerCase(java.util.Locale.ROOT));
    tree.putAll(Records.toObject(expected));
    tree.put("done", done);
    tree.put("changed", changed);
    tree.put("unchanged", unchanged);
    tree.put("refused", refused);
    tree.put("errors", errors.stream().map(Records::toObject).toList());
    tree.put("actor", actor);
    return tree;
  }
}
