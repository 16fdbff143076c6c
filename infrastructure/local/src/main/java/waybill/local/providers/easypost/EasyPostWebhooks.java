package waybill.local.providers.easypost;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;
import waybill.local.providers.Providers;
import waybill.local.providers.easypost.EasyPostLedger.News;

/** Sends the shop what became of its parcels: signed, in order, and again if it did not take it. */
public final class EasyPostWebhooks implements Consumer<List<News>> {
  private static final int MOST_ATTEMPTS = 4;

  private final Providers providers;
  private final EasyPostAccounts accounts;
  private final Activity activity;
  private final Logs logs;

  private EasyPostWebhooks(Providers providers, EasyPostAccounts accounts, Activity activity, Logs logs) {
    this.providers = providers;
    this.accounts = accounts;
    this.activity = activity;
    this.logs = logs;
  }

  /** A local EasyPost whose events reach the shop. */
  public static EasyPost reporting(InstantSource clock, Providers providers, EasyPostAccounts accounts,
      Activity activity,
      Logs logs) {
    return new EasyPost(clock, new EasyPostWebhooks(providers, accounts, activity, logs));
  }

  /** Returns at once; what is under way counts as activity from now on. */
  @Override
  public void accept(List<News> news) {
    activity.begin();
    Thread.ofVirtual().name("easypost-webhooks").start(() -> {
      try {
        news.stream().filter(it -> accounts.webhookSecret().containsKey(it.account())).forEach(this::send);
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
      logs.add(Map.of("level", "WARN", "fn", "EasyPost", "message", "Webhook not taken", "attempt", attempt, "answer",
          answer));
    }
  }

  private String attempt(News news) {
    try {
      return Integer.toString(providers.easyPost(news.account(), accounts.webhookSecret().get(news.account()),
          news.event().toString()).status());
    } catch (java.io.UncheckedIOException | IllegalStateException e) {
      return String.valueOf(e.getMessage()); // the cloud is closing
    }
  }
}
