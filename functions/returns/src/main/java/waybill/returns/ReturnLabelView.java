package waybill.returns;

import java.util.LinkedHashMap;
import java.util.Map;
import waybill.orders.OrderContent;
import waybill.platform.Records;
import waybill.platform.TimeText;

/** How the label of a return is shown. */
final class ReturnLabelView {

  private ReturnLabelView() {}

  static Map<String, Object> of(Return it, OrderContent order) {
    ReturnLabel label = it.label();
    var view = new LinkedHashMap<String, Object>();
    view.put("parcel_id", it.labelId().value());
    view.put("status", Records.toTree(label.status()));
    view.put("asked", ReturnView.word(label.asked()));
    view.put("location_id", label.to() == null ? null : label.to().value());
    view.put("carrier", label.bought() == null ? null : label.bought().carrier());
    view.put("service", label.bought() == null ? null : label.bought().service());
    view.put("tracking_number", label.bought() == null ? null : label.bought().trackingNumber());
    view.put("labelled_at", label.bought() == null ? null : TimeText.of(label.bought().at()));
    view.put("url", it.isLabelled() ? order.trackingUrl().returnLabel(it.labelId()) : null);
    view.put("unused_until", it.unusedUntil() == null ? null : TimeText.of(it.unusedUntil()));
    view.put("moved_at", label.seen() == null ? null : TimeText.of(label.seen().at()));
    view.put("detail", label.failure() == null ? null : label.failure().detail());
    return view;
  }
}
