package waybill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.local.EmbeddedCloud;
import waybill.template.FunctionDeclaration;
import waybill.local.Settings;

/** Each function's zip, alone in a JVM on AWS's own runtime client, answers its sample as it does on the embedded cloud. */
@TestInstance(Lifecycle.PER_CLASS)
class ZipsTest {
  /** Zips are on a machine of their own on AWS; here all of them share one. */
  private static final int TIME_FACTOR = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MOST_TRIES = 3;
  private static final Pattern OFFER = Pattern.compile("dopt_[a-z0-9]+|expires_at[^,]*");
  private static final Pattern FORM = Pattern.compile("(?<=name=.{0,2}\"form.{0,2}\" value=.{0,2}\")[0-9a-f-]{36}");

  private final Map<Path, UnpackedZip> zips = new LinkedHashMap<>();
  private EmbeddedCloud cloud;
  private Map<String, byte[]> events;

  @BeforeAll
  void start() throws Exception {
    cloud = EmbeddedCloud.start(Settings.of(Path.of("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS)
        .withTimeFactor(TIME_FACTOR));
    events = SampleEvents.of(cloud, Path.of("events"));
    for (FunctionDeclaration function : cloud.declarations()) {
      Path zip = Path.of(function.codeUri());
      if (!zips.containsKey(zip)) {
        zips.put(zip, UnpackedZip.of(zip));
      }
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (UnpackedZip zip : zips.values()) {
      zip.close();
    }
    cloud.close();
  }

  Stream<String> functions() {
    return cloud.declarations().stream().map(FunctionDeclaration::id);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void aZipAloneAnswersAsOnTheEmbeddedCloud(String name) throws Exception {
    FunctionDeclaration function = cloud.declarations().stream().filter(it -> it.id().equals(name)).findFirst()
        .orElseThrow();
    cloud.invoke(name, event(name));
    cloud.awaitIdle(PATIENCE); // what follows from it has followed, and asking again changes nothing
    byte[] here = cloud.invoke(name, event(name));

    Map<String, String> environment = LambdaProcess.awsEnvironment(name);
    environment.putAll(function.environment());
    Path code = zips.get(Path.of(function.codeUri())).folder();
    try (var process = new LambdaProcess(function.handler(), code, environment)) {
      byte[] there = answer(process, name);
      assertThat(steady(there)).as(process.printed()).isEqualTo(steady(here));
      List<String> lines = process.printed().lines().filter(it -> it.startsWith("{")).toList(); // else the JVM's
      assertThat(lines.stream().filter(it -> it.contains("\"cold_start\":true")).toList())
          .as("the first line, and no other, tells that it is the first").isEqualTo(lines.stream().limit(1).toList());
      assertThat(SampleEvents.isTaken(there)).as(new String(there)).isTrue();
    }
  }

  /** On a busy machine a first call, which loads classes, takes longer than a call may; who sent the event sends it again then. */
  private byte[] answer(LambdaProcess process, String name) throws Exception {
    byte[] answer = process.invoke(event(name));
    long late = 0;
    for (int tries = 1; tries < MOST_TRIES && callsTooLong(process) > late; tries++) {
      late = callsTooLong(process);
      answer = process.invoke(event(name));
    }
    return answer;
  }

  private static long callsTooLong(LambdaProcess process) throws IOException {
    return process.printed().lines().filter(it -> it.contains("TimeoutException")).count();
  }

  /** An answer without what is new each time: an offer of delivery has a name and an end of its own, and a page's form a name. */
  private static String steady(byte[] answer) {
    String text = new String(answer);
    return FORM.matcher(text.contains("dopt_") ? OFFER.matcher(text).replaceAll("new") : text).replaceAll("new");
  }

  private byte[] event(String name) throws Exception {
    return SampleEvents.signed(events.get(name), cloud.clock().instant());
  }
}
