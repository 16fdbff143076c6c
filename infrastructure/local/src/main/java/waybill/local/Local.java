package waybill.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import waybill.local.machine.Data;
import waybill.template.RefusedTemplate;

/**
 * {@code mvn -Plocal}: starts the embedded cloud, walks the sample order, and stays up until Ctrl-C. With
 * {@code -Ddata=DIR} it goes on with what an earlier one left there.
 */
public final class Local {
  private static final int INTERRUPTED = 130;

  private Local() {}

  public static void main(String[] args) throws InterruptedException {
    // Maven does not stop what it started when it is killed itself.
    ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(INTERRUPTED)));
    PrintStream out = System.out;
    int port = Integer.getInteger("port", 3000);
    Optional<Path> data = Optional.of(System.getProperty("data", "")).filter(it -> !it.isEmpty()).map(Path::of);
    boolean goesOn = data.filter(Data::isUsed).isPresent();
    out.println("The embedded cloud starts");
    EmbeddedCloud cloud = start(port, data, out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cloud, out), "stop"));
    if (goesOn) {
      out.println("It goes on with what is in " + data.get() + "; the sample order is placed on new data only");
    }
    String failed = goesOn ? null : walk(cloud, out);
    if (failed != null) {
      out.println("The walk failed at: " + failed);
    }
    if (Boolean.getBoolean("exit")) {
      System.exit(failed == null ? 0 : 1);
    }
    greet(cloud, data, out);
    Thread.currentThread().join();
  }

  private static EmbeddedCloud start(int port, Optional<Path> data, PrintStream out) {
    try {
      Settings settings = Settings.of(Path.of("template.yaml")).withPort(port).withSecrets(Settings.SAMPLE_SECRETS);
      Settings onData = data.map(settings::withData).orElse(settings);
      return EmbeddedCloud.start(window().map(onData::withLongestWindow).orElse(onData));
    } catch (BindException e) {
      out.println(BeforeTheBuild.taken(port));
    } catch (RefusedTemplate | IllegalStateException e) {
      out.println(e.getMessage());
    } catch (IOException e) {
      out.println("The embedded cloud could not start: " + e);
    }
    System.exit(1);
    throw new IllegalStateException("gone");
  }

  /** How long batches are gathered at most: somebody who waits for one order need not wait for those that do not come. */
  private static Optional<Duration> window() {
    return Optional.ofNullable(System.getProperty("window")).map(Duration::parse);
  }

  /** What goes wrong on the way is a failed step too. */
  private static String walk(EmbeddedCloud cloud, PrintStream out) {
    try {
      return Walk.run(cloud, out);
    } catch (RuntimeException e) {
      e.printStackTrace(out);
      return String.valueOf(e.getMessage());
    }
  }

  private static void greet(EmbeddedCloud cloud, Optional<Path> data, PrintStream out) {
    out.println();
    out.println("API      " + cloud.url());
    out.println("Docs     " + cloud.url() + "/local/docs");
    out.println("Mailbox  " + cloud.url() + "/local/mailbox");
    out.println("Queues   " + cloud.url() + "/local/queues");
    out.println("Logs     " + cloud.url() + "/local/logs");
    data.ifPresent(it -> out.println("Data     " + it));
    out.println("Token    " + cloud.token("operator", cloud.scopes().toArray(String[]::new)));
    out.println();
    out.println("Ctrl-C stops it.");
  }

  private static void stop(EmbeddedCloud cloud, PrintStream out) {
    try {
      cloud.close();
    } catch (IOException e) {
      e.printStackTrace(out);
    }
  }
}
