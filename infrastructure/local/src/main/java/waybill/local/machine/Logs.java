package waybill.local.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the functions log. It stands in for standard output: a line that is a JSON object is kept here, where it can be
 * searched and listened to; every other line goes through to the console.
 */
public final class Logs implements AutoCloseable {
  private static final int KEPT = 20_000;

  private final InstantSource clock;
  private final PrintStream console;
  private final PrintStream tee;
  private final Deque<Map<String, Object>> lines = new ArrayDeque<>();
  private final List<Consumer<Map<String, Object>>> listeners = new CopyOnWriteArrayList<>();

  public Logs(InstantSource clock) {
    this.clock = clock;
    this.console = System.out;
    this.tee = new PrintStream(new Lines(), true, StandardCharsets.UTF_8);
    System.setOut(tee);
  }

  /** The real standard output. */
  public PrintStream console() {
    return console;
  }

  public void onLog(Consumer<Map<String, Object>> listener) {
    listeners.add(listener);
  }

  public List<Map<String, Object>> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  public void add(Map<String, Object> line) {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("at", Json.time(clock.instant()));
    kept.putAll(line);
    synchronized (lines) {
      lines.addLast(kept);
      if (lines.size() > KEPT) {
        lines.removeFirst();
      }
    }
    listeners.forEach(listener -> listener.accept(kept));
  }

  private void line(String text) {
    if (text.startsWith("{") && text.endsWith("}")) {
      try {
        add(Json.map(text));
        return;
      } catch (JsonProcessingException _) {
        // It only looked like a log line, so it is one for the console.
      }
    }
    console.println(text);
  }

  @Override
  public void close() {
    tee.flush();
    if (System.out == tee) {
      System.setOut(console);
    }
  }

  /** Cuts what is printed into lines. A println arrives in one piece, as PrintStream holds its lock meanwhile. */
  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int value) {
      if (value != '\n') {
        pending.write(value);
        return;
      }
      String text = pending.toString(StandardCharsets.UTF_8);
      pending.reset();
      line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }
  }
}
