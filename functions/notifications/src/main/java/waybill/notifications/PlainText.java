package waybill.notifications;

/** Plain text as mail programs show it well: lines of at most 72 characters, one empty line at most between paragraphs. */
final class PlainText {
  static final int LINE_CHARACTERS = 72;

  private PlainText() {}

  /** Breaks long lines at spaces and keeps their indent; what has no space, as an address of the web, stays whole. */
  static String wrap(String text) {
    var wrapped = new StringBuilder();
    for (String line : text.strip().replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").split("\n", -1)) {
      wrapLine(line, wrapped);
    }
    return wrapped.toString();
  }

  private static void wrapLine(String line, StringBuilder wrapped) {
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    int length = 0;
    for (String word : line.strip().split(" +")) {
      if (length == 0) {
        wrapped.append(indent);
        length = indent.length();
      } else if (length + 1 + word.length() > LINE_CHARACTERS) {
        wrapped.append('\n').append(indent);
        length = indent.length();
      } else {
        wrapped.append(' ');
        length++;
      }
      wrapped.append(word);
      length += word.length();
    }
    wrapped.append('\n');
  }
}
