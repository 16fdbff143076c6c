package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTest {
  private final Lines lines = new Lines();

  @Test
  void aLineIsJsonAndNamesItsFunction() {
    var told = lines
        .of(() -> Log.of(GetWeatherHandler.class).info("The sun shines", "order", 7, "warm", true, "wind", null));
    assertThat(told).containsExactly(
        "{\"level\":\"INFO\",\"fn\":\"GetWeather\",\"message\":\"The sun shines\",\"order\":7,\"warm\":true,\"wind\":\"null\"}");
  }

  @Test
  void anErrorTellsItsReasonAndWhere() {
    var told = lines.of(
        () -> Log.of(GetWeatherHandler.class).error("failed", new IllegalStateException("it rains"), "order", "ord_1"));
    assertThat(Json.readObject(told.getFirst())).containsEntry("reason", "java.lang.IllegalStateException: it rains")
        .containsEntry("order", "ord_1")
        .hasEntrySatisfying("where", it -> assertThat((String) it).startsWith("waybill.platform.LogTest"));
  }

  @Test
  void aMailAddressInAReasonIsNotTold() {
    var refusal = new IllegalStateException(
        "Email address is not verified: ada@example.com, \"Ada\" <ada.byron+x@mail.example.org>");
    var told = lines.of(() -> Log.of(GetWeatherHandler.class).error("failed", refusal));
    assertThat(told.getFirst()).doesNotContain("@").contains("is not verified: (address)");
  }

  @Test
  void aMailAddressInAReasonOfAWarningIsNotToldEither() {
    var refusal = new IllegalStateException("not verified: ada@example.com");
    assertThat(lines.of(() -> Log.of(GetWeatherHandler.class).warn("retried later", "reason", refusal)).getFirst())
        .doesNotContain("@").contains("(address)");
  }

  @Test
  void whatIsReportedIsAWarningInCloudWatchsEmbeddedMetricFormatInTheNamespaceOfItsStack() {
    long before = System.currentTimeMillis();
    var told = lines.of(() -> Log.of(GetWeatherHandler.class).report("StormsSeen", "A storm", "order", "ord_1"));

    assertThat(told).singleElement().asString()
        .startsWith(
            "{\"level\":\"WARN\",\"fn\":\"GetWeather\",\"message\":\"A storm\",\"order\":\"ord_1\",\"StormsSeen\":1,\"_aws\":{");
    Map<String, Object> aws = Json.object(Json.readObject(told.getFirst()).get("_aws"));
    assertThat((Long) aws.get("Timestamp")).isBetween(before, System.currentTimeMillis());
    assertThat(aws).hasSize(2).containsEntry("CloudWatchMetrics",
        List.of(Map.of("Namespace", "Waybill/a-stack", "Dimensions", List.of(List.of()), "Metrics",
            List.of(Map.of("Name", "StormsSeen", "Unit", "Count")))));
  }

  @Test
  void whatIsMeasuredIsToldApartByWhatTheLineSays() {
    var told = lines.of(() -> Log.of(GetWeatherHandler.class).measure(Log.Metric.money("UmbrellasSold", 1250), "Sold",
        "currency", "EUR"));

    Map<String, Object> line = Json.readObject(told.getFirst());
    assertThat(line).containsEntry("level", "INFO").containsEntry("currency", "EUR")
        .containsEntry("UmbrellasSold", 1250L);
    assertThat(Json.object(line.get("_aws")).get("CloudWatchMetrics"))
        .isEqualTo(List.of(Map.of("Namespace", "Waybill/a-stack", "Dimensions", List.of(List.of("currency")), "Metrics",
            List.of(Map.of("Name", "UmbrellasSold", "Unit", "None")))));
  }

  @Test
  void textOfSeveralLinesStaysOneLine() {
    assertThat(lines.of(() -> Log.of(GetWeatherHandler.class).warn("a\nb", "c", "d\r\ne"))).hasSize(1);
  }

  @Test
  void whatIsLoggedWhileAMessageIsWorkedOnNamesIt() {
    var told = lines.of(() -> {
      Log.ofMessage("m-1", () -> Log.of(GetWeatherHandler.class).info("The sun shines", "order", 7));
      Log.of(GetWeatherHandler.class).info("It rains");
    });
    assertThat(told).containsExactly(
        "{\"level\":\"INFO\",\"fn\":\"GetWeather\",\"message\":\"The sun shines\",\"order\":7,\"message_id\":\"m-1\"}",
        "{\"level\":\"INFO\",\"fn\":\"GetWeather\",\"message\":\"It rains\"}");
  }

  private static final class GetWeatherHandler {}
}
