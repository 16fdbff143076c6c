package waybill.shipping;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Bill;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.TimeText;
import waybill.shipping.LabelVoid.NotApplicable;
import waybill.shipping.LabelVoid.Refunded;
import waybill.shipping.LabelVoid.Rejected;
import waybill.shipping.LabelVoid.Requested;
import waybill.shipping.LabelVoid.Submitted;
import waybill.shipping.LabelVoid.TooEarly;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.ParcelLabel.Voided;
import waybill.shipping.carrier.Carrier.Insurance;
import waybill.shipping.carrier.Carrier.Label;

/**
 * What a parcel's label was quoted and bought for, what its carrier billed after all, and what came back of it, as the API shows it.
 *
 * @param bills the latest, which stands, first
 */
record LabelCosts(ParcelId parcel, Labelled labelled, List<Bill> bills, Optional<LabelVoid> voided) {

  /** Empty if there is no such parcel, or if it has no label yet. */
  static Optional<LabelCosts> find(Table<ParcelLabel> labels, Table<LabelVoid> voids, Table<Tracking> trackings,
      ParcelId parcel) {
    return labels.find(ShippingTable.key(parcel.order(), parcel)).map(Stored::value).flatMap(LabelCosts::bought)
        .map(it -> new LabelCosts(parcel, it, bills(trackings, it.label(), parcel),
            voids.find(ShippingTable.voidKey(parcel)).map(Stored::value)));
  }

  /** Also of a label that is void, which may be paid for. */
  private static Optional<Labelled> bought(ParcelLabel label) {
    return Optional.ofNullable(switch (label.stage()) {
      case Labelled it -> it;
      case Voided it -> it.labelled();
      default -> null;
    });
  }

  private static List<Bill> bills(Table<Tracking> trackings, Label label, ParcelId parcel) {
    return TrackingNumber.parse(label.trackingNumber()).flatMap(it -> trackings.find(ShippingTable.key(it)))
        .map(Stored::value).filter(it -> it.parcels().stream().anyMatch(one -> one.parcel().equals(parcel)))
        .map(Tracking::bills).orElse(List.of());
  }

  Map<String, Object> toResource() {
    Label label = labelled.label();
    var costs = new LinkedHashMap<String, Object>();
    costs.put("parcel_id", parcel.value());
    costs.put("carrier", label.carrier());
    costs.put("service", label.service());
    costs.put("tracking_number", label.trackingNumber());
    costs.put("carrier_account", labelled.account());
    costs.put("labelled_at", TimeText.of(labelled.at()));
    costs.put("quoted", money(labelled.draft() == null ? null : labelled.draft().quoted()));
    costs.put("bought", money(label.cost()));
    costs.put("insurance", label.insurance() == null ? null : insured(label.insurance()));
    costs.put("billed", money(bills.isEmpty() ? null : bills.getFirst().amount()));
    costs.put("bills", bills.stream().map(it -> {
      var bill = new LinkedHashMap<String, Object>();
      bill.put("id", it.id());
      bill.put("amount", it.amount().minorUnits());
      bill.put("currency", it.amount().currency());
      bill.put("at", TimeText.of(it.at()));
      return bill;
    }).toList());
    costs.put("refunded", money(voided.map(LabelVoid::stage).filter(Refunded.class::isInstance)
        .map(it -> ((Refunded) it).amount()).orElse(null)));
    costs.put("void", voided.map(LabelCosts::view).orElse(null));
    return costs;
  }

  private static Map<String, Object> insured(Insurance it) {
    var insured = new LinkedHashMap<String, Object>();
    insured.put("insured", money(it.amount()));
    insured.put("premium", money(it.premium()));
    return insured;
  }

  private static Map<String, Object> view(LabelVoid it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("status", it.status().name().toLowerCase(Locale.ROOT));
    view.put("requested_at", TimeText.of(it.requestedAt()));
    view.put("detail", switch (it.stage()) {
      case TooEarly early -> early.detail();
      case Rejected rejected -> rejected.detail();
      case Requested _, Submitted _, Refunded _, NotApplicable _ -> null;
    });
    view.put("attempts_refused", it.attempts());
    view.put("next_look_at", time(it.dueAt().orElse(null)));
    view.put("window_ends_at", time(VoidWindow.endsAt(it.label().carrier(), it.labelledAt()).orElse(null)));
    view.put("settled_at", time(switch (it.stage()) {
      case Refunded refunded -> refunded.at();
      case NotApplicable none -> none.at();
      case Rejected rejected -> rejected.at();
      case Requested _, TooEarly _, Submitted _ -> null;
    }));
    return view;
  }

  private static String time(Instant time) {
    return time == null ? null : TimeText.of(time);
  }

  private static Map<String, Object> money(Money money) {
    if (money == null) {
      return null;
    }
    var amount = new LinkedHashMap<String, Object>();
    amount.put("amount", money.minorUnits());
    amount.put("currency", money.currency());
    return amount;
  }
}
