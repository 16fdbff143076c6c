package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest extends OnTheCloud {
  @Test
  void theFirstPageSaysWhatIsHere() {
    String page = get("/").body();

    assertThat(page).contains("/local/mailbox", "/local/queues", "POST /answer", "things:read", "/local/tokens");
  }

  @Test
  void healthIsUp() {
    assertThat(json(get("/local/health")).path("status").asText()).isEqualTo("up");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(get("/local/nothing").statusCode()).isEqualTo(404);
    assertThat(post("/local/mailbox", "").statusCode()).isEqualTo(404);
  }

  @Test
  void onlyLogLinesAreTakenFromStandardOutput() {
    System.out.println("{\"level\":\"INFO\",\"fn\":\"Nobody\",\"message\":\"kept\"}");
    System.out.println("{not json}");

    assertThat(json(get("/local/logs?fn=Nobody&contains=kept")).path("data")).hasSize(1);
    assertThat(json(get("/local/logs?contains=not%20json")).path("data")).isEmpty();
  }

  @Test
  void queuesAndLogsAreAPageForABrowserAndJsonForEverybodyElse() {
    System.out.println("{\"level\":\"WARN\",\"fn\":\"Nobody\",\"message\":\"<script>\",\"why\":\"page\"}");
    for (String path : List.of("/local/queues", "/local/logs?contains=page")) {
      HttpResponse<String> page = get(path, "Accept", "text/html,*/*;q=0.8");
      assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("content-security-policy")).hasValueSatisfying(
          it -> assertThat(it).startsWith("default-src 'none'; style-src 'self'").doesNotContain("unsafe"));
      assertThat(page.body()).contains("<nav aria-label=\"Pages\">", "aria-current=\"page\"").doesNotContain("<script",
          " style=");
      assertThat(json(get(path)).path("data").isArray()).isTrue();
      assertThat(json(get(path.replaceFirst("(\\?|$)", ".json$1"), "Accept", "text/html")).path("data").isArray())
          .isTrue();
    }
    assertThat(get("/local/nothing", "Accept", "text/html").body()).contains("<h1>Not here</h1>");
  }

  @Test
  void thereIsOneCloudInAJvm(@TempDir Path folder) throws Exception {
    Path template = Files.writeString(folder.resolve("template.yaml"), "Resources: {}");

    assertThatIllegalStateException().isThrownBy(() -> EmbeddedCloud.start(Settings.of(template)))
        .withMessage("An embedded cloud runs in this JVM already: close it first.");
  }
}
