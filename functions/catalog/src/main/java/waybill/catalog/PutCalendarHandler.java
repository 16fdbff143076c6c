package waybill.catalog;

import module java.base;
import waybill.platform.*;

/** {@code PUT /calendars/{id}}: makes a calendar or replaces it, with the holidays of this year and the next three. */
public record PutCalendarHandler(Table<Calendar> calendars, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(PutCalendarHandler.class);
  /** Nobody is promised anything for longer. */
  private static final int YEARS_AHEAD = 3;

  public PutCalendarHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> calendars.find(CatalogTable.key(new CalendarId("priming"))));
  }

  public PutCalendarHandler(Ports ports) { this(CatalogTable.calendars(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    CalendarId id = request.pathId("id", CalendarId::new);
    Calendar put = CalendarForm.read(id, request.fields());
    Calendar calendar = withHolidays(put, clock.instant());
    Stored<Calendar> stored = Http.orProblem(
        calendars.decide(CatalogTable.key(id), request.ifMatch(), _ -> Outcome.of(calendar)));
    LOG.info("Calendar put", "calendar", id, "revision", stored.revision(), "free_days", calendar.freeDays().size(),
        "known_until", calendar.knownUntil());
    return HttpResponse.put(stored);
  }

  /** The calendar with what is known of its regions now. */
  static Calendar withHolidays(Calendar calendar, Instant now) {
    int year = now.atZone(ZoneOffset.UTC).getYear();
    return calendar.knowing(PublicHolidays.of(calendar.holidays(), year, year + YEARS_AHEAD), year + YEARS_AHEAD);
  }
}
