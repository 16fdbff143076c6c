package waybill.local.providers.easypost;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;
import waybill.local.providers.BrokerAccounts;
import waybill.local.providers.Providers;
import waybill.local.providers.WebhookSender;
import waybill.local.providers.easypost.EasyPostLedger.News;

/** Sends the shop what became of its parcels. */
public record EasyPostWebhooks(Providers providers, BrokerAccounts accounts, WebhookSender sender)
    implements Consumer<List<News>> {

  /** A local EasyPost whose events reach the shop. */
  public static EasyPost reporting(InstantSource clock, Providers providers, BrokerAccounts accounts,
      Activity activity, Logs logs) {
    return new EasyPost(clock,
        new EasyPostWebhooks(providers, accounts, new WebhookSender("EasyPost", activity, logs)));
  }

  @Override
  public void accept(List<News> news) {
    var secrets = accounts.webhookSecret();
    sender.send(news.stream().filter(it -> secrets.containsKey(it.account())).toList(),
        it -> providers.easyPost(it.account(), secrets.get(it.account()), it.event().toString()));
  }
}
