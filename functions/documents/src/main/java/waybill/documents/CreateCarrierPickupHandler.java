package waybill.documents;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.documents.CarrierPickup.Asked;
import waybill.documents.PickupWindow.Wish;
import waybill.messages.LocationId;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code POST /carrier-pickups}: asks a carrier what it costs to have a location's parcels taken, once an Idempotency-Key. Nothing is booked. */
public record CreateCarrierPickupHandler(PickupDesk desk, Catalog catalog) implements HttpFunction {
  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final int MAX_CARRIER = 100;
  private static final int MAX_TEXT = 200;

  public CreateCarrierPickupHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.location(new LocationId("priming")));
  }

  public CreateCarrierPickupHandler(Ports ports) {
    this(new PickupDesk(ports, Log.of(CreateCarrierPickupHandler.class)), new Catalog(ports));
  }

  /** What is asked for, read. */
  record Form(CarrierAccountId account, Location place, Asked asked, Wish wish) {}

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    String key = request.idempotencyKey();
    Form form = read(request.fields());
    Stored<CarrierPickup> pickup = Http
        .orProblem(desk.ask(key, form.account, form.place, form.asked, form.wish));
    return HttpResponse.resource(201, pickup, desk.view(pickup));
  }

  Form read(Fields fields) {
    LocationId at = fields.parsed("location_id", LocationId::new, "is a location's id");
    Fields account = fields.object("carrier_account");
    String code = account.matching("carrier", CODE, "is a carrier, for example easypost");
    String name = account.matching("account", CODE, "is an account's name");
    String carrier = fields.textOrNull("carrier", MAX_CARRIER);
    LocalDate date = fields.parsedOrNull("date", LocalDate::parse, "is a day, for example 2026-11-30");
    String ready = fields.matching("ready_time", TIME, "is a time of day, for example 15:00");
    String closing = fields.matching("closing_time", TIME, "is a time of day, for example 18:00");
    String instructions = fields.textOrNull("instructions", MAX_TEXT);
    String spot = fields.textOrNull("package_location", MAX_TEXT);
    Optional<Location> place = at == null ? Optional.empty() : catalog.location(at);
    if (at != null && place.isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    fields.verify();
    return new Form(new CarrierAccountId(code, name), place.orElseThrow(),
        new Asked(carrier, date == null ? null : date.toString(), ready, closing, instructions, spot),
        new Wish(date, LocalTime.parse(ready), LocalTime.parse(closing)));
  }
}
