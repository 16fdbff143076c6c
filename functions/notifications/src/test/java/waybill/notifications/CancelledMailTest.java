package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.CancelReason;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.orders.OrderForm;
import waybill.orders.OrderPayment;
import waybill.platform.RetryLater;

class CancelledMailTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "CUSTOMER|Your order has been cancelled, as you asked.|Ihre Bestellung wurde wie gewünscht storniert.",
    "OUT_OF_STOCK|something in your order is not in stock|Etwas aus Ihrer Bestellung ist nicht auf Lager",
    "PAYMENT_CANCELLED|because its payment was cancelled.|weil die Zahlung abgebrochen wurde.",
    "PAYMENT_EXPIRED|because it was not paid in full in time.|weil sie nicht rechtzeitig vollständig bezahlt wurde.",
    "FRAUD|Your order has been cancelled. We are|Ihre Bestellung wurde storniert. Wir erstatten",
    "OTHER|Your order has been cancelled. We are|Ihre Bestellung wurde storniert. Wir erstatten"})
  void aCancelledOrderIsToldWithItsReasonUnlessTheShopKeepsItToItself(CancelReason reason, String english,
      String german) {
    OrderPayment paid = Samples.returned(Samples.captured(6072));
    assertThat(Seen.parts(cancelled("en", reason, paid))).allSatisfy(
        text -> assertThat(text).contains(english).doesNotContainIgnoringCase("fraud").doesNotContain("Delivery"));
    assertThat(Seen.parts(cancelled("de", reason, paid))).allSatisfy(text -> assertThat(text).contains(german)
        .doesNotContainIgnoringCase("betrug").doesNotContain("Lieferadresse"));
  }

  @Test
  void whatWasTakenGoesBackToWhereItWasPaidWith() {
    OrderPayment paid = Samples.returned(Samples.captured(6072));
    assertThat(Seen.parts(cancelled("en", CancelReason.CUSTOMER, paid))).allSatisfy(text -> assertThat(text)
        .contains("We are refunding €60.72 to the means of payment that you used", "a few days")
        .doesNotContain("charged", "Teehaus will", "held"));
    assertThat(Seen.parts(cancelled("de", CancelReason.CUSTOMER, paid))).allSatisfy(text -> assertThat(text)
        .contains("Wir erstatten 60,72 € auf das Zahlungsmittel, mit dem Sie bezahlt haben", "einige Tage")
        .doesNotContain("berechnet", "Teehaus erstattet", "vorgemerkt"));
  }

  @Test
  void whereNothingWasTakenTheCustomerWasNotCharged() {
    assertThat(Seen.parts(cancelled("en", CancelReason.PAYMENT_EXPIRED))).allSatisfy(
        text -> assertThat(text).contains("You have not been charged.").doesNotContain("€", "held", "refund"));
    OrderPayment held = Samples.returned(Samples.payment(PaymentStatus.AUTHORIZED, 6072, 0));
    assertThat(Seen.parts(cancelled("en", CancelReason.CUSTOMER, held))).allSatisfy(text -> assertThat(text)
        .contains("You have not been charged.", "held for your order is released", "a few days").doesNotContain("€"));
    assertThat(Seen.parts(cancelled("de", CancelReason.CUSTOMER, held))).allSatisfy(text -> assertThat(text)
        .contains("Ihnen wurde nichts berechnet.", "vorgemerkt war, wird freigegeben").doesNotContain("€"));
  }

  @Test
  void moneyThatTheShopTookItselfOrThatItsProviderRefusesToGiveBackIsTheShopsToGiveBack() {
    OrderPayment external = Samples.returned(Samples.external(2000));
    assertThat(Seen.parts(cancelled("en", CancelReason.CUSTOMER, external))).allSatisfy(text -> assertThat(text)
        .contains("Teehaus will give you back €20.00.").doesNotContain("charged", "means of payment"));
    assertThat(Seen.parts(cancelled("de", CancelReason.CUSTOMER, external, Samples.returned(Samples.captured(4072)))))
        .allSatisfy(text -> assertThat(text).contains("Teehaus erstattet Ihnen 20,00 €.", "Wir erstatten 40,72 €"));
    OrderPayment refused = Samples.returned(Samples.captured(6072));
    Refund failed = new Refund(refused.refund().id(), refused.refund().reason(), RefundStatus.FAILED,
        new Money(6072, "EUR"),
        Samples.NOW);
    assertThat(Seen.parts(cancelled("en", CancelReason.CUSTOMER, new OrderPayment(refused.payment(), null, failed))))
        .allSatisfy(text -> assertThat(text).contains("Teehaus will give you back €60.72.").doesNotContain("We are"));
  }

  @Test
  void moneyOfAnotherCurrencyThanTheOrdersGoesBackAsItCame() {
    var dollars = new Payment(PaymentId.of("stripe", "shop-eu", "pi_4"), "stripe", "shop-eu", "pi_4",
        PaymentStatus.CAPTURED, new Money(500, "USD"), new Money(500, "USD"), Samples.NOW);
    OrderPayment other = Samples.returned(new OrderPayment(dollars, null, null));
    assertThat(Seen.parts(cancelled("en", CancelReason.OTHER, Samples.returned(Samples.captured(6072)), other)))
        .allSatisfy(text -> assertThat(text).contains("We are refunding €60.72 and $5.00 to"));
  }

  @Test
  void moneyThatIsNotTheOrdersIsNotPromised() {
    var strangers = new Payment(PaymentId.of("stripe", "someone", "pi_5"), "stripe", "someone", "pi_5",
        PaymentStatus.CAPTURED, new Money(999, "EUR"), new Money(999, "EUR"), Samples.NOW);
    assertThat(
        Seen.parts(cancelled("en", CancelReason.OTHER, Samples.returned(new OrderPayment(strangers, null, null)))))
        .allSatisfy(text -> assertThat(text).contains("not been charged").doesNotContain("9.99"));
    assertThat(Seen.parts(cancelled("en", CancelReason.OTHER, Samples.captured(999))))
        .as("nor what nobody gives back").allSatisfy(text -> assertThat(text).doesNotContain("9.99"));
  }

  @Test
  void anOrderThatDoesNotKnowOfItsEndYetIsNotCalledCancelled() {
    OrderForm form = Samples.form("en");
    assertThatThrownBy(() -> Samples.email(Samples.CANCELLED, form, Samples.state(form)))
        .isInstanceOf(RetryLater.class);
  }

  private static Email cancelled(String locale, CancelReason reason, OrderPayment... payments) {
    OrderForm form = Samples.form(locale);
    return Samples.email(Samples.CANCELLED, form, Samples.cancelled(form, reason, payments));
  }
}
