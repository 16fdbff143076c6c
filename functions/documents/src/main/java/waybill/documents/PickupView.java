package waybill.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.documents.CarrierPickup.Booked;
import waybill.documents.CarrierPickup.Booking;
import waybill.documents.CarrierPickup.Cancelling;
import waybill.documents.CarrierPickup.Ended;
import waybill.documents.CarrierPickup.LeftOut;
import waybill.documents.CarrierPickup.Uncertain;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.platform.TimeText;
import waybill.shipping.SoldLabels.Standing;
import waybill.shipping.carrier.Pickups.Rate;
import waybill.shipping.carrier.Rates.Message;

/** A visit as the API shows it. */
final class PickupView {

  private PickupView() {}

  static String status(CarrierPickup pickup) {
    return pickup.status().name().toLowerCase(Locale.ROOT);
  }

  /** @param standings how its labels stand now */
  static Map<String, Object> of(CarrierPickup pickup, Map<ParcelId, Standing> standings) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", pickup.id().value());
    view.put("status", status(pickup));
    view.put("location_id", pickup.location().value());
    var account = new LinkedHashMap<String, Object>();
    account.put("carrier", pickup.account().carrier());
    account.put("account", pickup.account().account());
    view.put("carrier_account", account);
    view.put("carrier", pickup.carrier());
    view.put("ready_at", TimeText.of(pickup.window().ready()));
    view.put("closing_at", TimeText.of(pickup.window().closing()));
    view.put("book_by", TimeText.of(pickup.window().bookBy()));
    view.put("instructions", pickup.asked().instructions());
    view.put("package_location", pickup.asked().packageLocation());
    view.put("parcels", pickup.parcels().stream().map(it -> {
      var parcel = new LinkedHashMap<String, Object>();
      parcel.put("parcel_id", it.parcel().value());
      parcel.put("tracking_number", it.trackingNumber());
      parcel.put("void", standings.get(it.parcel()) == Standing.VOID);
      parcel.put("scanned", standings.get(it.parcel()) == Standing.SCANNED);
      return parcel;
    }).toList());
    view.put("left_out", pickup.leftOut().stream().map(PickupView::of).toList());
    view.put("left_out_count", Math.max(pickup.leftOutCount(), pickup.leftOut().size()));
    view.put("rates",
        pickup.quote() == null ? List.of() : pickup.quote().rates().stream().map(PickupView::of).toList());
    view.put("problems",
        pickup.quote() == null ? List.of() : pickup.quote().messages().stream().map(PickupView::of).toList());
    outcome(pickup, view);
    return view;
  }

  private static void outcome(CarrierPickup pickup, Map<String, Object> view) {
    Booked booked = switch (pickup.stage()) {
      case Booked it -> it;
      case Cancelling it -> it.of();
      case Ended it -> it.booked();
      default -> null;
    };
    Rate rate = switch (pickup.stage()) {
      case Booking it -> it.rate();
      case Uncertain it -> it.rate();
      default -> booked == null ? null : booked.rate();
    };
    view.put("rate_id", rate == null ? null : rate.id());
    view.put("confirmation_number", booked == null ? null : booked.confirmation().number());
    view.put("cost", booked == null ? null : money(booked.confirmation().cost()));
    view.put("booked_at", booked == null ? null : TimeText.of(booked.at()));
    view.put("code", pickup.stage() instanceof Ended it ? it.code() : null);
    view.put("detail", switch (pickup.stage()) {
      case Ended it -> it.detail();
      case Booked it -> it.detail();
      default -> null;
    });
    view.put("next_look_at", pickup.dueAt().map(TimeText::of).orElse(null));
  }

  static Map<String, Object> of(LeftOut it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("parcel_id", it.parcel().value());
    view.put("reason", it.reason().name().toLowerCase(Locale.ROOT));
    view.put("pickup_id", it.pickup() == null ? null : it.pickup().value());
    return view;
  }

  private static Map<String, Object> of(Rate it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", it.id());
    view.put("carrier", it.carrier());
    view.put("service", it.service());
    view.put("price", money(it.price()));
    return view;
  }

  private static Map<String, Object> of(Message it) {
    var view = new LinkedHashMap<String, Object>();
    view.put("carrier", it.carrier());
    view.put("code", it.code());
    view.put("detail", it.text());
    return view;
  }

  private static Map<String, Object> money(Money money) {
    if (money == null) {
      return null;
    }
    var view = new LinkedHashMap<String, Object>();
    view.put("amount", money.minorUnits());
    view.put("currency", money.currency());
    return view;
  }

}
