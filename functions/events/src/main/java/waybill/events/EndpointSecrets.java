package waybill.events;

import java.time.Instant;
import java.util.List;
import waybill.messages.EndpointId;
import waybill.platform.Ports;
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

  /** The secret of a new endpoint. @return false if it has one, because somebody else makes it at once or died after this */
  boolean begin(EndpointId id, String secret) {
    var made = new WebhookSecret(id, secret, null, null);
    return secrets.change(key(id), it -> it.orElse(made)).value().equals(made);
  }

  WebhookSecret rotate(EndpointId id, String next, Instant now) {
    return secrets.change(key(id), it -> it.orElseThrow().rotated(next, now)).value();
  }

  List<String> signing(EndpointId id, Instant now) {
    return secrets.find(key(id)).map(Stored::value).orElseThrow().signing(now);
  }

  void remove(EndpointId id) {
    secrets.find(key(id)).ifPresent(secrets::remove);
  }
}
