package waybill.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import waybill.catalog.MailAddress;

/** One writing for all ways in which people write the same. What is stored and what is asked for go through here alike. */
final class Writing {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['\u2018\u2019\u02BC\u02B9`\u00B4]");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  /** Letters that Unicode does not take apart. */
  private static final Map<String, String> LETTERS = Map.ofEntries(Map.entry("\u00DF", "ss"), Map.entry("\u00E6", "ae"),
      Map.entry("\u0153", "oe"), Map.entry("\u00F8", "o"), Map.entry("\u0142", "l"), Map.entry("\u0111", "d"),
      Map.entry("\u00F0", "d"), Map.entry("\u00FE", "th"), Map.entry("\u0131", "i"), Map.entry("\u0127", "h"),
      Map.entry("\u0167", "t"));
  /** An umlaut is also written as two letters: all three writings of a name become the shortest. */
  private static final Pattern UMLAUTS = Pattern.compile("(a)[ae]|(o)e|(u)e");

  private Writing() {}

  /** The words of a name, in their order: no case, no accents, a German umlaut as its letter alone. */
  static List<String> words(String name) {
    var words = new ArrayList<String>();
    for (String word : BETWEEN_WORDS.split(plain(APOSTROPHES.matcher(name).replaceAll("")))) {
      String letters = UMLAUTS.matcher(word).replaceAll("$1$2$3");
      if (letters.codePointCount(0, letters.length()) > 1 || isIdeographic(letters)) {
        words.add(letters);
      }
    }
    return List.copyOf(new LinkedHashSet<>(words));
  }

  /** A single letter is an initial, but a single sign may be a whole name. */
  private static boolean isIdeographic(String word) {
    return !word.isEmpty() && Character.isIdeographic(word.codePointAt(0));
  }

  private static String plain(String text) {
    String small = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String bare = MARKS.matcher(Normalizer.normalize(small, Normalizer.Form.NFKD)).replaceAll("");
    for (Map.Entry<String, String> it : LETTERS.entrySet()) {
      bare = bare.replace(it.getKey(), it.getValue());
    }
    return bare;
  }

  /** Mail servers may tell capitals apart, people do not. @throws IllegalArgumentException if it is no mail address */
  static String email(String text) {
    return MailAddress.inAscii(text.strip()).toLowerCase(Locale.ROOT);
  }

  /** With or without the sign before it. @throws IllegalArgumentException if nothing is left */
  static String number(String text) {
    return required(bare(text));
  }

  /** A storefront may call an order "#", by which nobody finds it. */
  static boolean isNumber(String text) {
    return !bare(text).isEmpty();
  }

  private static String bare(String text) {
    return small(text).replaceAll("[\\s#]", "");
  }

  private static String small(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }

  /** @throws IllegalArgumentException if it is empty */
  static String tag(String text) {
    return required(small(text));
  }

  static String trackingNumber(String text) {
    return required(text.replaceAll("\\s", "").toUpperCase(Locale.ROOT));
  }

  private static String required(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
