package waybill.warehouse;

import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Fields;

/**
 * A move as somebody asks for it.
 *
 * @param sku null if all that lies in the bin is moved
 */
record MoveForm(LocationId location, BinId from, BinId to, Sku sku, LotNumber lot, int quantity, Integer heightMm,
    BinMove.Reason reason, String reference) {
  private static final int MAX_QUANTITY = 1_000_000;
  private static final int MAX_MILLIMETRES = 50_000;

  /** What a person may give as a reason; the others follow from other work. */
  private enum Reason {
    PUTAWAY, MOVED, REPLENISHED
  }

  static MoveForm read(Fields fields) {
    LocationId location = fields.parsed("location_id", LocationId::new, "is the id of a location");
    BinId from = fields.parsedOrNull("from", BinId::new, BinId.RULE);
    BinId to = fields.parsedOrNull("to", BinId::new, BinId.RULE);
    Sku sku = fields.parsedOrNull("sku", Sku::new, "is a SKU");
    LotNumber lot = fields.parsedOrNull("lot", LotNumber::new, LotNumber.RULE);
    int quantity = fields.has("quantity") ? fields.integer("quantity", 1, MAX_QUANTITY) : 0;
    Integer height = fields.has("height_mm") ? (Integer) fields.integer("height_mm", 1, MAX_MILLIMETRES) : null;
    Reason reason = fields.choiceOr("reason", Reason.MOVED);
    if (!fields.has("from") && !fields.has("to")) {
      fields.refuse("to", "required", "is required, unless units leave a bin for the dock");
    } else if (from != null && from.equals(to)) {
      fields.refuse("to", "same", "is another bin than the one that they leave");
    }
    if (fields.has("sku")) {
      if (!fields.has("quantity")) {
        fields.refuse("quantity", "required", "is required of a product");
      }
    } else if (!fields.has("from") || !fields.has("to")) {
      fields.refuse("sku", "required", "is required, unless all that lies in a bin goes to another");
    } else if (fields.has("quantity") || fields.has("lot")) {
      fields.refuse("sku", "required", "is required if a quantity or a lot is named");
    }
    return new MoveForm(location, from, to, sku, lot, quantity, height, BinMove.Reason.valueOf(reason.name()),
        fields.textOrNull("reference", 100));
  }
}
