package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Desk.Answer;
import waybill.workbench.RequestSchema;

class BoxesTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  private static String sample() throws IOException {
    return Files.readString(Path.of("../../events/put-box.json"));
  }

  private Answer put(String id, Map<String, String> headers, String body) {
    return desk.answer(new PutBoxHandler(desk.bench.ports()), "PUT", "/boxes/" + id, Map.of("id", id), Map.of(),
        headers, body);
  }

  private Answer list() {
    return desk.answer(new ListBoxesHandler(desk.bench.ports()), "GET", "/boxes", Map.of(), Map.of(), Map.of(), "");
  }

  @Test
  void aBoxIsPutReplacedAndListed() throws IOException {
    assertThat(put("carton-m", Map.of(), sample()).status()).isEqualTo(201);
    Answer replaced = put("carton-m", Map.of("if-match", "\"1\""), sample().replace("\"cost\": 45", "\"cost\": 50"));
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.body()).containsEntry("cost", 50L).containsEntry("revision", 2L).containsEntry("active", true);
    assertThat(put("carton-m", Map.of("if-match", "\"1\""), sample()).status()).isEqualTo(412);
    put("carton-s", Map.of(), sample());
    assertThat(list().listed("id")).containsExactly("carton-m", "carton-s");
  }

  @Test
  void aBoxIsNotLargerInsideThanOutsideAndNotHeavierThanItMayBe() throws IOException {
    Answer refused = put("carton-m", Map.of(),
        sample().replace("\"inner_width_mm\": 240", "\"inner_width_mm\": 247").replace("\"weight_grams\": 180",
            "\"weight_grams\": 10001"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors()).containsExactlyInAnyOrder("/inner_width_mm too_large", "/weight_grams too_large");
    assertThat(list().listed("id")).isEmpty();
  }

  @Test
  void boxesAreCountedOnceALocationAndWithTheTime() throws IOException {
    String counted = sample().replace("300, \"counted_at\": \"2026-11-20T07:30:00Z\" }",
        "300, \"counted_at\": \"2026-11-20T08:30:00+01:00\" }%s");
    Answer put = put("carton-m", Map.of(), counted.formatted(""));
    assertThat(put.body()).containsEntry("counts",
        List.of(Map.of("location_id", "leipzig", "quantity", 300L, "counted_at", "2026-11-20T07:30:00.000Z")));
    assertThat(put("carton-m", Map.of(), counted.formatted(
        ", {\"location_id\": \"leipzig\", \"quantity\": -1}")).errors())
        .containsExactlyInAnyOrder("/counts/1/location_id repeated", "/counts/1/quantity out_of_range",
            "/counts/1/counted_at required");
  }

  @Test
  void itIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("BoxForm").misfits("""
        {"name": "Carton M", "location_id": "leipzig", "inner_length_mm": 300, "inner_width_mm": 240,
         "inner_height_mm": 200, "length_mm": 306, "width_mm": 246, "height_mm": 210, "weight_grams": 180,
         "maximum_weight_grams": 10000, "cost": 45, "active": true,
         "counts": [{"location_id": "leipzig", "quantity": 300, "counted_at": "2026-11-20T07:30:00Z"}]}""",
        fields -> BoxForm.read(new BoxId("carton-m"), fields))).isEmpty();
  }
}
