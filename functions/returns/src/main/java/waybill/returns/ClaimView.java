package waybill.returns;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.messages.OrderId;
import waybill.messages.PhotoId;
import waybill.platform.Records;
import waybill.platform.TimeText;
import waybill.returns.Claim.Choice;
import waybill.returns.Claim.Resolution;

/** How a claim is shown. */
final class ClaimView {

  private ClaimView() {}

  static Map<String, Object> of(Claim it, OrderReturns returns) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", it.id().value());
    view.put("order_id", it.id().order().value());
    view.put("status", Records.toTree(it.status()));
    view.put("lines", it.lines().stream().map(ClaimView::line).toList());
    view.put("parcel_id", it.parcel() == null ? null : it.parcel().value());
    view.put("wish", it.wish() == null ? "store_decides" : Records.toTree(it.wish()));
    view.put("requested", ReturnView.word(it.requested()));
    view.put("approved", ReturnView.word(it.approved()));
    view.put("denied", ReturnView.word(it.denied()));
    view.put("resolution", it.resolution() == null ? null : resolution(it));
    view.put("return_id", returns.by(it.id().value()).map(back -> back.id().value()).orElse(null));
    view.put("found_at", it.found() == null ? null : TimeText.of(it.found()));
    view.put("choices", it.awaitsChoice()
        ? Arrays.stream(Choice.Kind.values()).map(Records::toTree).toList()
        : List.of());
    view.put("choice", it.choice() == null ? null : choice(it.choice()));
    return view;
  }

  private static Map<String, Object> line(Claim.Line it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("line_id", it.lineId().value());
    view.put("sku", it.sku().value());
    view.put("quantity", it.quantity());
    view.put("reason", Records.toTree(it.reason()));
    view.put("note", it.note());
    view.put("photos", it.photos().stream().map(PhotoId::value).toList());
    return view;
  }

  private static Map<String, Object> resolution(Claim claim) {
    Resolution it = claim.resolution();
    var view = new LinkedHashMap<String, Object>();
    view.put("remedy", Records.toTree(it.remedy()));
    view.put("refund", it.remedy().refunds() ? refund(it) : null);
    view.put("replacement_order_id", it.remedy().replaces()
        ? OrderId.replacing(claim.id().order(), claim.id().value()).value()
        : null);
    view.put("sent_instead", it.wrong().stream().map(Records::toObject).toList());
    view.put("location_id", it.location() == null ? null : it.location().value());
    view.put("send_back", it.sendsBack());
    view.putAll(ReturnView.word(it.word()));
    return view;
  }

  private static Map<String, Object> refund(Resolution it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("status", it.refunded() != null ? "granted" : it.refused() != null ? "refused" : "pending");
    view.put("amount", it.refunded() != null ? (Long) it.refunded().minorUnits() : it.amount());
    view.put("refund_to", Records.toTree(it.toCredit() ? RefundTo.STORE_CREDIT : RefundTo.ORIGINAL_PAYMENT));
    view.put("refused_because", it.refused());
    return view;
  }

  private static Map<String, Object> choice(Choice it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("choice", Records.toTree(it.kind()));
    view.put("due", it.due() == null ? null : it.due().minorUnits());
    view.putAll(ReturnView.word(it.word()));
    return view;
  }
}
