package waybill.messages;

/** A webhook endpoint, as the merchant names it. */
public record EndpointId(String value) {

  public EndpointId {
    IdText.require("EndpointId", value, "[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public String toString() {
    return value;
  }
}
