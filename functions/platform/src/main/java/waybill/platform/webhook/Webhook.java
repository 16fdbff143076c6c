package waybill.platform.webhook;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.BiConsumer;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Refused;

/**
 * Takes a provider's events at {@code POST …/{account}}. Nothing of the body is looked at before its signature is found good. A
 * provider sends again what is not answered with 2xx, so an event that means nothing to us is answered so as well.
 */
public final class Webhook<A extends Record & Account, M> {
  /** Many times the largest event that a provider is known to send. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Accounts<A> accounts;
  private final Provider<A, M> provider;
  private final String subject;
  private final InstantSource clock;
  private final Log log;

  /** @param subject what the events are of, as log and answers name it, for example {@code payment} */
  public Webhook(Ports ports, Accounts<A> accounts, Provider<A, M> provider, String subject, Log log) {
    this.accounts = accounts;
    this.provider = provider;
    this.subject = subject;
    this.clock = ports.clock();
    this.log = log;
  }

  /** @param work what is to be done with an event, before it is answered; it gets the account's name with us */
  public HttpResponse receive(HttpRequest request, BiConsumer<String, Event<M>> work) {
    String name = request.pathParameter("account");
    A account = accounts.find(name).orElseThrow(() -> unknownAccount(log, subject, name));
    Event<M> event = read(request, name, account);
    work.accept(name, event);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("received", true);
    if (event instanceof Event.Ignored<M> ignored) {
      answer.put("ignored", ignored.reasonCode());
    }
    return HttpResponse.json(200, answer);
  }

  private Event<M> read(HttpRequest request, String name, A account) {
    try {
      verify(request, account);
      return Http.orProblem(provider.read(request.object(), name, account));
    } catch (Problem refusal) {
      reportRefused(log, subject, name, refusal);
      throw refusal;
    }
  }

  /**
   * A provider that is refused gives up after some days, and what it had to report is then lost: a wrong secret or a mistyped
   * address must be noticed before.
   */
  private static void reportRefused(Log log, String subject, String account, Problem refusal) {
    log.report("WebhooksRefused", "Webhook refused", "subject", subject, "account", account, "reason",
        refusal.body().get("code"), "detail", refusal.body().get("detail"));
  }

  /** There is no such account: its webhook was set up with another address, or the account was removed from the parameter. */
  public static Problem unknownAccount(Log log, String subject, String account) {
    Problem refusal = Problem.notFound(subject + " account");
    // Anybody may send this: what cannot be a mistyped name is not logged.
    reportRefused(log, subject, account.matches("[\\w.-]{1,64}") ? account : "(no name)", refusal);
    return refusal;
  }

  private void verify(HttpRequest request, A account) {
    if (request.body().length > MAX_BODY_BYTES) {
      throw Problem.of(Refused.of(Refused.Kind.TOO_LARGE, "too_large",
          "an event has at most %d bytes".formatted(MAX_BODY_BYTES)));
    }
    Verdict verdict = provider.verdict(request, account, clock.instant());
    if (verdict != Verdict.GOOD) {
      String detail = verdict == Verdict.STALE
          ? "the signature is more than five minutes away from our clock"
          : provider.explain(verdict);
      throw Problem.of(Refused.of(Refused.Kind.MALFORMED, "signature_invalid", detail).about("signature",
          verdict.name().toLowerCase(Locale.ROOT)));
    }
  }
}
