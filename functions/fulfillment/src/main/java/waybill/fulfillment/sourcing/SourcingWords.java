package waybill.fulfillment.sourcing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import waybill.fulfillment.sourcing.Sourced.Verdict;
import waybill.fulfillment.sourcing.Sourced.Weighed;
import waybill.messages.Money;
import waybill.platform.MoneyText;

/** Says in words why an order's parts ship from where they do. */
public record SourcingWords(Sourced sourced) {

  /** As the API shows it; null if there was nothing to choose. */
  public static Map<String, Object> tree(Sourced sourced) {
    if (sourced == null) {
      return null;
    }
    var words = new SourcingWords(sourced);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("cost", sourced.cost());
    tree.put("currency", sourced.currency());
    tree.put("promised_on", sourced.promised() == null ? null : sourced.promised().toString());
    tree.put("locations", sourced.weighed().stream().map(words::tree).toList());
    return tree;
  }

  private Map<String, Object> tree(Weighed it) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("location_id", it.location().value());
    tree.put("verdict", it.verdict().text());
    tree.put("amount", it.amount());
    tree.put("arrives_on", it.arrives() == null ? null : it.arrives().toString());
    tree.put("starts_on", it.start() == null ? null : it.start().on().toString());
    tree.put("reason", reason(it) + start(it));
    return tree;
  }

  private String reason(Weighed it) {
    return switch (it.verdict()) {
      case CHOSEN -> chosen(it);
      case WAITS -> "Would ship a part that is not worth a parcel of its own: it waits for one place with all of it.";
      case INACTIVE -> "Is not active.";
      case NOT_FOUND_THERE -> "A packer did not find %s there.".formatted(counted(it.amount(), "unit"));
      case SPLITS_KIT -> "With it a kit would come from two places.";
      case NOT_WORTH_A_PARCEL -> "With it a part would ship that is not worth a parcel of its own.";
      case DOES_NOT_SHIP_THERE -> "Ships nothing to where the order goes.";
      case KEPT_BACK -> "Keeps back what it holds.";
      case FULL -> "Has enough orders for today.";
      case LATE -> "With it the order would come %s later.".formatted(counted(it.amount(), "day"));
      case COSTS_MORE -> "With it the parcels would cost %s more.".formatted(money(it.amount()));
      case MORE_PARCELS -> "With it there would be %s more.".formatted(counted(it.amount(), "parcel"));
      case SPLITS_LINES -> "With it %s more would come from two places.".formatted(counted(it.amount(), "line"));
      case LEAVES_LESS -> "It would have %s less left of what is scarce.".formatted(counted(it.amount(), "unit"));
      case AS_GOOD -> "Is as good: the first by its id ships.";
    };
  }

  private static String start(Weighed it) {
    return it.start() == null
        ? ""
        : switch (it.start().cause()) {
          case CLOSED -> " It is closed until %s.".formatted(it.start().on());
          case CUT_OFF -> " Its cut-off is over: it begins on %s.".formatted(it.start().on());
        };
  }

  private String chosen(Weighed it) {
    long parcels = sourced.weighed().stream().filter(one -> one.verdict() == Verdict.CHOSEN).count();
    String parcel = parcels == 1 ? "Ships all of it" : "Ships one of %d parcels".formatted(parcels);
    String cost = it.amount() == null ? "" : " for " + money(it.amount());
    String day = it.arrives() == null ? "" : ", there on " + it.arrives();
    boolean late = sourced.promised() != null && it.arrives() != null && it.arrives().isAfter(sourced.promised());
    String promise = sourced.promised() == null || it.arrives() == null
        ? ""
        : late ? ", later than promised: no other way is sooner" : ", as promised";
    return parcel + cost + day + promise + ".";
  }

  private String money(long minorUnits) {
    return MoneyText.of(new Money(minorUnits, sourced.currency()), Locale.ENGLISH);
  }

  private static String counted(long number, String what) {
    return number == 1 ? "one " + what : number + " " + what + "s";
  }
}
