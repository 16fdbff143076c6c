package waybill.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The embedded cloud of a checkout in a process of its own, as {@code mvn -Plocal} starts it: its processor time and memory are
 * measured from outside, without those of the clients.
 */
final class CloudProcess implements AutoCloseable {
  private static final Pattern JVM_OPTION = Pattern.compile("<argument>(-X[^<]*)</argument>");
  private static final String MODULE = "infrastructure/local";
  private static final String MAIN = "waybill.local.Local";

  private final Process process;
  private final URI url;
  private final String token;

  private CloudProcess(Process process, URI url, String token) {
    this.process = process;
    this.url = url;
    this.token = token;
  }

  /** Returns once the cloud has walked its sample order and says where it is. */
  static CloudProcess start(Checkout checkout) throws IOException {
    Process process = checkout.start(MODULE, MAIN, options(checkout));
    BufferedReader printed = process.inputReader(StandardCharsets.UTF_8);
    var all = new StringBuilder();
    URI url = null;
    for (String line = printed.readLine(); line != null; line = printed.readLine()) {
      all.append(line).append('\n');
      if (line.startsWith("API ")) {
        url = URI.create(line.substring(4).strip());
      } else if (line.startsWith("Token ") && url != null) {
        Thread.ofVirtual().start(() -> drain(printed));
        return new CloudProcess(process, url, line.substring(6).strip());
      }
    }
    throw new IllegalStateException(checkout.folder() + " does not start:\n" + all);
  }

  /** The JVM's options of {@code mvn -Plocal} there; and more for a profiler. */
  private static List<String> options(Checkout checkout) throws IOException {
    var options = new ArrayList<>(List.of("-Dport=0"));
    JVM_OPTION.matcher(Files.readString(pomThatStartsIt(checkout.folder().resolve(MODULE)))).results()
        .forEach(it -> options.add(it.group(1)));
    Stream.of(System.getProperty("cloud.options", "").split(" ")).filter(it -> !it.isEmpty()).forEach(options::add);
    return options;
  }

  private static Path pomThatStartsIt(Path module) {
    Path walk = module.resolve("walk/pom.xml");
    return Files.exists(walk) ? walk : module.resolve("pom.xml"); // an older checkout
  }

  /** A process whose output nobody reads stands still. */
  private static void drain(BufferedReader printed) {
    try {
      while (printed.readLine() != null) {
        // Functions log an order's way; the figures do not need it.
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  URI url() {
    return url;
  }

  /** A token with every scope. */
  String token() {
    return token;
  }

  /** Processor time of all its threads since it started. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The memory that it holds of the machine's; only Linux says so. */
  double residentMib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(it -> it.startsWith("VmRSS:")).mapToLong(it -> Long.parseLong(it.replaceAll("[^0-9]", ""))).findFirst()
        .orElseThrow() / 1024.0;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(Duration.ofSeconds(20))) {
      process.destroyForcibly();
    }
  }
}
