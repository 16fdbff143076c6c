package waybill.payments;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.CurrencyCode;
import waybill.messages.ChannelId;
import waybill.messages.IdText;
import waybill.payments.CreditEntry.Draft;
import waybill.payments.CreditEntry.Kind;
import waybill.platform.*;

/** {@code POST /store-credits/adjustments}: a person gives a customer store credit, or takes some, once an Idempotency-Key. */
public record AdjustStoreCreditHandler(Credits credits, Catalog catalog, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(AdjustStoreCreditHandler.class);
  private static final long MOST_MINOR_UNITS = 1_000_000_000_000L;
  private static final int MOST_TEXT = 200;

  public AdjustStoreCreditHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.offer(new ChannelId("priming"), List.of()));
  }

  public AdjustStoreCreditHandler(Ports ports) { this(Credits.of(ports), new Catalog(ports), ports.clock()); }

  record Form(CreditAccount account, long amount, String reason, String reference) {
    static Form read(Fields fields) {
      var form = new Form(new CreditAccount(fields.parsed("channel", ChannelId::new, CreditAccount.CHANNEL),
          fields.text("customer_id", CreditAccount.MOST_CUSTOMER),
          fields.parsed("currency", CurrencyCode::checked, CreditAccount.CURRENCY)),
          fields.whole("amount", -MOST_MINOR_UNITS, MOST_MINOR_UNITS), fields.text("reason", MOST_TEXT),
          fields.textOrNull("reference", MOST_TEXT));
      if (form.amount == 0) {
        fields.refuse("amount", "out_of_range", "is not zero: what is given, or, negative, what is taken");
      }
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    String cause = "request " + IdText.digest(request.path(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    Channel channel = catalog.offer(form.account.channel(), List.of()).channel()
        .orElseThrow(() -> Problem.invalid("/channel", "unknown", "there is no such channel"));
    if (!channel.currencies().contains(form.account.currency())) {
      throw Problem.invalid("/currency", "not_of_channel",
          "the channel takes " + String.join(", ", channel.currencies()));
    }
    CreditEntry entry = Http.orProblem(credits.move(form.account.id(), cause, new Draft(Kind.ADJUSTMENT, form.amount,
        form.reason, form.reference, null, request.subject(), clock.instant().truncatedTo(ChronoUnit.MILLIS))));
    if (!entry.credit().equals(form.account.id()) || entry.amount() != form.amount
        || !entry.reason().equals(form.reason)
        || !Objects.equals(entry.reference(), form.reference)) {
      throw Problem.of(Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
          "this Idempotency-Key was used with another request"));
    }
    LOG.info("Store credit adjusted", "credit", form.account.id(), "entry", entry.number(), "amount", entry.amount());
    Map<String, Object> view = form.account.view(entry.balance());
    view.put("entry", CreditAccount.entry(entry));
    return HttpResponse.json(201, view);
  }
}
