package waybill.platform;

/** A value that is of its type and still cannot be used, for a reason of its own. */
public final class Unusable extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String code;

  /** @param code the reason for programs, part of the API @param detail the reason for people */
  public Unusable(String code, String detail) {
    super(detail);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
