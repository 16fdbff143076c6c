package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.platform.Outcome;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Pickups.Booked;
import waybill.shipping.carrier.Pickups.Confirmation;
import waybill.shipping.carrier.Pickups.Load;
import waybill.shipping.carrier.Pickups.Quote;
import waybill.shipping.carrier.Pickups.Visit;
import waybill.workbench.Faults;

/** What every carrier must do that can be sent for. The test of a carrier extends this and gives it a carrier with no past. */
public abstract class PickupContract {
  private static final Instant READY = Instant.parse("2026-12-01T14:00:00Z");

  /** The carrier some time later, with the same books. */
  protected abstract Carrier carrier(Duration later);

  /** How many visits the carrier has charged; empty if it cannot say. */
  protected abstract OptionalInt visits();

  private Pickups pickups() {
    return carrier(Duration.ZERO).pickups().orElseThrow();
  }

  /** A visit for bought labels. */
  private Visit visit(String reference, int parcels) {
    Carrier carrier = carrier(Duration.ZERO);
    var labels = IntStream.rangeClosed(1, parcels).mapToObj(it -> {
      Consignment consignment = CarrierContract.consignment(it, 1_250);
      String draft = carrier.create(consignment).orElseThrow().draft();
      return new Bought(draft, consignment, carrier.buy(draft).orElseThrow());
    }).toList();
    return new Visit(reference, labels.getFirst().consignment.from(), labels.getFirst().label.carrier(), READY,
        READY.plus(Duration.ofHours(3)), "Ring at dock 3", "Dock 3",
        labels.stream().map(it -> new Load(it.draft, it.label.trackingNumber())).toList());
  }

  private record Bought(String draft, Consignment consignment, Carrier.Label label) {}

  private void assertCharged(int times) {
    visits().ifPresent(it -> assertThat(it).isEqualTo(times));
  }

  @Test
  void aQuoteIsFreeAndNotBooked() {
    Visit visit = visit("pku_1", 2);
    Quote quote = pickups().quote(visit).orElseThrow();

    assertThat(quote.draft()).isNotBlank().hasSizeLessThanOrEqualTo(255);
    assertThat(quote.rates()).isNotEmpty().allSatisfy(it -> {
      assertThat(it.id()).isNotBlank();
      assertThat(it.carrier()).isEqualTo(visit.carrier());
      assertThat(it.service()).isNotBlank();
    });
    assertThat(carrier(Duration.ofMinutes(10)).pickups().orElseThrow().find(visit, quote.draft(), Instant.now()))
        .isInstanceOf(Pickups.NotBooked.class);
    assertCharged(0);
  }

  @Test
  void aBookedVisitHasANumberAndIsFoundOrCostsNothingToBookAgain() {
    Visit visit = visit("pku_1", 1);
    Quote quote = pickups().quote(visit).orElseThrow();
    Confirmation booked = pickups().book(visit, quote.draft(), quote.rates().getFirst()).orElseThrow();

    assertThat(booked.id()).isNotBlank();
    assertThat(booked.number()).isNotBlank();
    assertThat(foundOrBookedAgain(visit, quote).number()).isEqualTo(booked.number());
    assertThat(pickups().book(visit, quote.draft(), quote.rates().getFirst()).orElseThrow().number())
        .isEqualTo(booked.number());
    assertCharged(1);
  }

  @Test
  void aBookingWhoseAnswerIsLostIsNeitherLostNorPaidTwice() {
    var faults = new Faults();
    Visit visit = visit("pku_1", 2);
    Quote quote = pickups().quote(visit).orElseThrow();
    Pickups flaky = faults.in(Pickups.class, pickups());
    faults.strike(1, true, () -> new IllegalStateException("the answer is lost"));
    assertThatThrownBy(() -> flaky.book(visit, quote.draft(), quote.rates().getFirst()))
        .isInstanceOf(IllegalStateException.class);

    Confirmation found = foundOrBookedAgain(visit, quote);
    assertThat(found.number()).isNotBlank().isEqualTo(foundOrBookedAgain(visit, quote).number());
    assertCharged(1);
  }

  private Confirmation foundOrBookedAgain(Visit visit, Quote quote) {
    return pickups().find(visit, quote.draft(), Instant.EPOCH) instanceof Booked it
        ? it.confirmation()
        : pickups().book(visit, quote.draft(), quote.rates().getFirst()).orElseThrow();
  }

  @Test
  void aVisitIsCancelledOnceHoweverOftenItIsAskedForAndNobodyComesAnyMore() {
    Visit visit = visit("pku_1", 1);
    Quote quote = pickups().quote(visit).orElseThrow();
    Confirmation booked = pickups().book(visit, quote.draft(), quote.rates().getFirst()).orElseThrow();

    assertThat(pickups().cancel(booked)).isInstanceOf(Outcome.Accepted.class);
    assertThat(pickups().cancel(booked)).isInstanceOf(Outcome.Accepted.class);
    assertThat(pickups().find(visit, quote.draft(), Instant.EPOCH)).isNotInstanceOf(Booked.class);
    assertCharged(1);
  }

  @Test
  void twoVisitsHaveTwoNumbersAndAParcelOfACancelledOneMayBeOnTheNext() {
    Visit first = visit("pku_1", 2);
    Quote quote = pickups().quote(first).orElseThrow();
    Confirmation booked = pickups().book(first, quote.draft(), quote.rates().getFirst()).orElseThrow();
    pickups().cancel(booked).orElseThrow();

    Visit second = new Visit("pku_2", first.place(), first.carrier(), first.ready(), first.closing(), null, null,
        first.loads());
    Quote again = pickups().quote(second).orElseThrow();
    assertThat(pickups().book(second, again.draft(), again.rates().getFirst()).orElseThrow().number())
        .isNotEqualTo(booked.number());
    assertCharged(2);
  }

  @Test
  void aLabelOfAnotherCarrierIsRefusedBeforeAnythingIsPaid() {
    Visit visit = visit("pku_1", 1);
    var foreign = new Visit("pku_1", visit.place(), visit.carrier(), visit.ready(), visit.closing(), null, null,
        List.of(new Load("no draft of this carrier", "123")));

    assertThat(pickups().quote(foreign)).satisfiesAnyOf(it -> assertThat(it).isInstanceOf(Outcome.Declined.class),
        _ -> assertThat(visits()).isEmpty());
    assertCharged(0);
  }
}
