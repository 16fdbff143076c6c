package waybill.messages;

/** Goods that are expected at a location, as the merchant names them, for example by the number of a purchase order. */
public record InboundId(String value) {

  public InboundId {
    IdText.require("InboundId", value, "[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }

  @Override
  public String toString() {
    return value;
  }
}
