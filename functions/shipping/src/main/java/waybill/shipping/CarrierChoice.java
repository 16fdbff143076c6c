package waybill.shipping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.catalog.CarrierAccountId;
import waybill.platform.Refused;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.Lookup;
import waybill.shipping.LabelDesks.NoDesk;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.tablerate.TableRate;

/** Which account sells a parcel's label: the first of its channel's accounts that takes the parcel. */
final class CarrierChoice {

  /**
   * What the choice depends on.
   *
   * @param country where the parcel goes, by ISO 3166-1 alpha-2
   */
  record Needs(boolean livemode, String country, int weightGrams) {}

  private CarrierChoice() {}

  /**
   * The accounts to try: the one of the method that the customer has paid for; else the channel's, or the built-in stand-in if it
   * names none and the order is not live.
   *
   * @param ofMethod null if the method leaves it to the channel
   */
  static List<CarrierAccountId> candidates(CarrierAccountId ofMethod, List<CarrierAccountId> ofChannel,
      boolean livemode) {
    return ofMethod == null ? candidates(ofChannel, livemode) : List.of(ofMethod);
  }

  /** The channel's, or the built-in stand-in if it names none and the order is not live. */
  static List<CarrierAccountId> candidates(List<CarrierAccountId> ofChannel, boolean livemode) {
    return ofChannel.isEmpty() && !livemode ? List.of(TableRate.BUILT_IN) : ofChannel;
  }

  /** The first that takes the parcel. */
  static Optional<Desk> choose(List<Lookup> candidates, Needs needs) {
    return candidates.stream().filter(it -> objection(it, needs).isEmpty()).map(Desk.class::cast).findFirst();
  }

  /** Why none of the candidates takes the parcel, for the person who sets up accounts. */
  static Refused refusal(List<Lookup> candidates, Needs needs) {
    return Refused.conflict("no_carrier_account", candidates.isEmpty()
        ? "the order is live and its channel names no carrier account"
        : candidates.stream().map(it -> id(it) + " " + objection(it, needs).orElse("takes it"))
            .collect(Collectors.joining("; ")));
  }

  private static CarrierAccountId id(Lookup candidate) {
    return switch (candidate) {
      case Desk it -> it.id();
      case NoDesk it -> it.id();
    };
  }

  /** Why the candidate does not take the parcel, to complete "the account …"; empty if it does. */
  static Optional<String> objection(Lookup candidate, Needs needs) {
    return switch (candidate) {
      case NoDesk it -> Optional.of(it.reason());
      case Desk it -> objection(it.id(), it.account(), needs);
    };
  }

  private static Optional<String> objection(CarrierAccountId id, CarrierAccount account, Needs needs) {
    if (needs.livemode && id.isStandIn()) {
      return Optional.of("is a stand-in, whose labels move no parcel");
    }
    if (account.livemode() != needs.livemode) {
      return Optional.of(account.livemode() ? "is for live orders only" : "is for test orders only");
    }
    if (!account.destinations().isEmpty() && !account.destinations().contains(needs.country)) {
      return Optional.of("does not ship to this country");
    }
    if (account.maxWeightGrams() != null && needs.weightGrams > account.maxWeightGrams()) {
      return Optional.of("takes at most %d g".formatted(account.maxWeightGrams()));
    }
    return Optional.empty();
  }
}
