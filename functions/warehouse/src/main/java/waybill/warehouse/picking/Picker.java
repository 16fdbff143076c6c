package waybill.warehouse.picking;

import waybill.messages.LocationId;
import waybill.platform.Table.Key;

/** Which round a person has begun, so that they get no second one. @param person the subject of their token */
record Picker(LocationId locationId, String person, RoundId round) {
  static Key key(LocationId location, String person) {
    return new Key("pickers#" + location, person);
  }
}
