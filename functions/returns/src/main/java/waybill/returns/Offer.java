package waybill.returns;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import waybill.messages.LineId;
import waybill.messages.ParcelId;
import waybill.orders.OrderContent;
import waybill.returns.Return.Units;

/**
 * How many units of a line its customer may ask to send back.
 *
 * @param line as it was ordered: a kit comes back as a whole
 * @param ordered how many
 * @param most 0 if none
 * @param why none may come back; null if some may
 */
record Offer(LineId line, int ordered, int most, Why why) {

  enum Why {
    /** It is no goods, or was taken out of the order. */
    NOT_CARRIED, NOT_DELIVERED,
    /** It is in a return or claim, or was made good. */
    TAKEN,
    /** The policy never takes it back. */
    EXCLUDED, WINDOW_OVER
  }

  /** Of each line of an order, in its order. */
  static List<Offer> of(OrderContent content, Requesting rules) {
    Map<LineId, Integer> delivered = rules.before().delivered(rules.goods());
    return IntStream.range(0, content.form().lines().size())
        .filter(it -> content.form().lines().get(it).quantity() > 0)
        .mapToObj(it -> of(content, OrderContent.lineId(it), content.form().lines().get(it).quantity(), delivered,
            rules))
        .toList();
  }

  private static Offer of(OrderContent content, LineId line, int ordered, Map<LineId, Integer> delivered,
      Requesting rules) {
    List<Units> packed = Goods.packed(content, line, 1, AskedLines.MOST_UNITS);
    if (packed.stream().anyMatch(it -> rules.goods().sku(it.lineId()) == null)) {
      return new Offer(line, ordered, 0, Why.NOT_CARRIED);
    }
    int there = whole(packed, it -> delivered.getOrDefault(it, 0));
    int free = whole(packed, it -> rules.before().free(delivered, rules.goods(), it));
    boolean excluded = packed.stream().anyMatch(it -> rules.excluded(it.lineId()).isPresent());
    Why why = excluded
        ? Why.EXCLUDED
        : there == 0 ? Why.NOT_DELIVERED : free == 0 ? Why.TAKEN : rules.isOver() ? Why.WINDOW_OVER : null;
    return new Offer(line, ordered, why == null ? free : 0, why);
  }

  /** How many units of each line may be claimed as missing, wrong or damaged: whatever the policy takes back. Without those of which none may. */
  static List<Offer> claims(OrderContent content, Requesting rules) {
    Map<LineId, Integer> delivered = rules.before().delivered(rules.goods());
    return of(content, rules).stream().map(it -> new Offer(it.line, it.ordered,
        it.why == Why.NOT_CARRIED
            ? 0
            : whole(Goods.packed(content, it.line, 1, AskedLines.MOST_UNITS),
                line -> rules.before().free(delivered, rules.goods(), line)),
        null)).filter(it -> it.most > 0).toList();
  }

  /** The units of a parcel that may be claimed as never arrived. */
  static List<Units> gone(ParcelId parcel, Requesting rules) {
    Map<LineId, Integer> shipped = rules.goods().unitsShipped();
    return rules.goods().unitsIn(parcel).entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(it -> new Units(it.getKey(), Math.min(rules.before().free(shipped, rules.goods(), it.getKey()),
            it.getValue() - rules.before().takenOf(parcel, rules.goods(), it.getKey()))))
        .filter(it -> it.quantity() > 0).toList();
  }

  /** How many of what was ordered these units of its components make. */
  private static int whole(List<Units> packed, java.util.function.ToIntFunction<LineId> units) {
    return packed.stream().mapToInt(it -> units.applyAsInt(it.lineId()) / it.quantity()).min().orElse(0);
  }
}
