package waybill.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import waybill.messages.LocationId;
import waybill.platform.Fields;

/** A box as an operator puts it. */
final class BoxForm {
  private static final int MAX_MILLIMETRES = 5_000;
  private static final int MAX_GRAMS = 10_000_000;
  private static final int MAX_COUNTS = 200;
  private static final int MAX_BOXES = 1_000_000;
  private static final long MAX_COST = 1_000_000_000;

  private BoxForm() {}

  static ShippingBox read(BoxId id, Fields fields) {
    var box = new ShippingBox(id, fields.text("name", 200),
        fields.parsedOrNull("location_id", LocationId::new, "is a location's id"),
        fields.integer("inner_length_mm", 1, MAX_MILLIMETRES), fields.integer("inner_width_mm", 1, MAX_MILLIMETRES),
        fields.integer("inner_height_mm", 1, MAX_MILLIMETRES), fields.integer("length_mm", 1, MAX_MILLIMETRES),
        fields.integer("width_mm", 1, MAX_MILLIMETRES), fields.integer("height_mm", 1, MAX_MILLIMETRES),
        fields.integer("weight_grams", 0, MAX_GRAMS), fields.integer("maximum_weight_grams", 1, MAX_GRAMS),
        fields.whole("cost", 0, MAX_COST), fields.flagOr("active", true), counts(fields));
    if (fields.sound()) {
      atMost(fields, "inner_length_mm", box.innerLengthMm(), box.lengthMm());
      atMost(fields, "inner_width_mm", box.innerWidthMm(), box.widthMm());
      atMost(fields, "inner_height_mm", box.innerHeightMm(), box.heightMm());
      atMost(fields, "weight_grams", box.weightGrams(), box.maximumWeightGrams());
    }
    fields.verify();
    return box;
  }

  private static List<ShippingBox.Counted> counts(Fields fields) {
    var named = new HashSet<LocationId>();
    return fields.listOrEmpty("counts", MAX_COUNTS, it -> {
      LocationId location = it.parsed("location_id", LocationId::new, "is a location's id");
      if (location != null && !named.add(location)) {
        it.refuse("location_id", "repeated", "each location is named once");
      }
      int quantity = it.integer("quantity", 0, MAX_BOXES);
      Instant at = it.timeOrNull("counted_at");
      if (!it.has("counted_at")) {
        it.refuse("counted_at", "required", "is required: what is packed from then on is counted down");
      }
      return new ShippingBox.Counted(location, quantity, at);
    });
  }

  private static void atMost(Fields fields, String name, int value, int most) {
    if (value > most) {
      String outer = name.equals("weight_grams") ? "maximum_weight_grams" : name.replace("inner_", "");
      fields.refuse(name, "too_large", "is at most %s, which is %d".formatted(outer, most));
    }
  }
}
