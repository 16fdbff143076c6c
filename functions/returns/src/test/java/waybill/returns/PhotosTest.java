package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.platform.Json;
import waybill.returns.Counter.Answer;

/** Photos of what is wrong: kept by their content, and refused if they are none. */
class PhotosTest {
  static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  private static final String ORDER = Counter.ORDER.value();

  private final Counter counter = new Counter();

  @BeforeEach
  void isDelivered() {
    counter.isDelivered();
  }

  @AfterEach
  void close() {
    counter.close();
  }

  private static String base64(byte... bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String claim(String photo) {
    return "{\"line_id\":\"line_1\",\"quantity\":1,\"reason\":\"damaged\",\"photos\":[\"%s\"]}".formatted(photo);
  }

  @Test
  void aPhotoIsKeptOnceAndShownWithItsClaim() {
    Answer kept = counter.photo(ORDER, PNG);
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.body()).containsEntry("media_type", "image/png").containsEntry("bytes", 70L);
    assertThat(counter.photo(ORDER, PNG).id()).isEqualTo(kept.id());
    assertThat(counter.album.files()).containsOnlyKeys("photos/" + ORDER + "/" + kept.id());

    Answer claimed = counter.claim(claim(kept.id()));
    assertThat(claimed.status()).isEqualTo(201);
    assertThat(claimed.line(0)).containsEntry("photos", List.of(kept.id()));
    Map<String, Object> shown = counter.photoOf(ORDER, kept.id());
    assertThat(shown).containsEntry("statusCode", 200L).containsEntry("body", PNG);
    assertThat(Json.object(shown.get("headers"))).containsEntry("content-type", "image/png")
        .containsEntry("x-content-type-options", "nosniff").containsEntry("cache-control", "no-store");
  }

  @Test
  void whatIsNoPhotoIsRefusedByFieldAndRuleWhateverItsSenderCallsIt() {
    String script = base64("<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8));
    assertThat(counter.photo(ORDER, script).errors()).containsExactly("/content not_a_photo");
    assertThat(counter.photo(ORDER, "").errors()).containsExactly("/content not_a_photo");
    assertThat(counter.photo(ORDER, "?").errors()).containsExactly("/content invalid");
    var large = new byte[Photo.MOST_BYTES + 1];
    large[0] = (byte) 0xFF;
    assertThat(counter.photo(ORDER, base64(large)).errors()).containsExactly("/content too_large");
    assertThat(counter.album.files()).isEmpty();
  }

  @Test
  void everyKindIsKnownByItsFirstBytes() {
    assertThat(Photo.of(new byte[]{(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0}).orElseThrow().kind())
        .isEqualTo(Photo.Kind.JPEG);
    assertThat(Photo.of("RIFF....WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1)).orElseThrow().kind())
        .isEqualTo(Photo.Kind.WEBP);
    assertThat(Photo.of("....ftypheic".getBytes(StandardCharsets.ISO_8859_1)).orElseThrow().kind())
        .isEqualTo(Photo.Kind.HEIC);
    assertThat(Photo.of("RIFF....WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    assertThat(Photo.of(new byte[]{(byte) 0xFF})).isEmpty();
  }

  @Test
  void aPhotoOfAnotherOrderOrNoneIsUnknown() {
    String other = "pho_8wbx56kav7d3kerhkfart51jp5";
    assertThat(counter.claim(claim(other)).errors()).containsExactly("/lines/0/photos/0 unknown");
    assertThat(counter.photoOf(ORDER, other)).containsEntry("statusCode", 404L);
    assertThat(counter.photo("ord_0wbx56kav7d3kerhkfart51jp5", PNG).status()).isEqualTo(404);
    assertThat(counter.album.files()).isEmpty();
  }
}
