package waybill.documents;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.Location;
import waybill.documents.paper.Pdf;
import waybill.documents.paper.Sheet;
import waybill.documents.paper.Zpl;
import waybill.fulfillment.Fulfillments;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.orders.OrderForm;
import waybill.orders.Orders;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.shipping.SoldLabels.Sold;
import waybill.shipping.SoldLabels;
import waybill.shipping.carrier.LabelFiles.Fetched;
import waybill.shipping.carrier.LabelFiles.Printable;
import waybill.shipping.carrier.LabelFiles.ToDraw;
import waybill.shipping.carrier.LabelFormat;

/** The files of labels: kept as soon as a label is bought, as carriers' addresses of them end, and fetched or drawn when they are missing. */
final class LabelPapers {
  private final SoldLabels labels;
  private final PaperStore store;
  private final Orders orders;
  private final Fulfillments fulfillments;
  private final Catalog catalog;
  private final Ssccs ssccs;
  private final DayEnd day;

  LabelPapers(Ports ports) {
    this.labels = new SoldLabels(ports);
    this.store = new PaperStore(ports);
    this.orders = new Orders(ports);
    this.fulfillments = new Fulfillments(ports);
    this.catalog = new Catalog(ports);
    this.ssccs = new Ssccs(ports);
    this.day = new DayEnd(ports);
  }

  record File(LabelFormat format, byte[] bytes) {}

  /** The label's file. @param wanted null for the format of the label's account */
  Outcome<File> file(ParcelId parcel, LabelFormat wanted) {
    return labels.find(parcel).then(label -> {
      LabelFormat format = wanted == null ? labels.format(label.account()) : wanted;
      Optional<byte[]> kept = store.find(key(parcel, format));
      return kept.isPresent() ? Outcome.of(new File(format, kept.get())) : made(label, format);
    });
  }

  /** Gives the parcel its SSCC, lists its label with its day, and keeps its file in the format of its account, each once. @return that format */
  Outcome<LabelFormat> keep(ParcelId parcel) {
    Outcome<Sold> sold = labels.find(parcel);
    // Also beside a label that was bought elsewhere. What is void never leaves, and what comes back was never packed here.
    if (!parcel.comesBack()
        && !(sold instanceof Declined<Sold>(Refused refused) && refused.code().equals(SoldLabels.VOID))) {
      sscc(parcel);
    }
    return sold.then(label -> {
      catalog.location(label.location()).filter(_ -> !parcel.comesBack())
          .ifPresent(it -> day.bought(label, ZoneId.of(it.timeZone())));
      LabelFormat format = labels.format(label.account());
      return store.has(key(parcel, format)) ? Outcome.of(format) : made(label, format).map(File::format);
    });
  }

  private Outcome<File> made(Sold label, LabelFormat format) {
    return labels.printable(label, format).then(it -> bytes(label, format, it)).map(bytes -> {
      store.put(key(label.parcel(), format), format.mediaType(), bytes);
      return new File(format, bytes);
    });
  }

  private Outcome<byte[]> bytes(Sold label, LabelFormat format, Printable printable) {
    return switch (printable) {
      case Fetched it -> Outcome.of(it.bytes());
      case ToDraw _ -> (label.parcel().comesBack() ? sheetBack(label) : sheet(label))
          .map(it -> format == LabelFormat.ZPL ? Zpl.of(it) : Pdf.of(List.of(it)));
    };
  }

  private Outcome<Sheet> sheet(Sold label) {
    return switch (fulfillments.contents(label.parcel().fulfillment())) {
      case Declined<Fulfillments.Contents>(Refused refused) -> refused.outcome();
      case Accepted<Fulfillments.Contents>(Fulfillments.Contents packed) -> {
        Optional<Parcel> parcel = packed.parcels().stream().filter(it -> it.id().equals(label.parcel())).findFirst();
        Optional<OrderForm> order = orders.placed(label.order()).map(it -> it.content().form())
            .filter(it -> it.shippingAddress() != null);
        Optional<Location> from = catalog.location(label.location());
        yield parcel.isEmpty() || order.isEmpty() || from.isEmpty()
            ? Refused.conflict("repacked", "the parcel is not packed any more").outcome()
            : Outcome.of(LabelSheet.of(label, parcel.get(), packed.parcels().size(), from.get(),
                number(order.get()),
                order.get().shippingAddress(), sscc(label.parcel()).orElse(null)));
      }
    };
  }

  private Outcome<Sheet> sheetBack(Sold label) {
    Optional<OrderForm> order = orders.placed(label.order()).map(it -> it.content().form())
        .filter(it -> it.shippingAddress() != null);
    Optional<Location> to = catalog.location(label.location());
    return order.isEmpty() || to.isEmpty()
        ? Refused.conflict("no_address", "the order or the location has no address any more").outcome()
        : Outcome.of(LabelSheet.back(label, order.get().shippingAddress(), number(order.get()), to.get()));
  }

  private static String number(OrderForm order) {
    return order.number() == null ? order.reference() : order.number();
  }

  /** The parcel's SSCC, if its shop has a GS1 company prefix. */
  private Optional<String> sscc(ParcelId parcel) {
    return orders.shipping(parcel.order()).flatMap(it -> catalog.channel(it.channel())).map(Channel::gs1Prefix)
        .flatMap(it -> ssccs.give(parcel, it));
  }

  private static String key(ParcelId parcel, LabelFormat format) {
    return "labels/%s.%s".formatted(parcel, format.text()).toLowerCase(Locale.ROOT);
  }
}
