package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import waybill.catalog.Color;
import waybill.catalog.PlaceZone;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderStatus;
import waybill.orders.Orders;

/** The words of the tracking page, and the clock that it shows. How it looks is tested in a browser, in {@code infrastructure/pages}. */
class TrackingPageTest {
  private static final Instant SCANNED = Instant.parse("2026-11-22T18:40:00Z");

  private static TrackedOrder tracked(TrackedParcel parcel) {
    var shop = new ShopFront("Teehaus", Color.of("#1d5c4a"), null, "hilfe@teehaus.example", List.of());
    return new TrackedOrder(shop, "#1042", "de", ZoneId.of("Europe/Berlin"), OrderStatus.OPEN,
        TrackedOrder.Stage.PACKED, List.of(), List.of(parcel), List.of(), null);
  }

  @Test
  void everyLanguageHasTheSameWords() throws IOException {
    var english = new Properties();
    var others = new ArrayList<Properties>();
    for (String tag : PageLanguage.TAGS) {
      var words = tag.equals("en") ? english : new Properties();
      try (var file = PageLanguage.class.getResourceAsStream("words/" + tag + ".properties")) {
        words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      }
      others.add(words);
    }

    assertThat(others).hasSize(3).allSatisfy(words -> {
      assertThat(words.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
      assertThat(words.values()).noneMatch(it -> it.toString().isBlank());
    });
  }

  @Test
  void whatIsPromisedIsShownByTheDestinationsClockAndSaysIfItHasMoved() {
    TrackedOrder quiet = new TrackedOrder(
        new ShopFront("Teehaus", Color.of("#1d5c4a"), null, "hilfe@teehaus.example", List.of()),
        "#1042", "de", ZoneId.of("Europe/Berlin"), OrderStatus.OPEN, TrackedOrder.Stage.PREPARING, List.of(), List.of(),
        List.of(), null);
    var two = new Orders.Expected(Instant.parse("2026-12-02T23:00:00Z"), Instant.parse("2026-12-04T22:59:59Z"), false);
    var one = new Orders.Expected(Instant.parse("2026-12-03T23:00:00Z"), Instant.parse("2026-12-04T22:59:59Z"), true);

    assertThat(promise(quiet, null)).isNull();
    assertThat(promise(quiet, two)).isEqualTo("Promised for 3 December 2026 to 4 December 2026");
    assertThat(promise(quiet, one)).isEqualTo("Now expected 4 December 2026, later than promised");
  }

  private static String promise(TrackedOrder it, Orders.Expected expected) {
    return TrackingPage.of(new TrackedOrder(it.shop(), it.number(), it.locale(), it.zone(), it.status(), it.stage(),
        it.items(), List.of(), it.digital(), expected), PageLanguage.of("en"), "token").promise();
  }

  @Test
  void everyStatusHasAPageInEveryLanguage() {
    for (ShipmentStatus status : ShipmentStatus.values()) {
      for (String tag : PageLanguage.TAGS) {
        PageLanguage language = PageLanguage.of(tag);
        var parcel = new TrackedParcel(Samples.PARCEL, "DHL", null, "JD01", status, SCANNED, null, List.of(),
            List.of(new Scan(status, SCANNED)));
        String page = new TrackingAnswer(false, tag, "token").found(tracked(parcel)).body();
        assertThat(page).contains("<h2>" + language.say(status) + "</h2>").doesNotContain("null");
        assertThat(page.split(Pattern.quote(">" + language.say(status) + "<"), -1))
            .as("one name: heading, station and history").hasSize(4);
      }
    }
  }

  @Test
  void timesAreThoseOfThePlaceThatTheParcelGoesTo() {
    assertThat(PlaceZone.of("JP", ZoneId.of("Europe/Berlin"))).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(PlaceZone.of("US", ZoneId.of("Europe/Berlin"))).as("which of many?")
        .isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(PlaceZone.of(null, ZoneId.of("Europe/Berlin"))).isEqualTo(ZoneId.of("Europe/Berlin"));
  }
}
