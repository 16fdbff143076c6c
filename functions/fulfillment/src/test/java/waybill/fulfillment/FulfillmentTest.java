package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.LocationId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sent;
import waybill.platform.Outcome;
import waybill.platform.Refused;

class FulfillmentTest {
  private static final LocationId BERLIN = new LocationId("berlin");
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final Fulfillment PLANNED = Fulfillment.planned(fulfillment(1, 1), BERLIN, List.of(line(0, "TEA", 2)),
      0);
  private static final Fulfillment SHORT = Fulfillment.lacking(fulfillment(1, 1), List.of(line(0, "TEA", 2)),
      Floor.POOL,
      0, NOW, null);
  private static final List<Parcel> PARCELS = List.of(
      new Parcel(ParcelId.of(fulfillment(1, 1), 1), List.of(line(0, "TEA", 2)), 1, 1, 1, 1, null, null));

  /** What each may become in one step; to stay is always allowed. */
  private static final Map<Status, Set<Status>> FORWARD = new EnumMap<>(Map.of(
      Status.PLANNED, Set.of(Status.OPEN, Status.REFUSED, Status.CANCELLED), Status.OPEN,
      Set.of(Status.PACKED, Status.CANCELLED), Status.PACKED, Set.of(Status.DISPATCHED, Status.CANCELLED),
      Status.DISPATCHED, Set.of(), Status.SHORT, Set.of(Status.REFUSED, Status.CANCELLED), Status.REFUSED, Set.of(),
      Status.CANCELLED, Set.of(),
      // See RepackFulfillmentTest.
      Status.REPACKING, Set.of(Status.OPEN, Status.PACKED, Status.DISPATCHED, Status.CANCELLED)));

  enum Event {
    ALLOCATED(it -> it.open(NOW)), REFUSED(Fulfillment::refuse), PACKED(
        it -> it.pack("key", PARCELS).orElseThrow()), CANCELLED(
            Fulfillment::cancel), DISPATCHED(it -> it.dispatch(NOW));

    final UnaryOperator<Fulfillment> rule;

    Event(UnaryOperator<Fulfillment> rule) {
      this.rule = rule;
    }

    /** What is refused changes nothing. */
    Fulfillment on(Fulfillment it) {
      try {
        return rule.apply(it);
      } catch (IllegalStateException | Fulfillment.AllocatedYetRefused | Fulfillment.DispatchedYetCancelled
          | Fulfillment.DispatchedYetUnpacked _) {
        return it;
      }
    }
  }

  @Property
  void everyOrderOfEventsOnlyMovesForwardAndWhatIsFinalStays(@ForAll @Size(max = 12) List<Event> events,
      @ForAll boolean isShort) {
    Fulfillment now = isShort ? SHORT : PLANNED;
    for (Event event : events) {
      Fulfillment next = event.on(now);
      if (next.status() != now.status()) {
        assertThat(FORWARD.get(now.status())).contains(next.status());
      } else {
        assertThat(next).isEqualTo(now);
      }
      assertThat(event.on(next)).as("told twice").isEqualTo(next);
      now = next;
    }
  }

  @Property
  void whateverCameBeforeACancelEndsItUnlessItLeftOrWasRefused(@ForAll @Size(max = 12) List<Event> before,
      @ForAll @Size(max = 12) List<Event> after) {
    Fulfillment seen = after(PLANNED, before);
    Fulfillment end = after(Event.CANCELLED.on(seen), after);
    switch (seen.status()) {
      case PLANNED, OPEN, PACKED, REPACKING, SHORT -> assertThat(end.status()).isEqualTo(Status.CANCELLED);
      case DISPATCHED, REFUSED, CANCELLED -> assertThat(end).isEqualTo(seen);
    }
  }

  @Property
  void whatIsCancelledLetsGoOfItsStockAndNothingElseDoes(@ForAll @Size(max = 12) List<Event> events) {
    Fulfillment it = after(PLANNED, events);
    var letGo = new FulfillmentCancelled(order(1), it.id(), BERLIN, it.lines());
    if (it.status() == Status.CANCELLED) {
      assertThat(emissions(it)).containsExactly(letGo);
    } else {
      assertThat(emissions(it)).doesNotContain(letGo);
    }
  }

  private static List<Sent> emissions(Fulfillment it) {
    return Stream.of(Emissions.ofPlan(it), Emissions.ofCancelled(it), Emissions.ofPacked(it))
        .<Sent>flatMap(List::stream).distinct().toList();
  }

  private static Fulfillment after(Fulfillment first, List<Event> events) {
    Fulfillment now = first;
    for (Event event : events) {
      now = event.on(now);
    }
    return now;
  }

  @Test
  void whatIsDispatchedIsNeverCancelledNorTheOtherWayRound() {
    Fulfillment packed = PLANNED.open(NOW).pack("key", PARCELS).orElseThrow();

    assertThatExceptionOfType(Fulfillment.DispatchedYetCancelled.class).isThrownBy(() -> packed.dispatch(NOW).cancel());
    assertThatExceptionOfType(Fulfillment.DispatchedYetCancelled.class).isThrownBy(() -> packed.cancel().dispatch(NOW));
  }

  @Test
  void onlyWhatIsPackedIsDispatched() {
    for (Fulfillment it : List.of(PLANNED, PLANNED.open(NOW), PLANNED.refuse())) {
      assertThatExceptionOfType(Fulfillment.DispatchedYetUnpacked.class).isThrownBy(() -> it.dispatch(NOW));
    }
  }

  @Test
  void whatIsDispatchedAnswersARepeatedPackingAndRefusesAnother() {
    Fulfillment dispatched = PLANNED.open(NOW).pack("key", PARCELS).orElseThrow().dispatch(NOW);

    assertThat(dispatched.pack("key", PARCELS).orElseThrow()).isSameAs(dispatched);
    assertThat(refusal(dispatched.pack("other", PARCELS)))
        .isEqualTo(Refused.conflict("already_packed", "it was packed by another request"));
    assertThat(refusal(dispatched.pack("key", List.of()))).isEqualTo(Refused.of(Refused.Kind.INVALID,
        "idempotency_key_reused", "this Idempotency-Key packed it into other parcels"));
  }

  @Test
  void whatIsNotOpenIsNotPackedAndSaysWhy() {
    assertThat(
        Stream.of(PLANNED, PLANNED.refuse(), PLANNED.cancel()).map(it -> refusal(it.pack("key", PARCELS)).code()))
        .containsExactly("not_allocated", "refused", "cancelled");
  }

  private static Refused refusal(Outcome<Fulfillment> outcome) {
    return ((Outcome.Declined<Fulfillment>) outcome).refused();
  }

  @Test
  void aTombstoneIsCancelledAndHasNothingToLetGo() {
    Fulfillment tombstone = Fulfillment.tombstone(fulfillment(1, 1));

    assertThat(tombstone.isTombstone()).isTrue();
    assertThat(PLANNED.cancel().isTombstone()).isFalse();
    assertThat(tombstone.cancel()).isEqualTo(tombstone);
    assertThat(emissions(tombstone)).isEmpty();
    assertThat(EnumSet.allOf(Status.class)).as("each has its row").isEqualTo(FORWARD.keySet());
  }
}
