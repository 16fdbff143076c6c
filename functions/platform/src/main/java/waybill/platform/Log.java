package waybill.platform;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * One JSON line an event on standard output, which is where Lambda reads logs: level, function, message, then what it is
 * about, as names and values. Ids and reasons only; never anything personal, never a secret.
 */
public final class Log {
  /** Services quote in their refusals what they refuse, a mail address above all. */
  private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s<>\"'(),;:]+@[^\\s<>\"'(),;:]+");

  /** The id of the message or request that is being worked on, under the name that it has in log lines. */
  private static final ScopedValue<Map.Entry<String, String>> ABOUT = ScopedValue.newInstance();
  /** One of each stack, so that none rings another's alarms. Where no stack runs this, nobody takes metrics out of lines. */
  private static final String NAMESPACE = System.getenv().getOrDefault("METRICS_NAMESPACE", "Waybill");
  /** Until the first line: on Lambda it shows that a new environment was started. */
  private static final AtomicBoolean COLD = new AtomicBoolean(System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null);

  private final String function;

  private Log(String function) {
    this.function = function;
  }

  /** The log of a function, named as its handler without {@code Handler}. */
  public static Log of(Class<?> handler) {
    return new Log(handler.getSimpleName().replaceFirst("Handler$", ""));
  }

  /** Does something; what is logged meanwhile names which message it was for. */
  static void ofMessage(String id, Runnable work) {
    ScopedValue.where(ABOUT, Map.entry("message_id", id)).run(work);
  }

  /** Does something; what is logged meanwhile names which request it was for. */
  static <T, E extends Exception> T ofRequest(String id, ScopedValue.CallableOp<T, E> work) throws E {
    return ScopedValue.where(ABOUT, Map.entry("request_id", id)).call(work);
  }

  /** Something has happened that the timeline of an order shows. */
  public void info(String message, Object... namesAndValues) {
    print(line("INFO", message, namesAndValues));
  }

  /** Something was refused or passed over, visibly. */
  public void warn(String message, Object... namesAndValues) {
    print(line("WARN", message, namesAndValues));
  }

  /**
   * A number that CloudWatch takes out of a line, in its Embedded Metric Format (docs.aws.amazon.com/AmazonCloudWatch,
   * "Specification: Embedded metric format"). It is as often as its line is: a process that crashes may have logged it twice or never,
   * so books are kept in tables.
   *
   * @param name in the namespace of its stack
   * @param unit as CloudWatch names it
   * @param by the name in the line by which values are distinguished; null if they are not
   */
  public record Metric(String name, long value, String unit, String by) {
    public static Metric count(String name) {
      return count(name, 1);
    }

    /** So many at once. */
    public static Metric count(String name, long times) {
      return new Metric(name, times, "Count", null);
    }

    public static Metric seconds(String name, Duration duration) {
      return new Metric(name, duration.toSeconds(), "Seconds", null);
    }

    /** An amount in minor units, of the currency that the line names. */
    public static Metric money(String name, long amount) {
      return new Metric(name, amount, "None", "currency");
    }

    /** Counted for each value apart. @param field of the line, which is also the dimension's name */
    public Metric by(String field) {
      return new Metric(name, value, unit, field);
    }

    private Map<String, Object> directive() {
      return Map.of("Namespace", NAMESPACE, "Dimensions", List.of(by == null ? List.of() : List.of(by)), "Metrics",
          List.of(Map.of("Name", name, "Unit", unit)));
    }
  }

  /** Something has happened that the dashboard shows. */
  public void measure(Metric metric, String message, Object... namesAndValues) {
    print(measured(line("INFO", message, namesAndValues), metric));
  }

  /**
   * Something that nobody should have to read logs to hear of: a warning that CloudWatch also counts, so that an alarm can stand
   * on it.
   *
   * @param metric its name
   */
  public void report(String metric, String message, Object... namesAndValues) {
    print(measured(line("WARN", message, namesAndValues), Metric.count(metric)));
  }

  private static Map<String, Object> measured(Map<String, Object> line, Metric metric) {
    line.put(metric.name, metric.value);
    line.put("_aws",
        Map.of("Timestamp", System.currentTimeMillis(), "CloudWatchMetrics", List.of(metric.directive())));
    return line;
  }

  /** Something failed and will be tried again, or needs a person. */
  public void error(String message, Throwable cause, Object... namesAndValues) {
    var more = new Object[namesAndValues.length + 4];
    System.arraycopy(namesAndValues, 0, more, 0, namesAndValues.length);
    more[namesAndValues.length] = "reason";
    more[namesAndValues.length + 1] = masked(cause);
    more[namesAndValues.length + 2] = "where";
    more[namesAndValues.length + 3] = cause.getStackTrace().length == 0 ? "" : cause.getStackTrace()[0].toString();
    print(line("ERROR", message, more));
  }

  private Map<String, Object> line(String level, String message, Object... namesAndValues) {
    var line = new LinkedHashMap<String, Object>();
    line.put("level", level);
    line.put("fn", function);
    line.put("message", message);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1] instanceof Throwable reason ? masked(reason) : namesAndValues[i + 1];
      line.put(namesAndValues[i].toString(),
          value instanceof Number || value instanceof Boolean ? value : String.valueOf(value));
    }
    if (ABOUT.isBound() && !ABOUT.get().getValue().isEmpty()) {
      line.putIfAbsent(ABOUT.get().getKey(), ABOUT.get().getValue());
    }
    if (COLD.getAndSet(false)) {
      line.put("cold_start", true);
    }
    return line;
  }

  private static String masked(Throwable reason) {
    String text = reason.toString();
    return text.indexOf('@') < 0 ? text : MAIL_ADDRESS.matcher(text).replaceAll("(address)");
  }

  private static void print(Map<String, Object> line) {
    System.out.println(Json.write(line));
  }
}
