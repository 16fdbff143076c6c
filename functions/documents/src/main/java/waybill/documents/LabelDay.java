package waybill.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import waybill.catalog.CarrierAccountId;
import waybill.messages.LocationId;

/**
 * What a carrier's form is of: the labels of one account at one location of one day.
 *
 * @param date by the location's clock, as {@code 2026-11-30}
 */
record LabelDay(CarrierAccountId account, LocationId location, String date) {

  static LabelDay at(CarrierAccountId account, LocationId location, Instant time, ZoneId zone) {
    return new LabelDay(account, location, LocalDate.ofInstant(time, zone).toString());
  }

  String key() {
    return "labels#%s#%s#%s".formatted(account, location, date);
  }
}
