package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.platform.Ports;
import waybill.shipping.carrier.CarrierAccount;

/** What the guide for deploying says about carriers is what the functions read. */
class DeployingGuideTest {
  private static final Path GUIDE = Path.of("../../infrastructure/deploying.md");

  @Test
  void itsExampleIsAnAccountOfACarrierThatWeHaveAndItsMadeUpSecretIsTheOneThatItRegisters() throws IOException {
    String guide = Files.readString(GUIDE);
    String start = "cat > carrier-accounts.json <<'END'\n";
    int from = guide.indexOf(start) + start.length();
    Ports ports = new Ports(Map.of("CARRIER_ACCOUNTS_PARAMETER", "/accounts"), InstantSource.system())
        .with(SsmClient.class,
            new FixedParameters().with("/accounts", guide.substring(from, guide.indexOf("\nEND\n", from))));
    CarrierAccount account = CarrierAccount.all(ports).find("parcels-eu").orElseThrow();
    assertThat(Carriers.of(ports).find(account.carrier())).isPresent();
    assertThat(account.destinations()).containsExactly("DE", "AT");
    assertThat(account.maxWeightGrams()).isEqualTo(31_500);
    assertThat(account.pickups()).isEqualTo(new waybill.shipping.carrier.PickupTerms(120, "14:00", null));
    assertThat(account.webhookSecrets()).singleElement().asString().contains("FAKE");
    assertThat(guide).contains("\\\"webhook_secret\\\": \\\"" + account.webhookSecrets().getFirst() + "\\\"");
    assertThat(guide).contains("`tracker.created` and `tracker.updated` are used");
    assertThat(Files.readString(Path.of("src/main/java/waybill/shipping/easypost/EasyPostEvents.java")))
        .contains("Set.of(\"tracker.created\", \"tracker.updated\")");
  }
}
