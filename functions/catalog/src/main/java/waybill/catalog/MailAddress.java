package waybill.catalog;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Addresses that Amazon SES takes. What it never would is refused when it is told: when the mail is due, nobody is there to
 * correct it.
 */
public final class MailAddress {
  public static final String RULE = "is a mail address: ASCII before the @, a domain with a dot after it";
  private static final int MAX_LENGTH = 254;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  static final Pattern ASCII = Pattern.compile("(?=.{1,%d}$)(?=[^@]{1,64}@)%s(?:\\.%s)*@%s(?:\\.%s)+"
      .formatted(MAX_LENGTH, ATOM, ATOM, LABEL, LABEL));

  private MailAddress() {}

  /** The text itself. @throws IllegalArgumentException where it is no such address */
  public static String checked(String text) {
    inAscii(text);
    return text;
  }

  /**
   * As it is sent to: an internationalised domain in Punycode.
   *
   * @throws IllegalArgumentException where it is no such address; it does not tell the text, which is personal
   */
  public static String inAscii(String text) {
    int domain = text.lastIndexOf('@') + 1;
    if (text.length() <= MAX_LENGTH) {
      String address = text.substring(0, domain) + punycode(text.substring(domain));
      if (ASCII.matcher(address).matches()) {
        return address;
      }
    }
    throw new IllegalArgumentException(RULE);
  }

  /** Empty where it has none. Java's is that of 2003, for which a sharp s is two: what would become another's domain has none. */
  private static String punycode(String domain) {
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
      return ascii.equals(domain) || small(IDN.toUnicode(ascii)).equals(small(domain)) ? ascii : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String small(String domain) {
    return Normalizer.normalize(domain, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
