package waybill.warehouse.picking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.LocationId;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.warehouse.BinContent;
import waybill.warehouse.BinMove;
import waybill.warehouse.BinMoveId;
import waybill.warehouse.BinStock;
import waybill.warehouse.CountId;

/** What is promised of what lies in bins, as parts of the transaction that changes a round. */
final class Shelves {
  private final BinStock stock;

  Shelves(Ports ports) {
    this.stock = new BinStock(ports);
  }

  /** Promises that are changed together; of each content there is one. */
  Promises promises(LocationId location) {
    return new Promises(location);
  }

  final class Promises {
    private final LocationId location;
    private final Map<List<Object>, Stored<BinContent>> known = new LinkedHashMap<>();
    private final Map<List<Object>, Integer> changes = new LinkedHashMap<>();
    private final Map<List<Object>, BinContent> doubts = new LinkedHashMap<>();

    private Promises(LocationId location) {
      this.location = location;
    }

    /** So many more units of what a pick takes out of its bin; a negative number for fewer. */
    void add(Pick pick, int units) {
      changes.merge(key(pick), units, Integer::sum);
      known.computeIfAbsent(key(pick), _ -> content(location, pick).orElse(null));
    }

    /** What a person did not find of a pick, and whatever of its content is not promised, is promised to a count. */
    void doubt(Pick pick, int units, CountId count) {
      content(location, pick).ifPresent(it -> {
        BinContent all = it.value().holding(it.value().free());
        known.put(key(pick), it);
        int missing = Math.min(units, it.value().held() - it.value().inDoubt());
        doubts.put(key(pick), all.doubting(missing + it.value().free(), count));
      });
    }

    /** Units that nobody is to take any more are promised to the count of their bin; to nobody, if it is over. */
    void letGo(Pick pick, int units) {
      Stored<BinContent> content = known.computeIfAbsent(key(pick), _ -> content(location, pick).orElse(null));
      if (content != null) {
        BinContent before = doubts.getOrDefault(key(pick), content.value());
        int some = Math.min(units, before.held() - before.inDoubt());
        doubts.put(key(pick),
            before.doubt() == null ? before.holding(-some) : before.doubting(some, before.doubt().count()));
      }
    }

    private static List<Object> key(Pick pick) {
      return List.of(pick.bin(), pick.sku(), Optional.ofNullable(pick.lot()));
    }

    /** Whether the bins have what is promised of them. */
    boolean areKept() {
      return changes.entrySet().stream().allMatch(it -> {
        Stored<BinContent> content = known.get(it.getKey());
        return content != null && content.value().free() >= it.getValue();
      });
    }

    /** What is not in its bin any more is promised no more. */
    List<TransactWriteItem> writes() {
      var writes = new ArrayList<TransactWriteItem>();
      changes.forEach((key, units) -> {
        Stored<BinContent> content = known.get(key);
        int change = content == null ? 0 : Math.max(units, -content.value().held());
        if (change != 0) {
          writes.add(stock.holding(content, change));
        }
      });
      doubts.forEach((key, after) -> writes.add(stock.changed(known.get(key), after)));
      return writes;
    }
  }

  Optional<Stored<BinContent>> content(LocationId location, Pick pick) {
    return stock.content(location, pick.bin(), pick.sku(), pick.lot());
  }

  /**
   * Promised units of a pick leave its bin.
   *
   * @param by what names the move: the same is made once
   */
  static BinMove leaving(LocationId location, Pick pick, int units, BinMove.Reason reason, String actor,
      String reference, Instant at, String... by) {
    return new BinMove(BinMoveId.of(by), location, pick.bin(), null,
        List.of(new BinMove.Line(pick.sku(), pick.lot(), pick.expiresOn(), units)), true, null, reason, actor,
        reference, at);
  }
}
