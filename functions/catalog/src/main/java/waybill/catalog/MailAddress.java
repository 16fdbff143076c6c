package waybill.catalog;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Addresses that Amazon SES accepts. An address that it never would is refused in the request that has it: when a mail is due,
 * nobody is there to correct it.
 */
public final class MailAddress {
  public static final String RULE = "is a mail address: ASCII before the @, a domain with a dot after it";
  private static final int MAX_LENGTH = 254;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  static final Pattern ASCII = Pattern.compile("(?=.{1,%d}$)(?=[^@]{1,64}@)%s(?:\\.%s)*@%s(?:\\.%s)+"
      .formatted(MAX_LENGTH, ATOM, ATOM, LABEL, LABEL));

  private MailAddress() {}

  /** The text itself. @throws IllegalArgumentException if it is no such address */
  public static String checked(String text) {
    inAscii(text);
    return text;
  }

  /**
   * As it is sent to: an internationalised domain in Punycode.
   *
   * @throws IllegalArgumentException if it is no such address; its message leaves out the text, which is personal
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

  /** Empty if it has none. Java's is IDNA 2003, which writes a sharp s as ss: a name that would become another's domain has none. */
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
