package waybill.notifications;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.platform.Records;
import waybill.platform.Stored;

/** How the API shows an order's mails, and how their address stands. No address is among it. */
final class MailView {

  private MailView() {}

  /** @param address empty if no mail to it ever failed */
  static Map<String, Object> of(List<Stored<Marker>> mails, Optional<Stored<AddressStanding>> address) {
    var view = new LinkedHashMap<String, Object>();
    view.put("data", mails.stream().map(Stored::value).map(MailView::mail).toList());
    view.put("address", address.map(it -> address(it.value())).orElse(null));
    return view;
  }

  private static Map<String, Object> mail(Marker marker) {
    Marker.Fate fate = marker.fate();
    var view = new LinkedHashMap<String, Object>();
    view.put("kind", marker.kind());
    view.put("about", marker.about());
    boolean failed = fate != null && marker.status() == Marker.Status.SENT;
    view.put("status", Records.toTree(failed ? fate.kind() : marker.status()));
    view.put("reason", marker.status() == Marker.Status.SUPPRESSED ? Records.toTree(fate.kind()) : null);
    view.put("detail", fate == null ? null : fate.detail());
    view.put("at", Records.toTree(failed ? fate.at() : marker.at()));
    view.put("ses_message_id", marker.sesMessageId());
    return view;
  }

  static Map<String, Object> timed(Stored<AddressStanding> address) {
    return address.timed(address(address.value()));
  }

  private static Map<String, Object> address(AddressStanding standing) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", standing.id().value());
    view.put("suppressed", standing.isSuppressed());
    view.put("reason", Records.toTree(standing.reason()));
    view.put("detail", standing.detail());
    view.put("since", Records.toTree(standing.since()));
    view.put("released_at", standing.release() == null ? null : Records.toTree(standing.release().at()));
    view.put("note", standing.release() == null ? null : standing.release().note());
    view.put("soft_bounces", standing.softBounces());
    return view;
  }
}
