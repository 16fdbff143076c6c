package waybill.catalog.addresses;

import java.util.Locale;

/**
 * One thing about an address.
 *
 * @param field of the address, as the API spells it; null if it is about all of it
 * @param detail for people; it quotes nothing of the address
 */
public record Finding(String field, Severity severity, String code, String detail) {

  public enum Severity {
    /** Nobody delivers there. */
    ERROR,
    /** A person should look before anything leaves. */
    WARNING,
    /** Good to know; the address may well be right. */
    INFO;

    /** As the API spells it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding error(String field, String code, String detail) {
    return new Finding(field, Severity.ERROR, code, detail);
  }

  static Finding warning(String field, String code, String detail) {
    return new Finding(field, Severity.WARNING, code, detail);
  }

  static Finding info(String field, String code, String detail) {
    return new Finding(field, Severity.INFO, code, detail);
  }
}
