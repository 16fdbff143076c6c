package waybill.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.EmbeddedCloud;
import waybill.local.Settings;
import waybill.local.Walk;

/** The embedded cloud's own pages after the sample order, and the customer's page behind the link of its mail. */
class LocalPagesTest {
  @RegisterExtension
  static final InChromium CHROMIUM = new InChromium();
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("http://\\S+/tracking/[\\w.-]+");
  private static EmbeddedCloud cloud;

  @BeforeAll
  static void walk() throws IOException {
    cloud = EmbeddedCloud
        .start(Settings.of(PROJECT.resolve("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS));
    assertThat(Walk.run(cloud, new PrintStream(OutputStream.nullOutputStream()), PROJECT.resolve("events"))).isNull();
  }

  @AfterAll
  static void close() throws IOException {
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  void theFirstPage() {
    assertThat(CHROMIUM.faults("index", cloud.url() + "/")).isEmpty();
  }

  @Test
  void theMailbox() {
    // A mail is somebody else's document: it carries its styles in place, and is held to rules of its own by the mails' tests.
    assertThat(CHROMIUM.faults("mailbox", cloud.url() + "/local/mailbox", "iframe")).isEmpty();
  }

  @Test
  void theQueues() {
    assertThat(CHROMIUM.faults("queues", cloud.url() + "/local/queues")).isEmpty();
  }

  @Test
  void theLogs() {
    assertThat(CHROMIUM.faults("logs", cloud.url() + "/local/logs")).isEmpty();
    assertThat(CHROMIUM.faults("logs-of-one", cloud.url() + "/local/logs?fn=BuyLabel&contains=labelled")).isEmpty();
  }

  @Test
  void theDocuments() {
    assertThat(CHROMIUM.faults("docs", cloud.url() + "/local/docs", "#docs")).isEmpty();
  }

  @Test
  void theCustomersPageBehindTheLinkOfAMail() {
    Matcher link = LINK.matcher(cloud.mails().getLast().text());
    assertThat(link.find()).isTrue();
    assertThat(CHROMIUM.faults("order", link.group())).isEmpty();
  }
}
