package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import waybill.catalog.Address;
import waybill.catalog.Location;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.ReturnId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.Carrier.Bought;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.Offer;
import waybill.shipping.carrier.Carrier.RefundStanding;
import waybill.workbench.Faults;

/** What every carrier that sells labels must do. The test of a carrier extends this and gives it a carrier with no past. */
public abstract class CarrierContract {
  private static final Address WAREHOUSE = new Address(null, "Teehaus", "Ring 1", null, "Berlin", null, "10115", "DE",
      null);
  private static final Address HOME = new Address("Grace Hopper", null, "Hauptstr. 5", null, "Leipzig", null, "04109",
      "DE", "+4930555011");

  protected abstract CarrierProvider provider();

  /** An account that the carrier sells labels to. */
  protected abstract CarrierAccount account();

  /** How many purchases the carrier has charged; empty if it cannot say. */
  protected abstract OptionalInt charges();

  /** Something that the carrier refuses to make a draft of; empty if it refuses nothing. */
  protected abstract Optional<Consignment> refused();

  private Carrier carrier() {
    return provider().carrier(account()).orElseThrow();
  }

  /** A parcel of an order, as it is handed to carriers. */
  public static Consignment consignment(int number, int weightGrams) {
    ParcelId id = ParcelId.of(FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "5512033"), 1), number);
    var lines = List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2));
    var from = new Location(new LocationId("berlin"), "Berlin", WAREHOUSE, "Europe/Berlin", null, null, true,
        new StockPool("eu"));
    return new Consignment(new Parcel(id, lines, weightGrams, 300, 200, 150, null, null), from, HOME, id.value());
  }

  private static String draft(Carrier carrier, int number) {
    return carrier.create(consignment(number, 1_250)).orElseThrow().draft();
  }

  private static Label bought(Outcome<Label> purchase) {
    return purchase.orElseThrow();
  }

  private void assertCharged(int times) {
    charges().ifPresent(it -> assertThat(it).isEqualTo(times));
  }

  @Test
  void itsAccountsNameItByItsCode() {
    assertThat(provider().code()).matches("[a-z][a-z0-9_]{0,39}").isEqualTo(account().carrier());
  }

  @Test
  void aDraftIsFreeAndNotBought() {
    Carrier carrier = carrier();
    String draft = draft(carrier, 1);

    assertThat(draft).isNotBlank().hasSizeLessThanOrEqualTo(255);
    assertThat(carrier.find(draft)).isNotInstanceOf(Bought.class);
    assertCharged(0);
  }

  @Test
  void ratesAreFreeAndTheCheapestIsWhatADraftIsOfferedAndALabelIsBoughtFor() {
    Carrier carrier = carrier();
    Rates rates = carrier.rates(consignment(1, 1_250)).orElseThrow();
    Rates.Rate best = rates.cheapest().orElseThrow();

    assertThat(rates.rates()).allSatisfy(it -> {
      assertThat(it.carrier()).isNotBlank();
      assertThat(it.service()).isNotBlank();
      assertThat(it.price().isPositive()).isTrue();
      assertThat(it.price().currency()).isEqualTo(best.price().currency());
    });
    assertCharged(0);
    Offer offer = carrier.create(consignment(1, 1_250)).orElseThrow();
    assertThat(offer.price()).isEqualTo(best.price());
    assertThat(bought(carrier.buy(offer.draft())).cost()).isEqualTo(best.price());
    assertCharged(1);
  }

  @Test
  void aLabelHasItsCarrierItsNumberAndItsCost() {
    Carrier carrier = carrier();
    Label label = bought(carrier.buy(draft(carrier, 1)));

    assertThat(label.carrier()).isNotBlank();
    assertThat(label.trackingNumber()).matches("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,99}");
    assertThat(label.cost().isPositive()).isTrue();
    assertCharged(1);
  }

  @Test
  void whatIsBoughtIsFoundOrCostsNothingToBuyAgain() {
    Carrier carrier = carrier();
    String draft = draft(carrier, 1);
    Label label = bought(carrier.buy(draft));

    assertThat(foundOrBoughtAgain(carrier, draft)).isEqualTo(label);
    assertCharged(1);
  }

  @Test
  void aPurchaseWhoseAnswerIsLostIsNeitherLostNorPaidTwice() {
    var faults = new Faults();
    Carrier flaky = faults.in(Carrier.class, carrier());
    String draft = draft(flaky, 1);
    faults.strike(1, true, () -> new IllegalStateException("the answer is lost"));
    assertThatThrownBy(() -> flaky.buy(draft)).isInstanceOf(IllegalStateException.class);
    faults.stop();

    Label label = foundOrBoughtAgain(carrier(), draft);

    assertThat(foundOrBoughtAgain(carrier(), draft)).isEqualTo(label);
    assertCharged(1);
  }

  private static Label foundOrBoughtAgain(Carrier carrier, String draft) {
    return carrier.find(draft) instanceof Bought it ? it.label() : bought(carrier.buy(draft));
  }

  @Test
  void aSecondDraftOfAParcelCostsNothingAndLeavesTheFirstOnesLabel() {
    Carrier carrier = carrier();
    String first = draft(carrier, 1);
    Label label = bought(carrier.buy(first));
    draft(carrier, 1);

    assertThat(foundOrBoughtAgain(carrier, first)).isEqualTo(label);
    assertCharged(1);
  }

  @Test
  void aLabelThatIsNotUsedIsAskedForItsMoneyOnceAndTheCarrierSaysHowThatStands() {
    Carrier carrier = carrier();
    String draft = draft(carrier, 1);
    bought(carrier.buy(draft));
    assertThat(carrier.refund(draft)).isIn(RefundStanding.NONE, RefundStanding.NOT_APPLICABLE);

    RefundStanding asked = carrier.requestRefund(draft).orElseThrow();

    assertThat(asked).isNotEqualTo(RefundStanding.NONE);
    assertThat(carrier.refund(draft)).isEqualTo(asked);
    if (asked != RefundStanding.REJECTED) {
      assertThat(carrier.requestRefund(draft).orElseThrow()).isEqualTo(asked);
    }
    assertCharged(1);
  }

  @Test
  void whatWasNotBoughtHasNoMoneyToComeBack() {
    Carrier carrier = carrier();
    String draft = draft(carrier, 1);

    assertThat(carrier.refund(draft)).isIn(RefundStanding.NONE, RefundStanding.NOT_APPLICABLE);
    if (carrier.requestRefund(draft) instanceof Outcome.Accepted<RefundStanding>(RefundStanding standing)) {
      assertThat(standing).isEqualTo(RefundStanding.NOT_APPLICABLE);
    }
  }

  @Test
  void whatComesBackHasALabelToo() {
    Carrier carrier = carrier();
    Consignment sent = consignment(1, 1_250);
    ParcelId back = ParcelId.of(ReturnId.of(sent.parcel().id().order(), 1), 1);
    String draft = carrier.create(Consignment.back(sent.parcel(), sent.from(), sent.to(), back.value())).orElseThrow()
        .draft();
    Label label = bought(carrier.buy(draft));

    assertThat(foundOrBoughtAgain(carrier, draft)).isEqualTo(label);
    assertThat(label.trackingNumber()).isNotEqualTo(bought(carrier.buy(draft(carrier, 1))).trackingNumber());
    assertThat(draft + label).doesNotContain("Hopper", "Hauptstr", "04109", "555011");
    assertCharged(2);
  }

  @Test
  void twoParcelsHaveTwoNumbers() {
    Carrier carrier = carrier();

    assertThat(bought(carrier.buy(draft(carrier, 1))).trackingNumber())
        .isNotEqualTo(bought(carrier.buy(draft(carrier, 2))).trackingNumber());
  }

  @Test
  void whatIsNotItsDraftIsRefusedAndNeverFoundAsBought() {
    Carrier carrier = carrier();

    assertRefused(carrier.buy("no draft of this carrier"));
    assertThat(carrier.find("no draft of this carrier")).isNotInstanceOf(Bought.class);
    assertCharged(0);
  }

  @Test
  void whatItDoesNotTakeItRefusesBeforeAnythingIsPaid() {
    refused().ifPresent(it -> {
      assertRefused(carrier().create(it));
      assertNotOffered(carrier().rates(it));
      assertCharged(0);
    });
  }

  @Test
  void whatIsToBeInsuredIsInsuredForItsAmountAtAPremiumOrRefusedBeforeAnythingIsPaid() {
    Carrier carrier = carrier();
    Consignment plain = consignment(1, 1_250);
    var amount = new Money(24_999, "USD");
    Outcome<Offer> insured = carrier.create(new Consignment(plain.parcel(), plain.from(), plain.to(),
        plain.reference(), null, null, amount));

    if (insured instanceof Outcome.Accepted<Offer>(Offer offer)) {
      Label label = bought(carrier.buy(offer.draft()));
      assertThat(label.insurance().amount()).isEqualTo(amount);
      assertThat(label.insurance().premium().isPositive()).isTrue();
      assertThat(label.cost()).isEqualTo(offer.price().plus(label.insurance().premium()));
      assertThat(label.postage()).isEqualTo(offer.price());
      assertThat(foundOrBoughtAgain(carrier, offer.draft())).isEqualTo(label);
      assertCharged(1);
    } else {
      assertRefused(insured);
      assertCharged(0);
    }
  }

  /** Whoever asks for rates hears of each service why it takes the parcel not, or of all at once. */
  private static void assertNotOffered(Outcome<Rates> answer) {
    if (answer instanceof Outcome.Accepted<Rates>(Rates rates)) {
      assertThat(rates.rates()).isEmpty();
      assertThat(rates.messages()).isNotEmpty();
    } else {
      assertRefused(answer);
    }
  }

  private static void assertRefused(Outcome<?> answer) {
    assertThat(answer).isInstanceOf(Outcome.Declined.class);
    Refused refusal = ((Outcome.Declined<?>) answer).refused();
    assertThat(refusal.code()).matches("[a-z][a-z0-9_]*");
    assertThat(refusal.detail()).isNotBlank().doesNotContain("Hopper", "Hauptstr", "04109", "555011");
  }

  @Test
  void nothingPersonalIsInWhatIsKept() {
    Carrier carrier = carrier();
    String draft = draft(carrier, 1);

    assertThat(draft + bought(carrier.buy(draft))).doesNotContain("Hopper", "Hauptstr", "04109", "555011");
  }
}
