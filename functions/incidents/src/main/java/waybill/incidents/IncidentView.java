package waybill.incidents;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.incidents.Incident.Claim;
import waybill.incidents.Incident.Ending;
import waybill.incidents.Incident.AskedRefund;
import waybill.incidents.Incident.AskedReturn;
import waybill.messages.OrderId;
import waybill.platform.Records;
import waybill.platform.Stored;

/** An incident as the API shows it. */
final class IncidentView {

  private IncidentView() {}

  static Map<String, Object> of(Stored<Incident> stored) {
    Incident it = stored.value();
    Playbook playbook = Playbook.of(it.kind());
    var view = new LinkedHashMap<String, Object>();
    view.put("id", it.id().value());
    view.put("order_id", it.id().order().value());
    view.put("parcel_id", it.id().parcel().value());
    view.put("kind", IncidentsTable.text(it.kind()));
    view.put("status", IncidentsTable.text(it.status()));
    view.put("acts", it.isUndecided() ? IncidentsTable.text(playbook.acts()) : null);
    view.put("ends", it.isUndecided()
        ? playbook.ends().stream().sorted(Comparator.naturalOrder()).map(IncidentsTable::text).toList()
        : List.of());
    view.put("reason", it.reason());
    view.put("carrier", it.carrier());
    view.put("tracking_number", it.trackingNumber());
    view.put("last_scan", it.scan() == null ? null : Records.toTree(it.scan()));
    view.put("opened_at", Records.toTree(it.openedAt()));
    view.put("expected_at", Records.toTree(it.expectedAt()));
    view.put("look_at", Records.toTree(it.lookAt()));
    var report = new LinkedHashMap<String, Object>();
    if (it.report() != null) {
      report.put("by", it.report().by());
      report.put("note", it.report().note());
    }
    view.put("report", report.isEmpty() ? null : report);
    view.put("resolution", it.ending() == null ? null : ending(it.ending()));
    view.put("replacement_order_id", it.again().isEmpty()
        ? null
        : OrderId.replacing(it.id().order(), it.id().value()).value());
    view.put("refund", it.refund() == null ? null : refund(it.refund()));
    view.put("return", it.back() == null ? null : back(it.back()));
    view.put("claim", it.claim() == null ? null : claim(it.claim()));
    return stored.timed(view);
  }

  private static Map<String, Object> ending(Ending it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("kind", IncidentsTable.text(it.kind()));
    view.put("at", Records.toTree(it.at()));
    view.put("by", it.by());
    view.put("note", it.note());
    return view;
  }

  private static Map<String, Object> refund(AskedRefund it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("status", IncidentsTable.text(it.standing()));
    view.put("amount", it.granted() != null ? (Long) it.granted().minorUnits() : it.amount());
    view.put("currency", it.granted() == null ? null : it.granted().currency());
    view.put("detail", it.refused());
    view.put("by", it.by());
    view.put("note", it.note());
    return view;
  }

  private static Map<String, Object> back(AskedReturn it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("status", IncidentsTable.text(it.standing()));
    view.put("return_id", it.opened() == null ? null : it.opened().value());
    view.put("detail", it.refused());
    return view;
  }

  private static Map<String, Object> claim(Claim it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("status", IncidentsTable.text(it.status()));
    view.put("amount", it.amount().minorUnits());
    view.put("currency", it.amount().currency());
    view.put("reference", it.reference());
    view.put("paid", it.paid() == null ? null : it.paid().minorUnits());
    view.put("submitted_at", Records.toTree(it.at()));
    view.put("settled_at", Records.toTree(it.settledAt()));
    view.put("settled_by", it.settledBy());
    view.put("by", it.by());
    view.put("note", it.note());
    return view;
  }
}
