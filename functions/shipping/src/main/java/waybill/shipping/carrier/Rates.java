package waybill.shipping.carrier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.messages.Money;

/**
 * What a carrier, or a broker's carriers, ask for a parcel. It is normal that some of them answer and others do not.
 *
 * @param messages why a service or a carrier is not among the rates
 */
public record Rates(List<Rate> rates, List<Message> messages) {
  private static final Comparator<Rate> BEST_FIRST = Comparator.comparingLong((Rate it) -> it.price.minorUnits())
      .thenComparing(Rate::days, Comparator.nullsLast(Comparator.naturalOrder())).thenComparing(Rate::name)
      .thenComparing(Rate::id);
  private static final int MOST_SAID = 10;

  /**
   * One service's price.
   *
   * @param id the carrier's
   * @param carrier who carries the parcel, as customers know it
   * @param service the carrier's product
   * @param price what this account pays
   * @param list the carrier's published price for accounts; null if it is not known
   * @param retail the price at the counter; null if it is not known
   * @param days how many days the carrier takes, by its own estimate; null if it gives none
   * @param deliveryAt when it says that it delivers; null if it does not
   * @param guaranteed whether it vouches for that
   */
  public record Rate(String id, String carrier, String service, Money price, Money list, Money retail, Integer days,
      Instant deliveryAt, boolean guaranteed) {

    /** As accounts and operators name a service: {@code USPS/Priority}. */
    public String name() {
      return carrier + "/" + service;
    }
  }

  /**
   * What a carrier says instead of a price; nothing personal is in it.
   *
   * @param carrier null if it is about all
   */
  public record Message(String carrier, String code, String text) {

    @Override
    public String toString() {
      return (carrier == null ? "" : carrier + ": ") + text;
    }
  }

  public Rates {
    rates = List.copyOf(rates);
    messages = List.copyOf(messages);
  }

  /** Prices in two currencies cannot be compared: those in another than the account's are reported instead. @param wanted null for any */
  public static Rates inOneCurrency(List<Rate> rates, List<Message> objections, String wanted) {
    var messages = new ArrayList<>(objections);
    List<String> found = rates.stream().map(it -> it.price().currency()).distinct().toList();
    if (found.size() < 2 && (wanted == null || found.isEmpty() || found.contains(wanted))) {
      return new Rates(rates, messages);
    }
    if (wanted == null) {
      messages
          .add(new Message(null, "several_currencies", "the rates are in %s: the account's currency says which counts"
              .formatted(String.join(" and ", found))));
      return new Rates(List.of(), messages);
    }
    Map<Boolean, List<Rate>> comparable = rates.stream()
        .collect(Collectors.partitioningBy(it -> it.price().currency().equals(wanted)));
    comparable.get(false).forEach(it -> messages.add(new Message(it.carrier(), "other_currency",
        "%s is priced in %s, not in %s".formatted(it.name(), it.price().currency(), wanted))));
    return new Rates(comparable.get(true), messages);
  }

  /** Those of one service, by its name or as its carrier calls it; all if it is null. */
  public Rates only(String service) {
    return service == null
        ? this
        : new Rates(rates.stream().filter(it -> it.name().equals(service) || it.service().equals(service)).toList(),
            messages);
  }

  /** Why no rate is there, in the carriers' words. */
  public String why() {
    return messages.isEmpty()
        ? "no rate was given"
        : messages.stream().map(Message::toString).distinct().limit(MOST_SAID).collect(Collectors.joining("; "));
  }

  /** The cheapest; of equals the faster one, then by name, so that the choice is the same each time. */
  public Optional<Rate> cheapest() {
    return rates.stream().min(BEST_FIRST);
  }
}
