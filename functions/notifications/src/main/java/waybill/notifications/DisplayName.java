package waybill.notifications;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A name before an address, as headers of mails hold it: quoted by RFC 5322, or encoded by RFC 2047 if it is not ASCII. */
final class DisplayName {
  private static final Pattern ASCII = Pattern.compile("[ -~]*");
  /** What would be decoded though it is meant as it stands. */
  private static final String ENCODED = "=?";
  private static final String START = "=?UTF-8?B?";
  private static final String END = "?=";
  /** An encoded word has at most 75 characters; Base64 makes four of three bytes. */
  private static final int MOST_BYTES = (75 - START.length() - END.length()) / 4 * 3;

  private DisplayName() {}

  /** @param name on one line; empty for the address alone */
  static String before(String address, String name) {
    if (name.isEmpty()) {
      return address;
    }
    String words = ASCII.matcher(name).matches() && !name.contains(ENCODED) ? quoted(name) : encoded(name);
    return words + " <" + address + ">";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** As many words as it needs, none of which ends within a character. */
  private static String encoded(String name) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    for (int character : name.codePoints().toArray()) {
      String text = Character.toString(character);
      if (bytes(word + text).length > MOST_BYTES) {
        words.add(word(word));
        word.setLength(0);
      }
      word.append(text);
    }
    words.add(word(word));
    return String.join(" ", words);
  }

  private static String word(CharSequence text) {
    return START + Base64.getEncoder().encodeToString(bytes(text)) + END;
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
