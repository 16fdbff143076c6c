package waybill.notifications;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.messages.Message.CustomerNews;
import waybill.orders.OrderForm;
import waybill.orders.Orders;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Log.Metric;
import waybill.platform.Secrets;
import waybill.shipping.TrackingLink;

/** Mails the customer about what has happened, once about each thing. */
public final class NotifyCustomerHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(NotifyCustomerHandler.class);
  private final Orders orders;
  private final Catalog catalog;
  private final Postbox postbox;
  private final TrackingLink trackingLink;
  private final InstantSource clock;

  public NotifyCustomerHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public NotifyCustomerHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), MailClient.client(), Secrets.client());
  }

  public NotifyCustomerHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SesClient ses,
      SsmClient ssm) {
    this.orders = new Orders(dynamo, environment, clock);
    this.catalog = new Catalog(dynamo, environment, clock);
    this.postbox = new Postbox(dynamo, ses, environment, clock);
    this.trackingLink = new TrackingLink(environment, clock, ssm);
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<CustomerNews> batch = Batch.read(in, CustomerNews.class, LOG);
    batch.each(this::tell);
    batch.answer(out);
  }

  private void tell(CustomerNews news) {
    Orders.Order order = orders.find(news.order())
        .orElseThrow(() -> new IllegalStateException("there is no order " + news.order()));
    switch (Relevance.of(news, order.state(), clock.instant())) {
      case CURRENT -> mail(news, order);
      case SUPERSEDED -> {
        LOG.info("Mail superseded", "order", news.order(), "event", Kind.event(news));
        drop(news);
      }
      case STALE -> {
        LOG.measure(Metric.count("MailsStale"), "Mail stale", "order", news.order(), "event", Kind.event(news));
        drop(news);
      }
    }
  }

  private void drop(CustomerNews news) {
    if (postbox.drop(news.order(), Kind.event(news)) == Postbox.Outcome.UNCERTAIN) {
      giveUp(news);
    }
  }

  private void giveUp(CustomerNews news) {
    // Counted before it is marked: who dies in between has it counted twice, not never.
    LOG.report("MailsUncertain", "Mail uncertain", "order", news.order(), "event", Kind.event(news));
    postbox.giveUp(news.order(), Kind.event(news));
  }

  private void mail(CustomerNews news, Orders.Order order) {
    OrderForm form = order.content().form();
    Channel channel = catalog.channel(form.channel())
        .orElseThrow(() -> new IllegalStateException("there is no channel " + form.channel()));
    // Written before it is claimed: whatever fails until then can be tried again.
    Letter letter = Letter.of(news, order.content(), order.state().value(), channel,
        () -> trackingLink.url(news.order()));
    Mail mail = Mail.of(Kind.of(news), letter, channel.mailSender(), form.customer().email());
    switch (postbox.post(news.order(), Kind.event(news), mail)) {
      case SENT ->
        LOG.measure(Metric.count("MailsSent"), "Mail sent", "order", news.order(), "kind", Kind.of(news).text(),
            "language", letter.language().tag());
      case UNCERTAIN -> giveUp(news);
      case SETTLED_BEFORE -> LOG.info("Mail settled before", "order", news.order(), "event", Kind.event(news));
    }
  }
}
