package waybill.warehouse.picking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.warehouse.Bin;
import waybill.warehouse.BinId;
import waybill.warehouse.picking.Block.Spot;

/**
 * Where the bins of a location stand, and in which order a person walks to them. Each zone is a {@link Block} of its own: its aisles stand side by side in
 * the order of their bins' walking sequences, and a person walks the shortest way through them; zones follow each other by theirs. Bins without an
 * aisle are walked to by their sequence alone, after the others of their zone.
 */
final class Layout {
  private final Map<BinId, Bin> bins = new HashMap<>();
  private final Map<BinId, Spot> spots = new HashMap<>();
  /** By zone, in the order in which they are walked through. */
  private final Map<String, Block> blocks = new LinkedHashMap<>();

  Layout(Collection<Bin> all) {
    all.forEach(it -> bins.put(it.bin(), it));
    Map<String, List<Bin>> zones = all.stream().filter(it -> it.purpose() != Bin.Purpose.TOTE)
        .collect(Collectors.groupingBy(Layout::zone));
    zones.entrySet().stream().sorted(Comparator.comparing((Map.Entry<String, List<Bin>> it) -> first(it.getValue()))
        .thenComparing(Map.Entry::getKey)).forEach(it -> add(it.getKey(), it.getValue()));
  }

  private void add(String zone, List<Bin> all) {
    Map<String, List<Bin>> aisles = all.stream().filter(it -> it.aisle() != null)
        .collect(Collectors.groupingBy(Bin::aisle, TreeMap::new, Collectors.toList()));
    List<List<Bin>> inOrder = new ArrayList<>(aisles.values());
    inOrder.sort(Comparator.comparing(Layout::first));
    int positions = 1;
    for (int i = 0; i < inOrder.size(); i++) {
      for (Bin bin : inOrder.get(i)) {
        var spot = new Spot(i + 1, bin.position() + 1);
        spots.put(bin.bin(), spot);
        positions = Math.max(positions, spot.position());
      }
    }
    blocks.put(zone, Block.of(positions));
  }

  private static int first(List<Bin> bins) {
    return bins.stream().mapToInt(Bin::walkingSequence).min().orElse(0);
  }

  private static String zone(Bin bin) {
    return bin.zone() == null ? "" : bin.zone();
  }

  Bin bin(BinId id) {
    return bins.get(id);
  }

  /** Null if it has no aisle. */
  Spot spot(BinId id) {
    return spots.get(id);
  }

  /** In the order in which a person walks; at one bin a product is finished before the next is begun. */
  List<Pick> walked(List<Pick> picks) {
    var walked = new ArrayList<Pick>();
    for (var zone : blocks.entrySet()) {
      List<Pick> here = picks.stream().filter(it -> zone(bins.get(it.bin())).equals(zone.getKey())).toList();
      Map<Spot, List<Pick>> at = here.stream().filter(it -> it.spot() != null)
          .collect(Collectors.groupingBy(Pick::spot));
      Walk.of(zone.getValue(), at.keySet()).spots().forEach(it -> walked.addAll(at.get(it).stream().sorted(
          Comparator.comparing(Pick::bin).thenComparing(Pick::sku)).toList()));
      here.stream().filter(it -> it.spot() == null).sorted(Comparator
          .comparing((Pick it) -> bins.get(it.bin()).walkingSequence()).thenComparing(Pick::bin)
          .thenComparing(Pick::sku)).forEach(walked::add);
    }
    return List.copyOf(walked);
  }
}
