package waybill.platform;

import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/**
 * One JSON line an event on standard output, which is where Lambda reads logs: level, function, message, then what it is
 * about, as names and values. Ids and reasons only; never anything personal, never a secret.
 */
public final class Log {
  /** Services quote in their refusals what they refuse, a mail address above all. */
  private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s<>\"'(),;:]+@[^\\s<>\"'(),;:]+");

  private final String function;

  private Log(String function) {
    this.function = function;
  }

  /** The log of a function, named as its handler without {@code Handler}. */
  public static Log of(Class<?> handler) {
    return new Log(handler.getSimpleName().replaceFirst("Handler$", ""));
  }

  /** Something has happened that the timeline of an order shows. */
  public void info(String message, Object... namesAndValues) {
    line("INFO", message, namesAndValues);
  }

  /** Something was refused or passed over, visibly. */
  public void warn(String message, Object... namesAndValues) {
    line("WARN", message, namesAndValues);
  }

  /** Something failed and will be tried again, or needs a person. */
  public void error(String message, Throwable cause, Object... namesAndValues) {
    var more = new Object[namesAndValues.length + 4];
    System.arraycopy(namesAndValues, 0, more, 0, namesAndValues.length);
    more[namesAndValues.length] = "reason";
    more[namesAndValues.length + 1] = MAIL_ADDRESS.matcher(cause.toString()).replaceAll("(address)");
    more[namesAndValues.length + 2] = "where";
    more[namesAndValues.length + 3] = cause.getStackTrace().length == 0 ? "" : cause.getStackTrace()[0].toString();
    line("ERROR", message, more);
  }

  private void line(String level, String message, Object... namesAndValues) {
    var line = new LinkedHashMap<String, Object>();
    line.put("level", level);
    line.put("fn", function);
    line.put("message", message);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      line.put(namesAndValues[i].toString(),
          value instanceof Number || value instanceof Boolean ? value : String.valueOf(value));
    }
    System.out.println(Json.write(line));
  }
}
