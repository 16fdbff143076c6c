package waybill.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import waybill.local.EmbeddedCloud;
import waybill.template.FunctionDeclaration;
import waybill.template.FunctionDeclaration.RouteEvent;

/**
 * How long each function takes from the start of its JVM to its first answer, on AWS's own runtime client and without SnapStart: as
 * a ratio to a function that does nothing and to one that reads one item, all measured in the same run, round by round. A function of
 * 1,024 MB has 0.58 of a processor, which bounds its start; processor time is also what a busy machine distorts least.
 */
final class ColdStarts {
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final String TRIVIAL = "(a) does nothing";
  private static final String ONE_READ = "(b) reads one item";
  private static final double GOAL_API = 1.15;
  private static final double GOAL_OTHERS = 1.3;

  private final EmbeddedCloud cloud;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  /** What is started. @param goal as a ratio to one read; 0 where there is none */
  private record Subject(String handler, Path code, Map<String, String> environment, byte[] event, double goal,
      List<Start> starts) {

    /** From its start to its first answer. */
    Start start() throws IOException, InterruptedException {
      byte[] signed = SampleEvents.signed(event, Instant.now());
      long begun = System.nanoTime();
      try (var process = new LambdaProcess(handler, code, environment)) {
        byte[] answer = process.invoke(signed);
        double millis = (System.nanoTime() - begun) / 1e6;
        if (!SampleEvents.isTaken(answer)) {
          throw new IllegalStateException(handler + " refuses its sample: " + new String(answer, UTF_8));
        }
        return new Start(millis, process.processorMillis());
      }
    }

    double median(ToDoubleFunction<Start> figure) {
      return starts.stream().mapToDouble(figure).sorted().skip(starts.size() / 2).findFirst().orElseThrow();
    }
  }

  private record Start(double millis, double processorMillis) {}

  private ColdStarts(EmbeddedCloud cloud) {
    this.cloud = cloud;
  }

  static void measure(EmbeddedCloud cloud, PrintStream out) throws Exception {
    var starts = new ColdStarts(cloud);
    Map<String, byte[]> events = SampleEvents.of(cloud, Path.of("events"));
    var zips = new TreeMap<Path, UnpackedZip>();
    try {
      for (FunctionDeclaration function : cloud.declarations()) {
        Path zip = Path.of(function.codeUri());
        if (!zips.containsKey(zip)) {
          zips.put(zip, UnpackedZip.of(zip));
        }
      }
      Path catalog = Path.of("functions/catalog/target/function.zip");
      try (var trivial = UnpackedZip.of(List.of(TrivialHandler.class), null);
          var oneRead = UnpackedZip.of(List.of(OneReadHandler.class), catalog)) {
        starts.add(TRIVIAL, TrivialHandler.class, trivial);
        starts.add(ONE_READ, OneReadHandler.class, oneRead);
        for (FunctionDeclaration function : cloud.declarations()) {
          starts.add(function, zips.get(Path.of(function.codeUri())), events.get(function.id()));
        }
        starts.rounds();
      }
      starts.print(out);
      for (Path zip : zips.keySet()) {
        out.println(new Figure("zip " + zip.getName(1), Files.size(zip) / 1e6, "MB", "").line());
      }
    } finally {
      for (UnpackedZip zip : zips.values()) {
        zip.close();
      }
    }
  }

  private void add(String name, Class<?> handler, UnpackedZip zip) {
    Map<String, String> environment = LambdaProcess.awsEnvironment(name);
    environment.put("CATALOG_TABLE", cloud.name("CatalogTable"));
    subjects.put(name,
        new Subject(handler.getName(), zip.folder(), environment, SampleEvents.ofEcho(), 0, new ArrayList<>()));
  }

  private void add(FunctionDeclaration function, UnpackedZip zip, byte[] event) {
    Map<String, String> environment = LambdaProcess.awsEnvironment(function.id());
    environment.putAll(function.environment());
    double goal = function.events(RouteEvent.class).isEmpty() ? GOAL_OTHERS : GOAL_API;
    subjects.put(function.id(),
        new Subject(function.handler(), zip.folder(), environment, event, goal, new ArrayList<>()));
  }

  /** One round brings all files into the machine's memory and does not count. */
  private void rounds() throws IOException, InterruptedException {
    for (int round = 0; round <= ROUNDS; round++) {
      for (Subject subject : subjects.values()) {
        Start start = subject.start();
        if (round > 0) {
          subject.starts.add(start);
        }
      }
    }
  }

  private void print(PrintStream out) {
    Subject trivial = subjects.get(TRIVIAL);
    Subject oneRead = subjects.get(ONE_READ);
    out.printf("%-22s %10s %8s %8s %12s %8s  %s%n", "cold start", "median ms", "to (a)", "to (b)", "processor ms",
        "to (b)",
        "goal to (b)");
    subjects.forEach((name, it) -> out.printf(Locale.ROOT, "%-22s %10.0f %8.2f %8.2f %12.0f %8.2f  %s%n", name,
        it.median(Start::millis), ratio(it, trivial, Start::millis), ratio(it, oneRead, Start::millis),
        it.median(Start::processorMillis), ratio(it, oneRead, Start::processorMillis),
        it.goal == 0 ? "" : "<= " + it.goal));
  }

  private static double ratio(Subject one, Subject other, ToDoubleFunction<Start> figure) {
    return one.median(figure) / other.median(figure);
  }
}
