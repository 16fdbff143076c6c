package waybill.workbench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import waybill.platform.Json;

/** What functions log while it is open, as CloudWatch would read it. One test of a process at a time may have it open. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  private CapturedLog() {
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
  }

  public static CapturedLog open() {
    return new CapturedLog();
  }

  /** The lines so far, in order. */
  public List<Map<String, Object>> lines() {
    return text.toString(StandardCharsets.UTF_8).lines().filter(it -> it.startsWith("{")).map(Json::readObject)
        .toList();
  }

  /** The lines from which CloudWatch takes a metric of this name. */
  public List<Map<String, Object>> measured(String metric) {
    return lines().stream().filter(it -> it.containsKey(metric)
        && it.get("_aws") instanceof Map<?, ?> directive
        && directive.toString().matches(".*\\bName=" + metric + "\\b.*"))
        .toList();
  }

  @Override
  public void close() {
    System.setOut(standardOutput);
  }
}
