package waybill.fulfillment;

import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.LocationId;
import waybill.platform.Page;
import waybill.platform.Table;

/** How many orders wait at a location to be packed, as it was a moment ago. */
record Backlog(Table<Fulfillment> fulfillments) {
  private static final int PAGE = 1_000;

  /** @param most more are not counted */
  int at(LocationId location, int most) {
    int found = 0;
    String cursor = null;
    do {
      Page<Table.Key> page = fulfillments
          .keys(FulfillmentTable.in(Status.OPEN, location), Math.min(PAGE, most - found), cursor).orElseThrow();
      found += page.data().size();
      cursor = page.nextCursor();
    } while (cursor != null && found < most);
    return found;
  }
}
