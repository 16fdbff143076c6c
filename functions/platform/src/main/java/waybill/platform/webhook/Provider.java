package waybill.platform.webhook;

import java.time.Instant;
import java.util.Map;
import waybill.platform.HttpRequest;
import waybill.platform.Outcome;

/** How a provider signs its webhooks, and what its events mean. */
public interface Provider<A extends Account, M> {

  Verdict verdict(HttpRequest request, A account, Instant now);

  /** What is wrong, for whoever sets the webhook up. @param flaw neither good nor stale */
  String explain(Verdict flaw);

  /**
   * Reads an event; refused if a field that we need is not what the provider documents.
   *
   * @param name the account's with us
   */
  Outcome<Event<M>> read(Map<String, Object> body, String name, A account);
}
