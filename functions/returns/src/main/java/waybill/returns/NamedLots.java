package waybill.returns;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.inventory.KnownLots;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.ReturnedTo;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.returns.Return.Disposed;
import waybill.returns.Return.Found;

/** Whether what is said of lots is so: units of an expired lot are not for sale again. Lots are asked for anew, as labels are read. */
record NamedLots(KnownLots known) {

  static NamedLots of(Ports ports) {
    return new NamedLots(new KnownLots(ports));
  }

  /** Units that lie at a location. @param sku null if nobody knows it */
  private record Units(String pointer, Sku sku, LotNumber lot, ExpiryDate expiresOn, boolean forSale) {}

  Outcome<Location> check(Catalog catalog, LocationId location, List<Disposed> lines, Return of, Instant now) {
    var units = new ArrayList<Units>();
    for (int i = 0; i < lines.size(); i++) {
      Disposed line = lines.get(i);
      ReturnedTo to = line.fate().to();
      Optional<Sku> sku = of.lines().stream().filter(it -> it.lineId().equals(line.lineId())).map(Return.Line::sku)
          .findFirst();
      if (sku.isPresent() && to != null) {
        units.add(new Units("/lines/%d/".formatted(i), sku.get(), line.lot(), line.expiresOn(),
            to == ReturnedTo.ON_HAND));
      }
    }
    return check(catalog, location, units, now);
  }

  Outcome<Location> checkFound(Catalog catalog, LocationId location, List<Found> found, Instant now) {
    var units = new ArrayList<Units>();
    for (int i = 0; i < found.size(); i++) {
      Found it = found.get(i);
      units.add(new Units("/unexpected/%d/".formatted(i), it.sku(), it.lot(), it.expiresOn(), false));
    }
    return check(catalog, location, units, now);
  }

  private Outcome<Location> check(Catalog catalog, LocationId at, List<Units> units, Instant now) {
    Optional<Location> location = catalog.location(at);
    if (location.isEmpty()) {
      return Refused.invalid("/location_id", "unknown_location", "there is no such location").outcome();
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneId.of(location.get().timeZone()));
    Map<Sku, Product> products = catalog.products(units.stream().map(Units::sku).toList());
    var errors = new ArrayList<Violation>();
    units.forEach(it -> {
      Product product = products.get(it.sku);
      if (product == null) {
        errors.add(new Violation(it.pointer + "sku", "unknown", "there is no such product"));
      } else {
        errors.addAll(known.check(it.pointer, product, it.lot, it.expiresOn, it.forSale ? today : null));
      }
    });
    return errors.isEmpty() ? Outcome.of(location.get()) : Refused.invalid(errors).outcome();
  }
}
