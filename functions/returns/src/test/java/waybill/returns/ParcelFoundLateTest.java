package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.wrong;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ClaimMessages.ClaimedParcelFound;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.ShipmentMessages.ShipmentDelivered;

/** Case B13 where the news that a parcel arrived is heard before its claim, and its order knows it only after that. */
class ParcelFoundLateTest {
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  /** @param resolved whether it is sent again before its order knows that it arrived */
  private String claimedMeanwhile(boolean resolved) {
    counter.leaves();
    var news = new ShipmentDelivered(Counter.ORDER, Counter.PARCEL, counter.bench.clock().instant(), null);
    counter.receive(new FollowClaimsHandler(counter.bench.ports()), news);
    counter.skip();
    String id = counter.claim(wrong(1, 2, "never_arrived")).id();
    if (resolved) {
      counter.resolve(id, "{\"remedy\":\"replacement\"}");
      counter.rest();
    }
    counter.advance(news);
    counter.skip();
    assertThat(counter.claimed(id)).containsEntry("found_at", null);
    return id;
  }

  @Test
  void whatArrivedBeforeItsClaimAndIsKnownToTheOrderAfterItIsNotMadeGood() {
    String id = claimedMeanwhile(false);
    assertThat(counter.resolve(id, "{\"remedy\":\"refund\"}").body()).containsEntry("code", "parcel_found");
    assertThat(counter.claimed(id).get("found_at")).isNotNull();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.refunded()).isZero();
    assertThat(counter.sent(OrderChanged.class)).extracting(it -> ((OrderChanged) it).event())
        .containsOnlyOnce(EventType.CLAIM_PARCEL_FOUND);
  }

  @Test
  void whoApprovesAClaimSeesThatItsParcelArrivedBeforeIt() {
    String id = claimedMeanwhile(false);
    assertThat(counter.decideClaim(id, "approve").body().get("found_at")).isNotNull();
    assertThat(counter.resolve(id, "{\"remedy\":\"replacement\"}").body()).containsEntry("code", "parcel_found");
  }

  @Test
  void theSweepFindsWhatArrivedBeforeItsClaimThatNobodyHasDecided() {
    String id = claimedMeanwhile(false);
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.claimed(id).get("found_at")).isNotNull();
    assertThat(counter.claimed(id)).containsEntry("choices", List.of());
  }

  @Test
  void theSweepFindsWhatWasMadeGoodAndHadArrivedAndItsCustomerChooses() {
    String id = claimedMeanwhile(true);
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.claimed(id)).containsEntry("choices", List.of("keep", "pay", "return"));
    assertThat(counter.sent(ClaimedParcelFound.class)).hasSize(1);
    assertThat(counter.decideClaim(id, "keep").status()).isEqualTo(200);
  }
}
