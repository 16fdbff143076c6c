package waybill.local.providers.stripe;

import java.util.List;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;
import waybill.local.providers.Providers;
import waybill.local.providers.WebhookSender;
import waybill.local.providers.stripe.StripeLedger.News;

/** Sends the shop what became of its payments and refunds. */
public record StripeWebhooks(Providers providers, StripeAccounts accounts, WebhookSender sender) {

  public StripeWebhooks(Providers providers, StripeAccounts accounts, Activity activity, Logs logs) {
    this(providers, accounts, new WebhookSender("Stripe", activity, logs));
  }

  public void send(List<News> news) {
    sender.send(news, it -> providers.stripe(it.account(), accounts.webhookSecret().get(it.account()),
        it.object().toString()));
  }
}
