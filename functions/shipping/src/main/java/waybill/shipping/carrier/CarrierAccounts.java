package waybill.shipping.carrier;

import java.util.Map;
import java.util.Optional;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.platform.Secrets;

/** The deployment's carrier accounts by name: a JSON object in the parameter store, read when an account is first needed. */
public final class CarrierAccounts {
  private final Ports ports;
  private Secrets secrets;

  public CarrierAccounts(Ports ports) {
    this.ports = ports;
  }

  /**
   * @throws Json.Malformed if the parameter is not a JSON object of objects
   * @throws IllegalArgumentException if this account does not say what it must; a fault in another account does no harm
   */
  public Optional<CarrierAccount> find(String name) {
    Map<String, Object> accounts = Json.readObject(secrets().value());
    return accounts.get(name) == null ? Optional.empty() : Optional.of(CarrierAccount.read(name, accounts.get(name)));
  }

  /** Made when first needed: most labels of a demo need no account, and the client of the parameter store takes time to start. */
  private synchronized Secrets secrets() {
    if (secrets == null) {
      secrets = new Secrets(ports, "CARRIER_ACCOUNTS_PARAMETER");
    }
    return secrets;
  }
}
