package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.Alert;
import waybill.messages.Money;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.AlertNoticed;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;

class StripeAlertsTest {

  private static Event<?> read(String type, Map<String, Object> object) {
    return StripeEvents.read(Map.of("id", "evt_1", "type", type, "livemode", false, "created", 1_795_338_916L, "data",
        Map.of("object", object)), "shop-eu", false).orElseThrow();
  }

  private static Alert alert(String type, Map<String, Object> more) {
    var object = new LinkedHashMap<String, Object>(Map.of("id", "dp_1", "payment_intent", "pi_3Q"));
    object.putAll(more);
    AlertNoticed news = (AlertNoticed) ((News<?>) read(type, object)).message();
    assertThat(news.payment()).isEqualTo(PaymentId.of("stripe", "shop-eu", "pi_3Q"));
    assertThat(news.alert().at()).isEqualTo(Instant.ofEpochSecond(1_795_338_916L));
    return news.alert();
  }

  @ParameterizedTest(name = "{0} is {1}, of {2}")
  @CsvSource({"needs_response, OPEN, 6072", "under_review, OPEN, 6072", "warning_needs_response, OPEN, -1",
    "warning_closed, CLOSED, -1", "won, CLOSED, -1", "lost, LOST, 6072", "prevented, LOST, 6072",
    "new_in_2031, OPEN, 6072"})
  void aDisputeTakesTheMoneyUntilItIsWonAndAnInquiryTakesNone(String status, Alert.Status meaning, long taken) {
    Alert alert = alert("charge.dispute.updated", Map.of("status", status, "amount", 6072L, "currency", "eur"));
    assertThat(alert.kind()).isEqualTo(Alert.Kind.DISPUTE);
    assertThat(alert.status()).isEqualTo(meaning);
    assertThat(alert.amount()).isEqualTo(taken < 0 ? null : new Money(taken, "EUR"));
  }

  @Test
  void aWarningIsOpenAsLongAsSomethingCanBeDoneAboutIt() {
    assertThat(alert("radar.early_fraud_warning.created", Map.of("actionable", true)).status())
        .isEqualTo(Alert.Status.OPEN);
    assertThat(alert("radar.early_fraud_warning.updated", Map.of("actionable", false)).status())
        .isEqualTo(Alert.Status.CLOSED);
  }

  @Test
  void aReviewIsOpenUntilItIsClosed() {
    assertThat(alert("review.opened", Map.of("reason", "rule")).status()).isEqualTo(Alert.Status.OPEN);
    assertThat(alert("review.closed", Map.of("open", false, "closed_reason", "approved")).status())
        .isEqualTo(Alert.Status.CLOSED);
  }

  @Test
  void whatIsOfNoPaymentOfOursIsIgnored() {
    assertThat(read("review.opened", Map.of("id", "prv_1"))).isInstanceOf(Ignored.class);
  }

  @Test
  void theNewestReportCountsWhicheverComesFirst() {
    Alert opened = alert("charge.dispute.created", Map.of("status", "needs_response"));
    var won = new Alert(opened.kind(), opened.reference(), Alert.Status.CLOSED, null, opened.at().plusSeconds(9));
    assertThat(opened.join(won)).isEqualTo(won.join(opened)).isEqualTo(won);
  }
}
