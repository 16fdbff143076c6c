package waybill.notifications;

import module java.base;
import waybill.catalog.*;
import waybill.digital.DigitalGoods;
import waybill.messages.*;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.orders.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.WithdrawnLabels;

/** Mails the customer about each event of the order, once. */
public record NotifyCustomerHandler(Orders orders, Catalog catalog, Postbox postbox, Addresses addresses,
    Function<OrderId, List<DigitalGoods.Goods>> digital, Predicate<ParcelId> withdrawn, InstantSource clock)
    implements QueueFunction<NotifyCustomer.Input> {
  private static final Log LOG = Log.of(NotifyCustomerHandler.class);

  public NotifyCustomerHandler() { this(Ports.ofProcess()); }

  public NotifyCustomerHandler(Ports ports) {
    this(new Orders(ports), new Catalog(ports), new Postbox(ports), new Addresses(ports),
        new DigitalGoods(ports)::of, new WithdrawnLabels(ports)::has, ports.clock());
  }

  @Override
  public void work(NotifyCustomer.Input news) {
    Mail mail = Mail.of(news);
    Orders.Placed order = orders.placed(news.order())
        .orElseThrow(() -> new IllegalStateException("there is no order " + news.order()));
    // Also if somebody asked for it again.
    boolean isDigital = mail.kind().equals(DigitalMail.KIND);
    List<DigitalGoods.Goods> goods = isDigital ? digital.apply(news.order()) : List.of();
    // A label may be void by the time of its mail, as its return was cancelled.
    boolean isVoid = mail.kind().equals(ReturnLabelMail.KIND) && withdrawn.test(ReturnLabelMail.parcel(mail.about()));
    Relevance relevance = isVoid || isDigital && goods.isEmpty()
        ? Relevance.SUPERSEDED
        : Relevance.of(mail, order.summary(), clock.instant());
    switch (relevance) {
      case CURRENT -> send(mail, order, goods);
      case SUPERSEDED -> {
        LOG.info("Mail superseded", "order", news.order(), "event", mail.event());
        drop(news.order(), mail);
      }
      case STALE -> {
        LOG.measure(Metric.count("MailsStale"), "Mail stale", "order", news.order(), "event", mail.event());
        drop(news.order(), mail);
      }
    }
  }

  private void drop(OrderId order, Mail mail) {
    if (postbox.drop(order, mail.event()) == Postbox.Outcome.UNCERTAIN) {
      giveUp(order, mail);
    }
  }

  private void giveUp(OrderId order, Mail mail) {
    // Counted before it is marked: a crash in between counts it twice, not never.
    LOG.report("MailsUncertain", "Mail uncertain", "order", order, "event", mail.event());
    postbox.giveUp(order, mail.event());
  }

  private void send(Mail mail, Orders.Placed order, List<DigitalGoods.Goods> goods) {
    OrderForm form = order.content().form();
    OrderId id = order.content().id();
    Channel channel = catalog.channel(form.channel())
        .orElseThrow(() -> new IllegalStateException("there is no channel " + form.channel()));
    // Written before it is claimed: whatever fails until then can be tried again.
    Letter letter = letter(mail, order, channel, goods);
    String address = form.customer().email();
    Optional<AddressStanding> suppressed = addresses.find(address).map(Stored::value)
        .filter(AddressStanding::isSuppressed);
    switch (suppressed.isPresent()
        ? postbox.suppress(id, mail.event(), suppressed.get())
        : postbox.post(id, mail.event(), Email.of(letter, channel, address))) {
      case SENT ->
        LOG.measure(Metric.count("MailsSent"), "Mail sent", "order", id, "kind", mail.kind(), "language",
            letter.words().language());
      case SUPPRESSED ->
        LOG.measure(Metric.count("MailsSuppressed"), "Mail suppressed", "order", id, "event", mail.event(),
            "suppression", suppressed.orElseThrow().id(), "reason", suppressed.orElseThrow().reason());
      case UNCERTAIN -> giveUp(id, mail);
      case SETTLED_BEFORE -> LOG.info("Mail settled before", "order", id, "event", mail.event());
    }
  }

  private Letter letter(Mail mail, Orders.Placed order, Channel channel, List<DigitalGoods.Goods> goods) {
    OrderForm form = order.content().form();
    var letter = new LetterWriter(Words.of(form.customer().locale(), channel.locale()), mail.kind(), order.content(),
        channel, catalogNames(form), order.content().trackingUrl().value());
    mail.write(letter.with(goods).promising(order.expected()), order.summary());
    return letter.letter();
  }

  /** What the catalog calls the lines that the storefront did not name. */
  private Map<Sku, String> catalogNames(OrderForm form) {
    List<Sku> nameless = form.lines().stream().filter(it -> it.name() == null).map(OrderForm.Line::sku).toList();
    return catalog.products(nameless).values().stream().collect(Collectors.toMap(Product::sku, Product::name));
  }
}
