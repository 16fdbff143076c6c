package waybill.notifications;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.catalog.*;
import waybill.messages.Message.CustomerNews;
import waybill.orders.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.TrackingLink;

/** Mails the customer about what has happened, once about each thing. */
public final class NotifyCustomerHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(NotifyCustomerHandler.class);
  private final Orders orders;
  private final Catalog catalog;
  private final Postbox postbox;
  private final TrackingLink trackingLink;
  private final InstantSource clock;

  public NotifyCustomerHandler() { this(Ports.ofProcess()); }

  public NotifyCustomerHandler(Ports ports) {
    this.orders = new Orders(ports);
    this.catalog = new Catalog(ports);
    this.postbox = new Postbox(ports);
    this.trackingLink = new TrackingLink(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.each(in, out, CustomerNews.class, LOG, this::tell);
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
