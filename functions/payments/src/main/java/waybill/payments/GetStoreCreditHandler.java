package waybill.payments;

import module java.base;
import waybill.catalog.CurrencyCode;
import waybill.messages.ChannelId;
import waybill.messages.CreditId;
import waybill.platform.*;

/** {@code GET /store-credits}: what a customer has as store credit, and its ledger, the newest entry first. */
public record GetStoreCreditHandler(Credits credits) implements HttpFunction {

  public GetStoreCreditHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> credits.last(CreditId.of(new ChannelId("priming"), "nobody", "EUR")));
  }

  public GetStoreCreditHandler(Ports ports) { this(Credits.of(ports)); }

  /** The number of the last entry of a page. */
  private static Integer number(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException();
    }
    return Integer.valueOf(text);
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    var account = new CreditAccount(parameters.parsed("channel", ChannelId::new, "invalid", CreditAccount.CHANNEL),
        parameters.parsed("customer_id", CreditAccount::customer, "invalid", CreditAccount.CUSTOMER),
        parameters.parsed("currency", CurrencyCode::checked, "invalid", CreditAccount.CURRENCY));
    Integer before = parameters.parsed("cursor", GetStoreCreditHandler::number, "invalid",
        "is the next_cursor of a page of this very list");
    int limit = parameters.limit();
    for (String required : List.of("channel", "customer_id", "currency")) {
      if (parameters.text(required) == null) {
        parameters.refuse(required, "required", "is required");
      }
    }
    parameters.verify();
    CreditId id = account.id();
    List<CreditEntry> found = credits.page(id, before == null ? Integer.MAX_VALUE : before, limit + 1);
    List<CreditEntry> shown = found.subList(0, Math.min(limit, found.size()));
    Map<String, Object> view = account.view(credits.last(id).map(CreditEntry::balance).orElse(0L));
    view.put("data", shown.stream().map(CreditAccount::entry).toList());
    view.put("next_cursor", found.size() > limit ? Integer.toString(shown.getLast().number()) : null);
    return HttpResponse.json(200, view);
  }
}
