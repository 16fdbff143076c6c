package waybill.local.journeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import waybill.local.EmbeddedCloud;
import waybill.local.Settings;

/**
 * The real template on the embedded cloud, for all tests of a class; it fails where these left personal data in the open, or had
 * answers that are not described.
 */
final class RunningCloud implements BeforeAllCallback, AfterAllCallback {
  /** Tests run in their module's folder. */
  static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  private EmbeddedCloud cloud;
  private PersonalData personal;
  private Described described;

  EmbeddedCloud get() {
    return cloud;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    cloud = EmbeddedCloud.start(Settings.of(PROJECT.resolve("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS));
    personal = new PersonalData(cloud);
    described = new Described(cloud);
  }

  /** For the test that comes after all journeys, whichever JVM they ran in. */
  private void writeDown(String journey) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "permissions"));
    List<String> lines = cloud.permissions().entrySet().stream()
        .flatMap(it -> it.getValue().stream().map(permission -> it.getKey() + " " + permission)).sorted().toList();
    Files.write(folder.resolve(journey), lines);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    try {
      personal.assertNowhere();
      writeDown(context.getRequiredTestClass().getSimpleName());
      described.assertAll();
    } finally {
      cloud.close();
    }
  }
}
