package waybill.local.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.Caller;
import waybill.local.Caller.Answer;

/** The page of the API's document, on the embedded cloud. */
class DocsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Shop shop = new Shop(CLOUD.get(), "docs");
  private final Caller anybody = new Caller(CLOUD.get().url(), "");

  @Test
  void thePageNeedsNothingFromElsewhere() {
    Answer page = anybody.get("/local/docs").expect(200);
    assertThat(page.text()).doesNotContain("http://", "https://", "//cdn")
        .contains("/local/docs/swagger-ui-bundle.js", "/local/docs/swagger-ui.css", "/local/docs/start.js");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow()).contains("default-src 'none'",
        "script-src 'self'", "connect-src 'self'");
    for (String part : List.of("swagger-ui-bundle.js", "swagger-ui.css", "start.js")) {
      assertThat(anybody.get("/local/docs/" + part).expect(200).text()).isNotEmpty();
    }
    assertThat(anybody.get("/local/docs/../docs/nothing.js").status()).isEqualTo(404);
    assertThat(anybody.get("/local/docs/swagger-ui.js").status()).isEqualTo(404);
  }

  @Test
  void theDocumentIsWholeInItselfAndOfThisCloud() {
    JsonNode document = anybody.get("/local/docs/openapi.json").expect(200).json();
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.at("/servers/0/url").asText()).isEqualTo(CLOUD.get().url().toString());
    assertThat(document.findValues("externalValue")).isEmpty();
    assertThat(document.at("/paths/~1orders/post/requestBody/content/application~1json/examples/tea and mugs/value"))
        .isEqualTo(shop.samples.read("place-order.json"));
  }
}
