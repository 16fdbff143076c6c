package waybill.local.providers.stripe;

import java.util.List;
import java.util.Map;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;
import waybill.local.providers.Providers;
import waybill.local.providers.stripe.StripeLedger.News;

/** Tells the shop what became of its payments and refunds: signed, in order, and again where it did not listen. */
public final class StripeWebhooks {
  private static final int MOST_ATTEMPTS = 4;

  private final Providers providers;
  private final StripeAccounts accounts;
  private final Activity activity;
  private final Logs logs;

  public StripeWebhooks(Providers providers, StripeAccounts accounts, Activity activity, Logs logs) {
    this.providers = providers;
    this.accounts = accounts;
    this.activity = activity;
    this.logs = logs;
  }

  /** Returns at once; what is under way counts as activity from now on. */
  public void send(List<News> news) {
    activity.begin();
    Thread.ofVirtual().name("stripe-webhooks").start(() -> {
      try {
        news.forEach(this::send);
      } finally {
        activity.end();
      }
    });
  }

  private void send(News news) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      String answer = attempt(news);
      if (answer.startsWith("2")) {
        return;
      }
      logs.add(Map.of("level", "WARN", "fn", "Stripe", "message", "Webhook not taken", "type", news.type(), "attempt",
          attempt, "answer", answer));
    }
  }

  private String attempt(News news) {
    try {
      return Integer.toString(providers.stripe(news.account(), accounts.webhookSecret().get(news.account()),
          news.object().toString()).status());
    } catch (java.io.UncheckedIOException | IllegalStateException e) {
      return String.valueOf(e.getMessage()); // the cloud is closing
    }
  }
}
