package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentReadyForPickup;
import waybill.messages.ShipmentStatus;

class ReadyForPickupMailTest {
  private static final PickupPoint LOCKER = new PickupPoint("Packstation 112, Berlin", LocalDate.parse("2026-11-29"));
  private static final PickupPoint SHOP = new PickupPoint("Kiosk, Berlin", LocalDate.parse("2026-11-30"));

  private static ShipmentReadyForPickup news(PickupPoint point) {
    return new ShipmentReadyForPickup(Samples.ORDER, Samples.PARCEL, Samples.NOW, null, point);
  }

  private static String text(PickupPoint point, String locale) {
    return Samples.email(news(point), locale).text();
  }

  @Test
  void aParcelThatWaitsIsMailedWithItsPlaceItsCodeAndTheLastDay() {
    assertThat(text(LOCKER, "en-GB")).contains("Packstation 112, Berlin", "29 November 2026", Samples.NUMBER)
        .doesNotContain("Hauptstr. 5");
    assertThat(text(LOCKER, "de-DE")).contains("Packstation 112, Berlin", "29. November 2026", Samples.NUMBER);
  }

  @Test
  void whatTheCarrierDoesNotSayIsNotInvented() {
    assertThat(text(null, "en-GB")).contains("Code for the pickup", Samples.NUMBER).doesNotContain("Last day", "Place",
        "null");
  }

  @Test
  void aReminderIsNoSecondMailButAnotherPlaceIs() {
    var reminder = new ShipmentReadyForPickup(Samples.ORDER, Samples.PARCEL, Samples.NOW.plusSeconds(86_400), null,
        LOCKER);
    assertThat(Mail.of(reminder).event()).isEqualTo(Mail.of(news(LOCKER)).event())
        .isNotEqualTo(Mail.of(news(SHOP)).event());
  }

  @Test
  void itIsMadeAgainFromWhatTheOrderKnows() {
    var order = Samples.inOneParcel(Samples.form("en"),
        new Scan(ShipmentStatus.READY_FOR_PICKUP, Samples.NOW, null, null, LOCKER));
    assertThat(Originals.mail(Originals.Due.of(Mail.of(news(LOCKER))), order))
        .contains(new ReadyForPickupMail(news(LOCKER)));
  }

  @Test
  void whatWasPickedUpOrSentBackIsOldNews() {
    for (ShipmentStatus status : new ShipmentStatus[]{ShipmentStatus.DELIVERED, ShipmentStatus.RETURNED}) {
      assertThat(Mail.of(news(LOCKER)).isSuperseded(
          Samples.inOneParcel(Samples.form("en"), new Scan(status, Samples.NOW.plusSeconds(60))), Samples.NOW))
          .isTrue();
    }
  }
}
