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
