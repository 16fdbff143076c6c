package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Goods that only their names tell apart are packed as one kind, and get their names back where they lie. */
final class Alike {
  private final Map<Goods, List<Goods>> byKind = new LinkedHashMap<>();
  private final Map<String, List<String>> unnamed = new LinkedHashMap<>();

  Alike(List<Goods> goods) {
    for (Goods it : goods) {
      var kind = new Goods("", it.size(), it.grams(), 1, it.turns(), it.nothingOnTop(), it.apart(), it.together());
      byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(it);
    }
    for (List<Goods> kinds : byKind.values()) {
      List<String> names = unnamed.computeIfAbsent(kinds.getFirst().id(), _ -> new ArrayList<>());
      kinds.forEach(it -> names.addAll(Collections.nCopies(it.units(), it.id())));
    }
  }

  List<Goods> merged() {
    return byKind.values().stream()
        .map(kinds -> kinds.getFirst().of(kinds.stream().mapToInt(Goods::units).sum())).toList();
  }

  /** These placements of merged kinds, each with the name of a unit that has none yet. */
  List<Placement> named(List<Placement> placements) {
    return placements.stream().map(it -> new Placement(unnamed.get(it.goods()).removeFirst(), it.x(), it.y(), it.z(),
        it.size())).toList();
  }
}
