package waybill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.template.Stack;
import waybill.template.Template;

class PriceListTest {
  private static final Path PROJECT = Path.of(""); // where the tests of this module run
  private final PriceList prices = PriceList.read(PROJECT.resolve("infrastructure/prices.json"));

  PriceListTest() throws IOException {}

  @Test
  void aBillIsAmountsTimesPricesTheDearestFirst() {
    var lines = prices.bill("per_million", Map.of("mails", 4_000.0, "write units", 52_000.0));
    assertThat(lines).extracting(PriceList.Line::unit).containsExactly("mails", "write units");
    assertThat(PriceList.sum(lines)).isCloseTo(0.4 + 0.0325, within(1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> prices.bill("per_million", Map.of("parsecs", 1.0)));
  }

  @Test
  void everyPriceSaysWhereItWasFoundAndTheListSaysWhen() {
    assertThat(LocalDate.parse(prices.file().path("looked_up").asText())).isAfter("2026-01-01");
    for (String section : new String[]{"per_million", "per_month"}) {
      assertThat(prices.file().path(section)).isNotEmpty().allSatisfy(it -> {
        assertThat(it.path("price").asDouble()).isPositive();
        assertThat(it.path("source").asText()).isNotBlank();
      });
    }
  }

  /** What is there is counted in the templates, so that a new alarm costs something here too. */
  @Test
  void anIdleMonthIsPricedFromTheTemplates() {
    Stack stack = new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of(), name -> name);
    Map<String, Double> there = Usage.ofBeingThere(stack);
    assertThat(there).containsEntry("machine client", 3.0);
    assertThat(there.get("alarm metric"))
        .isGreaterThan(stack.nested("Monitoring").resources("AWS::CloudWatch::Alarm").size());
    assertThat(prices.bill("per_month", there)).hasSize(3);
    assertThat(prices.bill("per_million", Usage.ofAnIdleMonth(stack, prices))).extracting(PriceList.Line::unit)
        .contains("SQS requests", "tokens");
  }
}
