package waybill.messages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The text of ids: its form, and how an id is derived from what it identifies. */
public final class IdText {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int ID_CHARACTERS = 26;

  /** What an id made by {@link #digest} looks like, as a pattern. */
  public static final String DIGEST = "[0-9a-hjkmnp-tv-z]{26}";

  /** As many as there are types of ids; each message has several ids. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private IdText() {}

  /** @throws IllegalArgumentException if the value has another form; its text never quotes the value, which may be anything */
  public static void require(String type, String value, String pattern) {
    if (value == null || !PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(value).matches()) {
      throw new IllegalArgumentException("not a " + type);
    }
  }

  /**
   * As {@link #require}, for what is made by {@link #digest}: the most frequent by far, and so without a pattern.
   *
   * @param prefix what precedes the digest
   * @param numbers what follows it: for each number an underscore, and at most so many digits, of which the first is no zero
   */
  public static void requireDigest(String type, String value, String prefix, int... numbers) {
    if (value == null || !isDigest(value, prefix, numbers)) {
      throw new IllegalArgumentException("not a " + type);
    }
  }

  private static boolean isDigest(String value, String prefix, int[] numbers) {
    int at = prefix.length() + ID_CHARACTERS;
    if (value.length() < at || !value.startsWith(prefix)) {
      return false;
    }
    for (int i = prefix.length(); i < at; i++) {
      if (ALPHABET.indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    for (int most : numbers) {
      int first = at + 1;
      if (value.length() <= first || value.charAt(at) != '_' || value.charAt(first) == '0') {
        return false;
      }
      at = first;
      while (at < value.length() && value.charAt(at) >= '0' && value.charAt(at) <= '9') {
        at++;
      }
      if (at == first || at - first > most) {
        return false;
      }
    }
    return at == value.length();
  }

  /** 130 bits of SHA-256 over the parts, in Crockford's base 32: the same parts give the same id for ever. */
  public static String digest(String... parts) {
    byte[] hash = sha256(String.join("\u0000", parts));
    var id = new StringBuilder(ID_CHARACTERS);
    for (int i = 0; i < ID_CHARACTERS; i++) {
      int bit = i * 5;
      int twoBytes = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
      id.append(ALPHABET.charAt(twoBytes >> 11 - bit % 8 & 31));
    }
    return id.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
