package waybill.orders;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * Where a list of held orders goes on, over several lists of the index.
 *
 * @param list which of them
 * @param within where in it; null for its beginning
 */
record HeldCursor(int list, String within) {
  private static final Pattern LATER_LIST = Pattern.compile("([1-9][0-9]?)\\.(.*)");

  /** @param text null for the beginning. @param lists how many there are */
  static Outcome<HeldCursor> read(String text, int lists) {
    if (text == null) {
      return Outcome.of(new HeldCursor(0, null));
    }
    Matcher later = LATER_LIST.matcher(text);
    if (!later.matches()) {
      return Outcome.of(new HeldCursor(0, text));
    }
    int list = Integer.parseInt(later.group(1));
    return list < lists
        ? Outcome.of(new HeldCursor(list, later.group(2).isEmpty() ? null : later.group(2)))
        : Refused.invalid("cursor", "invalid", "is the next_cursor of a page of this very list").outcome();
  }

  /** @param next where the list goes on; null at its end. @return null at the end of all */
  HeldCursor after(String next, int lists) {
    if (next != null) {
      return new HeldCursor(list, next);
    }
    return list + 1 < lists ? new HeldCursor(list + 1, null) : null;
  }

  String text() {
    return list == 0 ? within : list + "." + (within == null ? "" : within);
  }
}
