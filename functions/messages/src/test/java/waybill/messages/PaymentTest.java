package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.messages.PaymentStatus.AUTHORIZED;
import static waybill.messages.PaymentStatus.CANCELLED;
import static waybill.messages.PaymentStatus.CAPTURED;
import static waybill.messages.PaymentStatus.FAILED;
import static waybill.messages.PaymentStatus.PENDING;
import static waybill.messages.PaymentStatus.PROCESSING;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PaymentTest {

  @Property
  void itDoesNotMatterWhichNewsComesFirst(@ForAll("news") Payment one, @ForAll("news") Payment two) {
    assertThat(one.join(two)).isEqualTo(two.join(one));
  }

  @Property
  void itDoesNotMatterHowNewsAreGrouped(@ForAll("news") Payment one, @ForAll("news") Payment two,
      @ForAll("news") Payment three) {
    assertThat(one.join(two).join(three)).isEqualTo(one.join(two.join(three)));
  }

  @Property
  void doubledNewsChangesNothing(@ForAll("news") Payment one, @ForAll("news") Payment two) {
    assertThat(one.join(one)).isEqualTo(one);
    assertThat(one.join(two).join(two)).isEqualTo(one.join(two));
  }

  @Property
  void moneyThatWasTakenStays(@ForAll("news") Payment one, @ForAll("news") Payment two) {
    assertThat(one.join(two).captured().minorUnits())
        .isEqualTo(Math.max(one.captured().minorUnits(), two.captured().minorUnits()));
    if (!one.status().isAttempt()) {
      assertThat(one.join(two).status()).isGreaterThanOrEqualTo(one.status());
    }
  }

  @Test
  void aLateAuthorizationDoesNotTakeTheCaptureBack() {
    assertThat(news(CAPTURED, "EUR", 0, 500).join(news(AUTHORIZED, "EUR", 500, 0)))
        .isEqualTo(news(CAPTURED, "EUR", 500, 500));
  }

  @Test
  void aFailedAttemptMayBeFollowedByAGoodOne() {
    assertThat(news(FAILED, "EUR", 0, 0).join(news(AUTHORIZED, "EUR", 500, 0)).status()).isEqualTo(AUTHORIZED);
  }

  @Test
  void ofTwoAttemptsTheLatestCountsWhicheverIsReportedFirst() {
    var noon = Instant.parse("2026-11-22T12:00:00Z");
    Payment failed = news(FAILED, "EUR", 0, 0, noon);
    Payment again = news(PROCESSING, "EUR", 0, 0, noon.plusSeconds(60));
    assertThat(failed.join(again).status()).isEqualTo(PROCESSING);
    assertThat(again.join(failed).status()).isEqualTo(PROCESSING);
    assertThat(again.join(news(FAILED, "EUR", 0, 0, noon.plusSeconds(61))).status()).isEqualTo(FAILED);
    assertThat(news(PENDING, "EUR", 0, 0, noon.plusSeconds(90)).join(failed).join(again).status())
        .as("when the order was placed is no attempt").isEqualTo(PROCESSING);
  }

  @Test
  void anAttemptThatFailsInTheSecondInWhichItBeganHasFailed() {
    var noon = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(news(FAILED, "EUR", 0, 0, noon).join(news(PROCESSING, "EUR", 0, 0, noon)).status()).isEqualTo(FAILED);
  }

  @Test
  void aCancelledPaymentIsNotAuthorizedByLateNews() {
    assertThat(news(CANCELLED, "EUR", 0, 0).join(news(AUTHORIZED, "EUR", 500, 0)).status()).isEqualTo(CANCELLED);
  }

  @Test
  void theCurrencyIsThatOfTheFurthestNews() {
    assertThat(news(PENDING, "EUR", 0, 0).join(news(FAILED, "USD", 0, 0)).currency()).isEqualTo("USD");
    assertThat(news(FAILED, "USD", 0, 0).join(news(CAPTURED, "EUR", 500, 500)).currency()).isEqualTo("EUR");
    assertThat(news(CAPTURED, "EUR", 500, 500).join(news(FAILED, "USD", 0, 0)).currency()).isEqualTo("EUR");
  }

  @Test
  void itWasLastHeardOfWhenTheLatestNewsHappened() {
    var noon = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(news(CAPTURED, "EUR", 5, 5, noon).join(news(AUTHORIZED, "EUR", 5, 0, noon.minusSeconds(1))).updatedAt())
        .isEqualTo(noon);
    assertThat(news(PENDING, "EUR", 0, 0).join(news(FAILED, "EUR", 0, 0, noon)).updatedAt()).isEqualTo(noon);
  }

  private static Payment news(PaymentStatus status, String currency, long authorized, long captured) {
    return news(status, currency, authorized, captured, null);
  }

  private static Payment news(PaymentStatus status, String currency, long authorized, long captured,
      Instant updatedAt) {
    return new Payment(PaymentId.of("stripe", "shop-eu", "pi_1"), "stripe", "shop-eu", "pi_1", status,
        new Money(authorized, currency), new Money(captured, currency), updatedAt);
  }

  @Provide
  Arbitrary<Payment> news() {
    var amounts = Arbitraries.longs().between(0, 3);
    return Combinators
        .combine(Arbitraries.of(PaymentStatus.class), Arbitraries.of("EUR", "USD"), amounts, amounts,
            amounts.map(Instant::ofEpochSecond).injectNull(0.3))
        .as(PaymentTest::news);
  }
}
