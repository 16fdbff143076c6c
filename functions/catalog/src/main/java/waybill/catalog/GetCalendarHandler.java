package waybill.catalog;

import module java.base;
import waybill.platform.*;

/** {@code GET /calendars/{id}}: a calendar, with the holidays that it knows. */
public record GetCalendarHandler(Table<Calendar> calendars) implements HttpFunction {
  public GetCalendarHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> calendars.find(CatalogTable.key(new CalendarId("priming"))));
  }

  public GetCalendarHandler(Ports ports) { this(CatalogTable.calendars(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    CalendarId id = request.pathId("id", CalendarId::new);
    return HttpResponse.resource(200,
        calendars.find(CatalogTable.key(id)).orElseThrow(() -> Problem.notFound("calendar")));
  }
}
