package waybill.warehouse;

import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Fields;

/** A bin as an operator puts it, to be verified by the caller. */
final class BinForm {
  static final String STORAGE_TYPE_RULE = "is 1 to 40 small letters, digits or dashes";
  private static final int MAX_SEQUENCE = 1_000_000;
  private static final int MAX_MILLIMETRES = 50_000;
  private static final int MAX_GRAMS = 100_000_000;
  private static final int MAX_CM3 = 1_000_000_000;
  private static final int MAX_UNITS = 1_000_000;

  private BinForm() {}

  static Bin read(LocationId location, BinId id, Fields fields) {
    var bin = new Bin(location, id, fields.choiceOr("purpose", Bin.Purpose.PICK), fields.textOrNull("zone", 40),
        fields.textOrNull("aisle", 40), fields.integerOr("position", 0, MAX_SEQUENCE, 0),
        fields.integerOr("level", 0, 1_000, 0),
        fields.has("storage_type") ? storageType(fields) : "shelf",
        fields.integerOr("walking_sequence", 0, MAX_SEQUENCE, 0), most(fields, "maximum_height_mm", MAX_MILLIMETRES),
        most(fields, "maximum_weight_grams", MAX_GRAMS), most(fields, "maximum_volume_cm3", MAX_CM3),
        most(fields, "maximum_units", MAX_UNITS), fields.flagOr("locked", false),
        pickFace(fields.objectOrNull("pick_face")));
    if (bin.pickFace() != null && bin.purpose() != Bin.Purpose.PICK) {
      fields.refuse("pick_face", "not_allowed", "is for bins that orders are picked out of");
    }
    return bin;
  }

  private static Bin.PickFace pickFace(Fields fields) {
    if (fields == null) {
      return null;
    }
    var face = new Bin.PickFace(fields.parsed("sku", Sku::new, "is a SKU"), fields.integer("minimum", 0, MAX_UNITS),
        fields.integer("maximum", 1, MAX_UNITS));
    if (face.minimum() >= face.maximum()) {
      fields.refuse("maximum", "out_of_range", "is more than the minimum");
    }
    return face;
  }

  static String storageType(Fields fields) {
    return fields.matching("storage_type", java.util.regex.Pattern.compile("[a-z0-9][a-z0-9-]{0,39}"),
        STORAGE_TYPE_RULE);
  }

  private static Integer most(Fields fields, String name, int max) {
    return fields.has(name) ? (Integer) fields.integer(name, 1, max) : null;
  }
}
