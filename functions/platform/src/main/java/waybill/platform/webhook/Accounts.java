package waybill.platform.webhook;

import java.util.Optional;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.platform.Records;
import waybill.platform.Secrets;

/** The merchant's accounts, by name: a JSON object in the parameter store. */
public final class Accounts<A extends Record & Account> {
  private final Secrets secrets;
  private final Class<A> type;

  /** @param variable of the environment, which holds the parameter's name */
  public Accounts(Ports ports, String variable, Class<A> type) {
    this.secrets = new Secrets(ports, variable);
    this.type = type;
  }

  /** @throws Json.Malformed if the parameter does not hold what it should; the text holds no secret */
  public Optional<A> find(String name) {
    return Optional.ofNullable(Json.readObject(secrets.value()).get(name)).map(tree -> Records.fromTree(tree, type));
  }
}
