package waybill.notifications;

import java.util.regex.Pattern;

/** Texts that others wrote, made fit for one line of a mail: for its subject, where a line break would start a header, as for its body. */
final class Printable {
  /** Controls, line and paragraph separators, and what turns the direction of the text around it; not the joiner that emoji need. */
  private static final Pattern UNPRINTABLE = Pattern
      .compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]+");

  private Printable() {}

  /** @param text may be null, which is nothing */
  static String of(String text) {
    return text == null ? "" : UNPRINTABLE.matcher(text).replaceAll(" ").strip();
  }
}
