package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.CancelReason;
import waybill.messages.Money;
import waybill.orders.OrderForm;
import waybill.orders.OrderSummary;
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
  void aMailAboutACancelledOrderHasItsReasonUnlessTheShopKeepsItToItself(CancelReason reason, String english,
      String german) {
    OrderSummary.End paid = Samples.refunded(reason, 6072);
    assertThat(Seen.parts(cancelled("en", paid))).allSatisfy(
        text -> assertThat(text).contains(english).doesNotContainIgnoringCase("fraud").doesNotContain("Delivery"));
    assertThat(Seen.parts(cancelled("de", paid))).allSatisfy(text -> assertThat(text).contains(german)
        .doesNotContainIgnoringCase("betrug").doesNotContain("Lieferadresse"));
  }

  @Test
  void whatWasTakenGoesBackToWhereItWasPaidWith() {
    OrderSummary.End paid = Samples.refunded(CancelReason.CUSTOMER, 6072);
    assertThat(Seen.parts(cancelled("en", paid))).allSatisfy(text -> assertThat(text)
        .contains("We are refunding €60.72 to the means of payment that you used", "a few days")
        .doesNotContain("charged", "Teehaus will", "held"));
    assertThat(Seen.parts(cancelled("de", paid))).allSatisfy(text -> assertThat(text)
        .contains("Wir erstatten 60,72 € auf das Zahlungsmittel, mit dem Sie bezahlt haben", "einige Tage")
        .doesNotContain("berechnet", "Teehaus erstattet", "vorgemerkt"));
  }

  @Test
  void whereNothingWasTakenTheCustomerWasNotCharged() {
    assertThat(Seen.parts(cancelled("en", Samples.end(CancelReason.PAYMENT_EXPIRED)))).allSatisfy(
        text -> assertThat(text).contains("You have not been charged.").doesNotContain("€", "held", "refund"));
    var held = new OrderSummary.End(CancelReason.CUSTOMER, List.of(), List.of(), true);
    assertThat(Seen.parts(cancelled("en", held))).allSatisfy(text -> assertThat(text)
        .contains("You have not been charged.", "held for your order is released", "a few days").doesNotContain("€"));
    assertThat(Seen.parts(cancelled("de", held))).allSatisfy(text -> assertThat(text)
        .contains("Ihnen wurde nichts berechnet.", "vorgemerkt war, wird freigegeben").doesNotContain("€"));
  }

  @Test
  void moneyThatTheShopMustGiveBackIsTheShopsToGiveBack() {
    List<Money> owed = List.of(Samples.euros(2000));
    var external = new OrderSummary.End(CancelReason.CUSTOMER, List.of(), owed, false);
    assertThat(Seen.parts(cancelled("en", external))).allSatisfy(text -> assertThat(text)
        .contains("Teehaus will give you back €20.00.").doesNotContain("charged", "means of payment", "We are"));
    var both = new OrderSummary.End(CancelReason.CUSTOMER, List.of(Samples.euros(4072)), owed, false);
    assertThat(Seen.parts(cancelled("de", both)))
        .allSatisfy(text -> assertThat(text).contains("Teehaus erstattet Ihnen 20,00 €.", "Wir erstatten 40,72 €"));
  }

  @Test
  void moneyOfAnotherCurrencyThanTheOrdersGoesBackAsItCame() {
    var end = new OrderSummary.End(CancelReason.OTHER, List.of(Samples.euros(6072), new Money(500, "USD")), List.of(),
        false);
    assertThat(Seen.parts(cancelled("en", end)))
        .allSatisfy(text -> assertThat(text).contains("We are refunding €60.72 and $5.00 to"));
  }

  @Test
  void anOrderThatDoesNotKnowOfItsEndYetIsNotCalledCancelled() {
    OrderForm form = Samples.form("en");
    assertThatThrownBy(() -> Samples.email(Samples.CANCELLED, form, Samples.released(form)))
        .isInstanceOf(RetryLater.class);
  }

  private static Email cancelled(String locale, OrderSummary.End end) {
    OrderForm form = Samples.form(locale);
    return Samples.email(Samples.CANCELLED, form, Samples.cancelled(form, end));
  }
}
