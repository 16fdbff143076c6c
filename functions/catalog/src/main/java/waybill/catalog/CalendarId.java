package waybill.catalog;

import waybill.messages.IdText;

/** Days on which somebody works, as the merchant names them. */
public record CalendarId(String value) {
  public static final String RULE = "is a calendar's id: 1 to 40 small letters, digits or dashes";

  public CalendarId {
    IdText.require("CalendarId", value, "[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public String toString() {
    return value;
  }
}
