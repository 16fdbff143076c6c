package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.Choreography.ReceivePayment;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;

/** What the guide for deploying says about Stripe is what the functions read. */
class DeployingGuideTest {
  private static final Path GUIDE = Path.of("../../infrastructure/deploying.md");

  @Test
  void itsExampleIsAnAccountThatCanRefund() throws IOException {
    String guide = Files.readString(GUIDE);
    String start = "cat > payment-accounts.json <<'END'\n";
    String example = guide.substring(guide.indexOf(start) + start.length(), guide.indexOf("\nEND\n"));
    Ports ports = new Ports(Map.of("PAYMENT_ACCOUNTS_PARAMETER", "/accounts"), InstantSource.system())
        .with(SsmClient.class, new OneParameter("/accounts", example));
    StripeAccount account = StripeAccount.all(ports).find("shop-eu").orElseThrow();
    assertThat(account.livemode()).isFalse();
    assertThat(account.usableKey()).startsWith("rk_test_").contains("FAKE");
    assertThat(account.webhookSecrets()).singleElement().asString().startsWith("whsec_").contains("FAKE");
  }

  @Test
  void itRegistersExactlyTheEventsThatAreUsed() throws IOException {
    Set<String> registered = found("enabled_events\\[\\]=([a-z_.]+)", GUIDE);
    Set<String> read = new TreeSet<>();
    for (String reader : List.of("StripeEvents", "StripeAlerts")) {
      read.addAll(found("\"((?:payment_intent|refund|charge|radar|review)\\.[a-z_.]+)\"",
          Path.of("src/main/java/waybill/payments/" + reader + ".java")));
    }
    assertThat(registered).isEqualTo(read).contains("charge.dispute.created", "review.opened");
    assertThat(registered).isNotEmpty().noneMatch(DeployingGuideTest::isIgnored);
    assertThat(isIgnored("charge.updated")).isTrue();
  }

  @Test
  void itPinsTheVersionOfTheApiThatTheClientSpeaks() throws IOException {
    assertThat(found("api_version=([a-z0-9.-]+)", GUIDE)).containsExactly(Stripe.API_VERSION);
  }

  /** An event that is used, and has nothing but its type, is refused. */
  private static boolean isIgnored(String type) {
    return StripeEvents.read(Map.of("id", "evt_1", "type", type, "livemode", false), "shop-eu",
        false) instanceof Outcome.Accepted<Event<ReceivePayment.Output>>(Ignored<ReceivePayment.Output> _);
  }

  private static Set<String> found(String pattern, Path file) throws IOException {
    var found = new TreeSet<String>();
    Pattern.compile(pattern).matcher(Files.readString(file)).results().forEach(it -> found.add(it.group(1)));
    return found;
  }
}
