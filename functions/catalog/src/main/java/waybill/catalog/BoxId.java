package waybill.catalog;

import waybill.messages.IdText;

/** A kind of box, as the merchant names it. */
public record BoxId(String value) {
  public static final String RULE = "is a box's id: 1 to 40 small letters, digits or dashes";

  public BoxId {
    IdText.require("BoxId", value, "[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public String toString() {
    return value;
  }
}
