package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.providers.Caller;
import waybill.local.providers.Caller.Answer;
import waybill.local.providers.Samples;

/** What a person tries first: the page of the API's document, and the smoke test that the README runs against a deployed address. */
class SmokeTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Caller anybody = new Caller(CLOUD.get().url(), "");

  @Test
  void itPlacesAnOrderAndLeavesItsStockAsItWasHoweverOftenItRuns() throws Exception {
    assumeTrue(hasPython(), "python3 is not there"); // .ci/run says so in the end
    for (int run = 0; run < 2; run++) {
      assertThat(smoke()).contains("the API of people at work: 0 counts to do", ": placed", ": reserved",
          ": open for packing", ": cancelled, its stock free");
    }
  }

  /** The blocks of the guide for deploying that call the API. */
  @Test
  void theGuideForDeployingSetsUpAShop() throws Exception {
    String guide = Files.readString(RunningCloud.PROJECT.resolve("infrastructure/deploying.md"));
    List<String> blocks = Pattern.compile("(?sm)^```bash api\\n(.*?)^```$").matcher(guide).results()
        .map(it -> it.group(1)).toList();
    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block).redirectErrorStream(true)
          .directory(RunningCloud.PROJECT.toFile());
      shell.environment().put("API", CLOUD.get().url().toString());
      shell.environment().put("OPERATIONS", CLOUD.get().url().toString());
      shell.environment().put("TOKEN", CLOUD.get().token("guide", "catalog:write", "stock:write", "orders:operate"));
      Process process = shell.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    }
    assertThat(
        new Caller(CLOUD.get().url(), CLOUD.get().token("guide", "stock:write")).get("/stock/TEA-200").expect(200)
            .text())
        .contains("leipzig");
  }

  /** With the tokens of operator, warehouse and storefront, whose calls are among them; an order that is not there stands for any. */
  @Test
  void everyCallOfTheRunbooksIsAnsweredToAnOperator() throws Exception {
    Caller operator = new Caller(CLOUD.get().url(),
        CLOUD.get().token("op", "catalog:write", "orders:operate", "stock:write", "fulfillment:work", "orders:place"));
    String runbooks = Files.readString(RunningCloud.PROJECT.resolve("infrastructure/runbooks.md"));
    List<String> calls = Pattern.compile("`(GET|POST|PUT) (/[^`]+)`").matcher(runbooks).results()
        .map(it -> it.group(1) + " " + it.group(2)).distinct().toList();
    assertThat(calls).hasSizeGreaterThan(7);
    for (String call : calls) {
      String[] parts = call.split(" ");
      boolean one = parts[1].contains("{");
      String path = parts[1].replace("{id}", "ord_00000000000000000000000000")
          .replaceAll("\\{[a-z_]+}", "none");
      if (parts[0].equals("GET")) {
        assertThat(operator.get(path).status()).as(call).isIn(one ? List.of(404, 422) : List.of(200));
      } else {
        Answer answer = operator.send(parts[0], path, "{}", Map.of("Idempotency-Key", "runbook"));
        assertThat(answer.status()).as(call + ": " + answer.text()).isIn(400, 404, 409, 422);
      }
    }
  }

  @Test
  void thePageNeedsNothingFromElsewhere() {
    Answer page = anybody.get("/local/docs").expect(200);
    assertThat(page.text()).doesNotContain("http://", "https://", "//cdn")
        .contains("/local/docs/swagger-ui-bundle.js", "/local/docs/swagger-ui.css", "/local/docs/start.js");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow()).contains("default-src 'none'",
        "script-src 'self'", "connect-src 'self'").doesNotContain("unsafe");
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
        .isEqualTo(new Samples(RunningCloud.PROJECT.resolve("events")).read("place-order.json"));
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String smoke() throws IOException, InterruptedException {
    String token = CLOUD.get().token("smoke", "catalog:write", "stock:write", "orders:place", "orders:operate");
    Process process = new ProcessBuilder("python3",
        RunningCloud.PROJECT.resolve("infrastructure/tools/smoke.py").toString(), "--url", CLOUD.get().url().toString(),
        "--token", token).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }
}
