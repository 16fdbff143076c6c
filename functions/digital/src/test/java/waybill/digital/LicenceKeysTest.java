package waybill.digital;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.workbench.RequestSchema;

class LicenceKeysTest {
  private final Kiosk kiosk = new Kiosk();

  @AfterEach
  void close() {
    kiosk.close();
  }

  @Test
  void aKeyIsInThePoolOnceHoweverOftenItIsImported() {
    assertThat(kiosk.importKeys("KEY", "a", "AAA", "AAA", "BBB").body()).containsEntry("added", 2L)
        .containsEntry("available", 2L);
    assertThat(kiosk.importKeys("KEY", "a", "AAA", "AAA", "BBB").body()).as("the same request")
        .containsEntry("added", 2L).containsEntry("available", 2L);
    assertThat(kiosk.importKeys("KEY", "b", "BBB", "CCC").body()).containsEntry("added", 1L)
        .containsEntry("known", 1L).containsEntry("available", 3L);
    assertThat(kiosk.importKeys("KEY", "a", "DDD").body()).containsEntry("code", "idempotency_key_reused");
    assertThat(kiosk.pool("KEY").body()).containsEntry("available", 3L).containsEntry("low_at", 1L)
        .containsEntry("low", false);
  }

  @Test
  void keysAreForProductsThatAreDeliveredByThem() {
    assertThat(kiosk.importKeys("BOOK", "a", "AAA").body()).containsEntry("code", "not_a_licence_key");
    assertThat(kiosk.importKeys("TEA", "a", "AAA").status()).isEqualTo(409);
    assertThat(kiosk.importKeys("NONE", "a", "AAA").status()).isEqualTo(404);
    assertThat(kiosk.pool("BOOK").status()).isEqualTo(404);
    assertThat(kiosk.importKeys("KEY", null, "AAA").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " AAA", "AAA ", "A\nB"})
  void aTextThatIsNoKeyIsRefusedByItsPlaceAndNotRepeated(String text) {
    var refused = kiosk.importKeys("KEY", "a", "GOOD", text);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().toString()).contains("/keys/1").doesNotContain("AAA");
    assertThat(kiosk.pool("KEY").body()).containsEntry("available", 0L);
  }

  @Test
  void anImportIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("KeysForm").misfits("{\"keys\": [\"AAA\", \"BBB\"]}", ImportKeysHandler::keys))
        .isEmpty();
  }

  @Test
  void noMoreThanFiveHundredAtOnce() {
    String[] texts = IntStream.range(0, 501).mapToObj(it -> "K" + it).toArray(String[]::new);
    assertThat(kiosk.importKeys("KEY", "a", texts).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAnImportDiesItsRepetitionAddsTheRestAndNothingTwice(boolean afterItsEffect) {
    String[] texts = IntStream.range(0, 100).mapToObj(it -> "K" + it).toArray(String[]::new);
    for (int call = 1; call <= 14; call++) {
      try (var fresh = new Kiosk()) {
        fresh.faults.strike(call, afterItsEffect, () -> SdkClientException.create("died"));
        fresh.importKeys("KEY", "a", texts);
        fresh.faults.stop();
        assertThat(fresh.importKeys("KEY", "a", texts).status()).as("call %d", call).isEqualTo(200);
        assertThat(fresh.pool("KEY").body()).as("call %d", call).containsEntry("available", 100L);
      }
    }
  }
}
