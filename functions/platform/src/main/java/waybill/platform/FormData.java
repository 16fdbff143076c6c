package waybill.platform;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body as an HTML form sends it, {@code multipart/form-data} by RFC 7578, which takes the parts from RFC 2046, 5.1.
 *
 * @param parts in the order in which they were sent
 */
public record FormData(List<Part> parts) {
  /** A line of an order has four fields and some photos. */
  private static final int MOST_PARTS = 10_000;
  private static final Pattern BOUNDARY = Pattern
      .compile("(?i)multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
  private static final Pattern DISPOSITION = Pattern.compile("(?im)^content-disposition:\\s*form-data\\s*(;.*)$");
  private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"");
  private static final String LINE_END = "\r\n";
  private static final String HEADERS_END = LINE_END + LINE_END;

  /** @param bytes of a text field, its text in UTF-8 */
  public record Part(String name, byte[] bytes) {
    /** @throws Problem 400 if it is none in UTF-8 */
    public String text() {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw malformed("a text of the form is not in UTF-8");
      }
    }
  }

  /** @throws Problem 400 if it is none */
  static FormData read(String contentType, byte[] body) {
    Matcher found = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!found.matches()) {
      throw malformed("the body is no multipart/form-data with a boundary");
    }
    return new FormData(parts("--" + (found.group(1) == null ? found.group(2) : found.group(1)),
        // One character a byte, so that places in the text are places in the body.
        new String(body, StandardCharsets.ISO_8859_1)));
  }

  private static List<Part> parts(String delimiter, String body) {
    var parts = new ArrayList<Part>();
    int at = body.startsWith(delimiter) ? 0 : after(body, LINE_END + delimiter, 0) - delimiter.length();
    while (!body.startsWith("--", at + delimiter.length())) {
      int headers = after(body, LINE_END, at + delimiter.length()) - LINE_END.length();
      int content = after(body, HEADERS_END, headers);
      int next = after(body, LINE_END + delimiter, content) - delimiter.length();
      if (parts.size() == MOST_PARTS) {
        throw malformed("the form has more than %d parts".formatted(MOST_PARTS));
      }
      parts.add(new Part(name(body.substring(headers, content)),
          body.substring(content, next - LINE_END.length()).getBytes(StandardCharsets.ISO_8859_1)));
      at = next;
    }
    return List.copyOf(parts);
  }

  /** Where the first such text from there on ends. */
  private static int after(String body, String text, int from) {
    int found = body.indexOf(text, from);
    if (found < 0) {
      throw malformed("the form ends before its last boundary");
    }
    return found + text.length();
  }

  private static String name(String headers) {
    Matcher disposition = DISPOSITION.matcher(headers);
    Matcher name = NAME.matcher(disposition.find() ? disposition.group(1) : "");
    if (!name.find()) {
      throw malformed("a part of the form has no name");
    }
    return new String(name.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static Problem malformed(String detail) {
    return Problem.of(400, "malformed_form", detail);
  }
}
