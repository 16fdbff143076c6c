package waybill.returns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.messages.OrderMessages.Instead;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.returns.Exchanging.Sent;

/** How it is shown what is sent instead of units that come back. */
final class ExchangeView {

  private ExchangeView() {}

  static Map<String, Object> of(Return it) {
    Exchange exchange = it.exchange();
    var view = new LinkedHashMap<String, Object>();
    view.put("lines", exchange.items().stream().map(one -> {
      var line = new LinkedHashMap<String, Object>();
      line.put("line_id", one.lineId().value());
      line.put("sku", one.sku().value());
      line.put("unit_price", one.unitPrice());
      return line;
    }).toList());
    view.put("in_advance", exchange.inAdvance());
    view.put("on_first_scan", exchange.onScan());
    view.put("waived", ReturnView.word(exchange.waived()));
    view.put("orders", Exchanging.asked(it).stream().map(ExchangeView::order).toList());
    view.put("owed", Exchanging.owed(it));
    view.put("ended", ended(exchange.ended()));
    return view;
  }

  private static Map<String, Object> order(ReplacementAsked it) {
    Sent sent = Sent.parse(it.cause()).orElseThrow();
    List<Instead> goods = it.instead();
    var view = new LinkedHashMap<String, Object>();
    view.put("order_id", sent.order().value());
    view.put("disposition", sent.disposal());
    view.put("price", goods.stream().mapToLong(Instead::price).sum());
    view.put("due", goods.stream().mapToLong(one -> one.price() - one.paid()).sum());
    return view;
  }

  private static Map<String, Object> ended(Exchange.End it) {
    if (it == null) {
      return null;
    }
    Map<String, Object> view = ReturnView.word(it.word());
    view.put("charged", it.charged());
    view.put("amount", it.amount());
    return view;
  }
}
