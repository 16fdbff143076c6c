package waybill.shipping.customs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.catalog.Address;
import waybill.catalog.CustomsTerms;
import waybill.catalog.Destination;
import waybill.catalog.Product;
import waybill.catalog.ProductCustoms;
import waybill.messages.LineQuantity;
import waybill.messages.Parcel;
import waybill.messages.Sku;
import waybill.orders.Sale;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.shipping.customs.Declaration.Item;

/** Declares a parcel by what was sold and what its products say; refused with all that is missing. */
public final class Declaring {
  private final Destination from;
  private final Destination to;
  private final CustomsTerms terms;
  private final LocalDate day;
  private final List<Violation> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** @param day on which the parcel is declared, which decides the rules */
  public Declaring(Destination from, Destination to, CustomsTerms terms, LocalDate day) {
    this.from = from;
    this.to = to;
    this.terms = terms;
    this.day = day;
  }

  /** Whether goods are declared on their way from one to the other. */
  public static boolean isNeeded(Address from, Address to) {
    return isNeeded(Destination.of(from), Destination.of(to));
  }

  public static boolean isNeeded(Destination from, Destination to) {
    return !CustomsArea.of(from).equals(CustomsArea.of(to));
  }

  /** @param products those of the parcel's units that there are */
  public Outcome<Declaration> declare(Parcel parcel, Sale sale, Map<Sku, Product> products) {
    if (terms.signer() == null) {
      errors.add(new Violation("/customs/signer", "required", "the channel names nobody who signs customs forms"));
    }
    List<Item> items = parcel.lines().stream().map(it -> item(it, sale, products.get(it.sku()))).toList();
    filing(items, sale.currency());
    return errors.isEmpty()
        ? Outcome
            .of(new Declaration(sale.currency(), items, sale.freight(parcel.lines()), sale.gift(), terms, exemption(),
                List.copyOf(warnings)))
        : Refused.conflict("customs_incomplete", errors.stream().map(it -> it.pointer() + ": " + it.detail())
            .collect(Collectors.joining("; "))).outcome();
  }

  private Item item(LineQuantity units, Sale sale, Product product) {
    String pointer = "/lines/" + units.lineId() + " (" + units.sku() + ")";
    if (product == null) {
      errors.add(new Violation(pointer, "unknown", "the product is gone: put it again"));
      return new Item(units.sku(), "", units.quantity(), 0, 0, null, null, null, null);
    }
    long value = sale.find(units.lineId()).map(it -> it.net(units.quantity())).orElse(0L);
    long declared = value > 0 ? value : worth(product, sale.currency(), units.quantity());
    if (declared <= 0) {
      errors.add(new Violation(pointer + "/value", "not_positive",
          "customs take no value of zero: put customs.value of the product, in " + sale.currency()));
    }
    check(pointer, product);
    return new Item(units.sku(), description(product), units.quantity(), declared,
        Math.multiplyExact(product.weightGrams(), units.quantity()), product.hsCode(to.country()), product.origin(),
        product.gtin(), product.manufacturerNumber());
  }

  private static long worth(Product product, String currency, int quantity) {
    ProductCustoms.Value value = product.customs().value();
    return value == null || !value.currency().equals(currency) ? 0 : Math.multiplyExact(value.amount(), quantity);
  }

  private static String description(Product product) {
    return product.customs().description() == null ? product.name() : product.customs().description();
  }

  /** What a product lacks for this border, whatever is sold of it. */
  public List<Violation> check(String pointer, Product product) {
    int before = errors.size();
    String code = product.hsCode(to.country());
    int digits = CustomsArea.isUnitedStates(to) && CustomsRules.wantsTenDigits(day)
        ? CustomsRules.US_DIGITS
        : CustomsRules.HS_DIGITS;
    if (code == null) {
      errors.add(new Violation(pointer + "/hs_code", "required",
          "is required: a tariff number of %d digits".formatted(digits)));
    } else if (code.length() < digits) {
      errors.add(new Violation(pointer + "/hs_code", "too_short", digits == CustomsRules.US_DIGITS
          ? "the US needs 10 digits, and %s has %d: put customs.hs_codes for US".formatted(code, code.length())
          : "has at least 6 digits"));
    }
    if (product.origin() == null) {
      errors.add(new Violation(pointer + "/origin", "required", "is required: the country it was made in"));
    }
    if (product.weightGrams() <= 0) {
      errors
          .add(new Violation(pointer + "/weight_grams", "not_positive", "is required: customs take no weight of zero"));
    }
    if (CustomsArea.isEu(to)) {
      european(pointer, product);
    }
    return List.copyOf(errors.subList(before, errors.size()));
  }

  private void european(String pointer, Product product) {
    Optional<String> stopWord = CustomsRules.stopWord(description(product), day);
    stopWord.ifPresent(it -> errors.add(new Violation(pointer + "/description", "stop_word",
        "the EU refuses \"%s\" alone as a description: put customs.description".formatted(it))));
    if (product.gtin() == null && product.manufacturerNumber() == null) {
      String detail = "the EU wants a GTIN or the manufacturer's number from 2026-11-01 on: put gtin or manufacturer_number";
      if (CustomsRules.refusesIdentifiersMissing(day)) {
        errors.add(new Violation(pointer + "/gtin", "required", detail));
      } else {
        warnings.add(pointer + "/gtin: " + detail);
      }
    }
  }

  /** An export of the United States of more than $2,500 of one tariff number is filed, which Waybill does not; Canada is exempt. */
  private void filing(List<Item> items, String currency) {
    if (!CustomsArea.isUnitedStates(from) || to.country().equals("CA")) {
      return;
    }
    Map<String, Long> worth = items.stream().filter(it -> it.hsCode() != null)
        .collect(Collectors.groupingBy(Item::hsCode, Collectors.summingLong(Item::value)));
    worth.forEach((code, value) -> {
      if (!currency.equals("USD") || value > CustomsRules.US_EXPORT_FILING_CENTS) {
        errors.add(new Violation("/value", "filing_required", currency.equals("USD")
            ? "more than $2,500 of %s is filed with AES first: buy its label where that is done, and pack it with its number"
                .formatted(code)
            : "exports of the United States are valued in USD, not in " + currency));
      }
    });
  }

  private String exemption() {
    if (!CustomsArea.isUnitedStates(from)) {
      return null;
    }
    return to.country().equals("CA") ? "NOEEI 30.36" : "NOEEI 30.37(a)";
  }
}
