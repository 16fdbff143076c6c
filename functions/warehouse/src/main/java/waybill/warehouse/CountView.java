package waybill.warehouse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.platform.Records;
import waybill.platform.Stored;

/** A count as the API shows it: what is expected only when nobody counts any more. */
final class CountView {
  private CountView() {}

  static Map<String, Object> of(Stored<Count> stored) {
    Count count = stored.value();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", count.id().value());
    tree.put("location_id", count.locationId().value());
    tree.put("bin", count.bin().value());
    tree.put("reason", Records.toTree(count.reason()));
    tree.put("tolerance", count.tolerance());
    if (count.reference() != null) {
      tree.put("reference", count.reference());
    }
    tree.put("status", Records.toTree(count.status()));
    tree.put("counters", count.tallies().stream().map(Count.Tally::counter).toList());
    tree.put("differences", count.differences().stream().map(CountView::line).toList());
    if (count.verdict() != null) {
      tree.put("root_cause", Records.toTree(count.verdict().rootCause()));
    }
    return stored.timed(tree);
  }

  private static Map<String, Object> line(Count.Line line) {
    Map<String, Object> tree = new LinkedHashMap<>(Records.toObject(line));
    tree.put("difference", line.difference());
    return tree;
  }

  static List<Map<String, Object>> of(List<Stored<Count>> counts) {
    return counts.stream().map(CountView::of).toList();
  }
}
