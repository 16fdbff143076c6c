package waybill.inventory;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/** Whether what a receipt says of lots is so, and which lots begin with it. */
final class ArrivingLots {
  private final Catalog catalog;
  private final Lots lots;
  private final InstantSource clock;
  private final boolean fresh;

  /** @param fresh whether units come from outside: then lots may begin with them, and what has expired is refused */
  ArrivingLots(Catalog catalog, Lots lots, InstantSource clock, boolean fresh) {
    this.catalog = catalog;
    this.lots = lots;
    this.clock = clock;
    this.fresh = fresh;
  }

  Outcome<List<Lot>> check(Receipt receipt) {
    Map<Sku, Product> products = catalog.products(receipt.items().stream().map(Arrived::sku).toList());
    var opened = new ArrayList<Lot>();
    var violations = new ArrayList<Violation>();
    for (int i = 0; i < receipt.items().size(); i++) {
      Arrived it = receipt.items().get(i);
      Product product = products.get(it.sku());
      if (product != null && it.taken() > 0) {
        Optional<Lot> known = known(it, opened);
        violations.addAll(it.named().check("/lines/%d/".formatted(i), product, known, fresh,
            fresh && product.expires() ? today(receipt) : null));
        it.named().opened(it.sku(), known).ifPresent(opened::add);
      }
    }
    return violations.isEmpty() ? Outcome.of(opened) : Refused.invalid(violations).outcome();
  }

  /** A lot may also have begun on a line before. */
  private Optional<Lot> known(Arrived it, List<Lot> opened) {
    return opened.stream().filter(lot -> lot.sku().equals(it.sku()) && lot.number().equals(it.lot())).findFirst()
        .or(() -> lots.find(it.sku(), it.lot()));
  }

  /** Where it arrives. */
  private LocalDate today(Receipt receipt) {
    return LocalDate.ofInstant(clock.instant(),
        ZoneId.of(catalog.location(receipt.location()).orElseThrow().timeZone()));
  }

  List<TransactWriteItem> opening(List<Lot> opened) {
    return opened.stream().flatMap(it -> lots.opening(it).stream()).toList();
  }
}
