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

    private Promises(LocationId location) {
      this.location = location;
    }

    /** So many more units of what a pick takes out of its bin; a negative number for fewer. */
    void add(Pick pick, int units) {
      changes.merge(key(pick), units, Integer::sum);
      known.computeIfAbsent(key(pick), _ -> content(location, pick).orElse(null));
    }

    /** Whatever of the content is not promised. */
    void addFree(Pick pick) {
      content(location, pick).filter(it -> it.value().free() > 0).ifPresent(it -> add(pick, it.value().free()));
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
