package waybill.documents;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.messages.LocationId;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Ports;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code POST /manifests}: the carrier's form of a day's labels that are on none yet, once an Idempotency-Key. */
public record CreateManifestHandler(DayEnd day, Catalog catalog, InstantSource clock) implements HttpFunction {
  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final int MAX_CARRIER = 100;

  public CreateManifestHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.location(new LocationId("priming")));
  }

  public CreateManifestHandler(Ports ports) { this(new DayEnd(ports), new Catalog(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<Manifest> stored = Http.orProblem(day.make(read(request.idempotencyKey(), request.fields())));
    return HttpResponse.resource(201, stored,
        stored.timed(stored.value().toTree(day.voided(stored.value()))));
  }

  Manifest read(String key, Fields fields) {
    LocationId at = fields.parsed("location_id", LocationId::new, "is a location's id");
    Fields account = fields.object("carrier_account");
    String code = account.matching("carrier", CODE, "is a carrier, for example easypost");
    String name = account.matching("account", CODE, "is an account's name");
    String date = fields.parsedOrNull("date", CreateManifestHandler::date, "is a day, for example 2026-11-30");
    String carrier = fields.textOrNull("carrier", MAX_CARRIER);
    Optional<Location> location = at == null ? Optional.empty() : catalog.location(at);
    if (at != null && location.isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    String today = location.map(it -> DayEnd.today(clock.instant(), ZoneId.of(it.timeZone()))).orElse(null);
    if (date != null && today != null && date.compareTo(today) > 0) {
      fields.refuse("date", "in_the_future", "is today, %s, or a day before".formatted(today));
    }
    fields.verify();
    var id = new CarrierAccountId(code, name);
    return Manifest.begun(ManifestId.of(id, at, key), new LabelDay(id, at, date == null ? today : date), carrier);
  }

  private static String date(String text) {
    try {
      return LocalDate.parse(text).toString();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
