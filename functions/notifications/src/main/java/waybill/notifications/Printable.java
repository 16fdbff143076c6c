package waybill.notifications;

import java.util.regex.Pattern;

/** Makes a text that others wrote fit on one line of a mail. In a subject, a line break would start another header. */
final class Printable {
  /** Control characters, line and paragraph separators, and overrides of direction; not the joiner that emoji need. */
  private static final Pattern UNPRINTABLE = Pattern
      .compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]+");

  private Printable() {}

  /** @param text may be null, which is an empty text */
  static String of(String text) {
    return text == null ? "" : UNPRINTABLE.matcher(text).replaceAll(" ").strip();
  }
}
