package waybill.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.EndpointId;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** What deliveries are signed with: a table of its own, so that few functions may read it. */
final class EndpointSecrets {
  private final Table<WebhookSecret> secrets;

  EndpointSecrets(Ports ports) {
    this.secrets = new Table<>(ports, "EVENTS_SECRETS_TABLE", WebhookSecret.class, it -> key(it.endpoint()));
  }

  private static Key key(EndpointId id) {
    return new Key(id.value(), "secret");
  }

  /** The secret of a new endpoint as a part of the transaction that makes it. What an older one may have left is replaced. */
  TransactWriteItem begun(EndpointId id, String secret) {
    var made = new WebhookSecret(id, secret, null, null);
    return secrets.find(key(id)).map(it -> secrets.replacement(it, made)).orElseGet(() -> secrets.insertion(made));
  }

  /** The removal of the secret as a part of the transaction that removes its endpoint; empty if it has none. */
  Optional<TransactWriteItem> removal(EndpointId id) {
    return secrets.find(key(id)).map(secrets::removal);
  }

  /** @return empty if the endpoint is gone */
  Optional<WebhookSecret> rotate(EndpointId id, String next, Instant now) {
    return secrets
        .decide(key(id), OptionalInt.empty(), it -> it.map(before -> Outcome.of(before.rotated(next, now)))
            .orElseGet(() -> Refused.absent("webhook endpoint")
                .outcome())) instanceof Outcome.Accepted<Stored<WebhookSecret>>(Stored<WebhookSecret> rotated)
                    ? Optional.of(rotated.value())
                    : Optional.empty();
  }

  List<String> signing(EndpointId id, Instant now) {
    return secrets.find(key(id)).map(Stored::value).orElseThrow().signing(now);
  }
}
