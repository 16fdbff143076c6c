package waybill.documents;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import waybill.catalog.Address;
import waybill.catalog.Channel;
import waybill.catalog.Location;
import waybill.documents.paper.Barcode;
import waybill.messages.Money;
import waybill.messages.Parcel;
import waybill.orders.OrderForm;
import waybill.platform.MoneyText;
import waybill.shipping.customs.Declaration;
import waybill.shipping.customs.Declaration.Item;

/**
 * A parcel's commercial invoice, in English, as every customs office reads it: what the template {@code invoice.jte} shows, everything in words
 * already. Each parcel is a consignment and has its own.
 *
 * @param number the parcel's id, for a scanner too
 * @param terms by Incoterms 2020, and where
 * @param numbers of the exporter, each with what it is
 */
public record Invoice(Slip.ShopHead shop, List<String> exporter, List<String> recipient, String number, String order,
    String date, List<Row> rows, String goods, String freight, String total, String terms, List<String> numbers,
    String weight, String signer, boolean gift, String exemption, Barcode code) {
  private static final Locale READER = Locale.ENGLISH;

  /** @param identifiers of the product, each with whose it is */
  public record Row(String description, List<String> identifiers, String hsCode, String origin, int quantity,
      String weight, String value) {}

  static Invoice of(Declaration declared, Parcel parcel, Location from, OrderForm form, Channel channel, Instant now) {
    String currency = declared.currency();
    Address to = form.shippingAddress();
    return new Invoice(Slip.ShopHead.of(channel), from.address().lines(READER), lines(to), parcel.id().value(),
        form.number() == null ? form.reference() : form.number(),
        DateTimeFormatter.ISO_LOCAL_DATE.format(now.atZone(ZoneId.of(from.timeZone()))),
        declared.items().stream().map(it -> row(it, currency)).toList(), money(declared.goods(), currency),
        money(declared.freight(), currency), money(declared.total(), currency),
        declared.terms().incoterm().name() + " " + to.city() + ", Incoterms 2020", numbers(declared),
        kilograms(parcel.weightGrams()), declared.terms().signer(), declared.gift(), declared.exemption(),
        Barcode.of(parcel.id().value()));
  }

  private static List<String> lines(Address to) {
    var lines = new ArrayList<>(to.lines(READER));
    if (to.phone() != null) {
      lines.add(to.phone());
    }
    return List.copyOf(lines);
  }

  private static Row row(Item item, String currency) {
    var identifiers = new ArrayList<>(List.of("Merchant " + item.sku()));
    if (item.manufacturerNumber() != null) {
      identifiers.add("Manufacturer " + item.manufacturerNumber());
    }
    if (item.gtin() != null) {
      identifiers.add("GTIN " + item.gtin());
    }
    return new Row(item.description(), List.copyOf(identifiers), item.hsCode(),
        Locale.of("", item.origin()).getDisplayCountry(READER), item.quantity(), kilograms(item.weightGrams()),
        money(item.value(), currency));
  }

  private static List<String> numbers(Declaration declared) {
    var numbers = new ArrayList<String>();
    if (declared.terms().eori() != null) {
      numbers.add("EORI " + declared.terms().eori());
    }
    if (declared.terms().ioss() != null) {
      numbers.add("IOSS " + declared.terms().ioss());
    }
    return List.copyOf(numbers);
  }

  private static String money(long amount, String currency) {
    return MoneyText.of(new Money(amount, currency), READER);
  }

  private static String kilograms(int grams) {
    return "%d.%03d kg".formatted(grams / 1_000, grams % 1_000);
  }
}
