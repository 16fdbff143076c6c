package waybill.returns;

import java.util.List;
import java.util.Optional;
import waybill.messages.LineId;
import waybill.messages.Sku;
import waybill.returns.Return.Word;

/**
 * What is sent instead of units that come back, one for one, by an order of its own.
 *
 * @param inAdvance whether it is sent before the units have come
 * @param onScan whether it is sent in advance only once their carrier has them; else as soon as they may come back
 * @param waived who said that the customer pays no difference; null if they pay it
 * @param ended what a person has decided of units that never came though others were sent for them; null if nothing
 */
record Exchange(List<Item> items, boolean inAdvance, boolean onScan, Word waived, End ended) {

  /** @param unitPrice null if it costs what the unit is worth */
  record Item(LineId lineId, Sku sku, Long unitPrice) {}

  /** @param charged whether the customer owes the amount, or it is written off */
  record End(boolean charged, long amount, Word word) {}

  Optional<Item> item(LineId line) {
    return items.stream().filter(it -> it.lineId.equals(line)).findFirst();
  }

  Exchange waived(Word word) {
    return new Exchange(items, inAdvance, onScan, word, ended);
  }

  Exchange ended(End end) {
    return new Exchange(items, inAdvance, onScan, waived, end);
  }
}
