package waybill.returns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.messages.PhotoId;
import waybill.messages.RefundStatus;
import waybill.orders.OrderSummary;
import waybill.orders.Orders.Placed;
import waybill.platform.Records;
import waybill.platform.TimeText;

/** How a return is shown. Where its money is follows from the order's refunds. */
final class ReturnView {

  private ReturnView() {}

  static Map<String, Object> of(Return it, Placed order) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", it.id().value());
    view.put("order_id", it.id().order().value());
    view.put("status", Records.toTree(it.status(isBack(it, order.summary()))));
    view.put("source", Records.toTree(it.source()));
    view.put("parcel_id", it.parcel() == null ? null : it.parcel().value());
    view.put("lines", it.lines().stream().map(line -> line(it, line)).toList());
    view.put("exchange", it.exchange() == null ? null : ExchangeView.of(it));
    view.put("label", it.label() == null ? null : ReturnLabelView.of(it, order.content()));
    view.put("policy", policy(it.policy()));
    view.put("override", word(it.overruled()));
    view.put("requested", word(it.requested()));
    view.put("approved", word(it.permitted()));
    view.put("ended", it.ended() == null ? null : word(it.ended().word()));
    view.put("arrive_by", it.arrivesBy() == null ? null : TimeText.of(it.arrivesBy()));
    view.put("expired_at", it.expiredAt() == null ? null : TimeText.of(it.expiredAt()));
    view.put("receipts", it.receipts().stream().map(ReturnView::receipt).toList());
    view.put("dispositions", it.disposals().stream().map(one -> disposal(one, order.summary())).toList());
    return view;
  }

  static boolean isBack(Return it, OrderSummary order) {
    return it.settlements().flatMap(one -> one.refunds().stream())
        .allMatch(id -> order.refund(id).filter(one -> one.status() == RefundStatus.SUCCEEDED).isPresent());
  }

  private static Map<String, Object> line(Return it, Return.Line line) {
    var view = new LinkedHashMap<String, Object>();
    view.put("line_id", line.lineId().value());
    view.put("sku", line.sku().value());
    view.put("quantity", line.quantity());
    view.put("received", it.received(line.lineId()));
    view.put("expected", it.awaitsUnits() ? it.expected(line.lineId()) : 0);
    view.put("missing", it.missing(line.lineId()));
    view.put("reason", Records.toTree(line.reason()));
    view.put("note", line.note());
    view.put("photos", line.photos().stream().map(PhotoId::value).toList());
    return view;
  }

  static Map<String, Object> policy(ReturnPolicy it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("version", it.version());
    view.put("window_days", it.windowDays());
    view.put("market_days", it.marketDays());
    view.put("excluded", it.excluded());
    view.put("approves", it.approves());
    view.put("arrival_days", it.arrivalDays());
    view.put("fee_percent", it.feePercent());
    view.put("refunds_shipping", it.refundsShipping());
    view.put("refund_to", Records.toTree(it.refundTo()));
    view.put("labels", Records.toTree(it.labels()));
    view.put("label_days", it.labelDays());
    view.put("return_to", it.returnTo() == null ? null : it.returnTo().value());
    view.put("exchanges", Records.toTree(it.exchanges()));
    view.put("rules", it.rules().stream().map(rule -> {
      var one = new LinkedHashMap<String, Object>();
      one.put("outcome", Records.toTree(rule.fate()));
      one.put("fault", Records.toTree(rule.fault()));
      one.put("to", Records.toTree(rule.fate().to()));
      one.put("refund_percent", rule.refundPercent());
      return one;
    }).toList());
    return view;
  }

  static Map<String, Object> word(Return.Word it) {
    if (it == null) {
      return null;
    }
    var view = new LinkedHashMap<String, Object>();
    view.put("by", it.by());
    view.put("reason", it.why());
    view.put("at", TimeText.of(it.at()));
    return view;
  }

  private static Map<String, Object> receipt(Return.Receipt it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("location_id", it.location().value());
    view.put("lines", it.lines().stream().map(Records::toObject).toList());
    view.put("unexpected", it.found().stream().map(found -> {
      var one = new LinkedHashMap<String, Object>();
      one.put("sku", found.sku().value());
      one.put("quantity", found.quantity());
      one.put("note", found.note());
      return one;
    }).toList());
    view.put("by", it.by());
    view.put("at", TimeText.of(it.at()));
    return view;
  }

  private static Map<String, Object> disposal(Return.Disposal it, OrderSummary order) {
    var view = new LinkedHashMap<String, Object>();
    view.put("location_id", it.location() == null ? null : it.location().value());
    view.put("lines", it.lines().stream().map(ReturnView::disposed).toList());
    view.put("shipping", it.shipping());
    view.put("credit", it.worth() == null ? null : it.worth().credit());
    view.put("amount", it.settled() == null ? null : it.settled().amount().minorUnits());
    view.put("refund_to", Records.toTree(it.settled() != null && it.settled().credited()
        ? RefundTo.STORE_CREDIT
        : RefundTo.ORIGINAL_PAYMENT));
    view.put("refunds", it.settled() == null ? List.of() : refunds(it.settled(), order));
    view.put("by", it.by());
    view.put("at", TimeText.of(it.at()));
    return view;
  }

  private static Map<String, Object> disposed(Return.Disposed it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("line_id", it.lineId() == null ? null : it.lineId().value());
    view.put("sku", it.sku().value());
    view.put("quantity", it.quantity());
    view.put("outcome", Records.toTree(it.fate()));
    view.put("fault", Records.toTree(it.fault()));
    view.put("to", Records.toTree(it.to()));
    view.put("refund_percent", it.refundPercent());
    view.put("override_reason", it.overruled());
    view.put("note", it.note());
    view.put("lot", it.lot() == null ? null : it.lot().value());
    return view;
  }

  private static List<Map<String, Object>> refunds(Return.Settled settled, OrderSummary order) {
    var refunds = new ArrayList<Map<String, Object>>();
    settled.refunds().forEach(id -> {
      Optional<OrderSummary.GivenBack> known = order.refund(id);
      var one = new LinkedHashMap<String, Object>();
      one.put("id", id.value());
      one.put("amount", known.map(it -> it.amount() == null ? null : it.amount().minorUnits()).orElse(null));
      one.put("status", known.map(it -> Records.toTree(it.status())).orElse("requested"));
      refunds.add(one);
    });
    return refunds;
  }
}
