package waybill.shipping;

import java.util.Optional;
import waybill.platform.Json;
import waybill.platform.Records;
import waybill.platform.Secrets;

/** The merchant's accounts, by name: a JSON object in the parameter store. */
final class CarrierAccounts {
  private final Secrets secrets;

  CarrierAccounts(Secrets secrets) {
    this.secrets = secrets;
  }

  /** @throws Json.Malformed where the parameter does not hold what it should; the text never tells a secret */
  Optional<CarrierAccount> find(String name) {
    return Optional.ofNullable(Json.readObject(secrets.value()).get(name))
        .map(tree -> Records.fromTree(tree, CarrierAccount.class));
  }
}
