package waybill.digital;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.OrderId;

class GetDownloadTest {
  private final Kiosk kiosk = new Kiosk();

  @AfterEach
  void close() {
    kiosk.close();
  }

  private String link(String line) {
    OrderId id = kiosk.paid("1", line);
    kiosk.settle();
    return kiosk.links(id).getFirst();
  }

  @Test
  void aBrowserIsLedToTheProductAndAProgramIsToldWhereItIs() {
    String link = link("BOOK 1");
    var browser = kiosk.download(link, "text/html,*/*");
    assertThat(browser.status()).isEqualTo(302);
    assertThat(browser.headers()).containsEntry("location", "https://assets.example.com/book.pdf")
        .containsEntry("cache-control", "no-store").containsEntry("referrer-policy", "no-referrer");
    kiosk.pass(Duration.ofMinutes(6));
    var program = kiosk.download(link, "application/json");
    assertThat(program.body()).containsEntry("url", "https://assets.example.com/book.pdf")
        .containsEntry("downloads_left", 0L).containsEntry("expires_at", "2026-11-29T09:00:00.000Z");
  }

  @Test
  void itWorksAsOftenAsTheProductSaysForEachUnitAndABrokenDownloadIsNotCountedTwice() {
    String link = link("BOOK 2");
    for (int use = 0; use < 4; use++) {
      assertThat(kiosk.download(link, "text/html").status()).isEqualTo(302);
      kiosk.pass(Duration.ofMinutes(1));
      assertThat(kiosk.download(link, "text/html").status()).as("the same use").isEqualTo(302);
      kiosk.pass(Duration.ofMinutes(5));
    }
    assertThat(kiosk.download(link, "application/json").body()).containsEntry("code", "download_used_up");
    var page = kiosk.download(link, "text/html");
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.body().get("text").toString()).contains("so oft benutzt");
  }

  @Test
  void itExpires() {
    String link = link("BOOK 1");
    kiosk.pass(Duration.ofDays(7).minusSeconds(1));
    assertThat(kiosk.download(link, "text/html").status()).isEqualTo(302);
    kiosk.pass(Duration.ofSeconds(1));
    assertThat(kiosk.download(link, "application/json").body()).containsEntry("code", "download_expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%"})
  void whatIsNoLinkOfOursIsNotThere(String token) {
    link("BOOK 1");
    assertThat(kiosk.download("/downloads/" + token, "text/html").status()).isEqualTo(404);
  }

  @Test
  void aLinkLeadsToWhereTheProductIsNow() {
    String link = link("BOOK 1");
    kiosk.product("BOOK", Map.of("kind", "link", "url", "https://assets.example.com/second.pdf"));
    assertThat(kiosk.download(link, "text/html").headers()).containsEntry("location",
        "https://assets.example.com/second.pdf");
    kiosk.product("BOOK", null);
    assertThat(kiosk.download(link, "text/html").status()).isEqualTo(404);
  }
}
