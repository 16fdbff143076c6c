package waybill.local.providers.karrio;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import waybill.local.machine.Activity;
import waybill.local.machine.Logs;
import waybill.local.providers.BrokerAccounts;
import waybill.local.providers.Providers;
import waybill.local.providers.WebhookSender;
import waybill.local.providers.karrio.KarrioLedger.News;

/** Sends the shop what became of its parcels: each event once, whatever the answer. */
public record KarrioWebhooks(Providers providers, BrokerAccounts accounts, WebhookSender sender)
    implements Consumer<List<News>> {

  /** A local Karrio whose events reach the shop. */
  public static Karrio reporting(InstantSource clock, Providers providers, BrokerAccounts accounts, Activity activity,
      Logs logs) {
    return new Karrio(clock, new KarrioWebhooks(providers, accounts, WebhookSender.once("Karrio", activity, logs)));
  }

  @Override
  public void accept(List<News> news) {
    var secrets = accounts.webhookSecret();
    sender.send(news.stream().filter(it -> secrets.containsKey(it.account())).toList(),
        it -> providers.karrio(it.account(), secrets.get(it.account()), it.event().toString()));
  }
}
