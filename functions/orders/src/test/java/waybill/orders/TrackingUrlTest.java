package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;

class TrackingUrlTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");

  private static TrackingUrl url(int number) {
    return TrackingUrl.of("https://shop.example/", ORDER, "names " + number);
  }

  @Example
  void itsAddressIsBelowThePublicOneAndEndsWithItsToken() {
    assertThat(url(1).value()).isEqualTo("https://shop.example/tracking/" + url(1).token());
    assertThat(url(1).token()).matches("[0-9a-z]{26}\\.[A-Za-z0-9_-]{24}");
  }

  @Example
  void aTokenNamesItsOrderAndOpensNoOtherLinkOfIt() {
    assertThat(TrackingUrl.order(url(1).token())).contains(ORDER);
    assertThat(url(1).isOpenedBy(url(1).token())).isTrue();
    assertThat(url(1).isOpenedBy(url(2).token())).isFalse();
  }

  @Property(tries = 300)
  void aTokenWithOneOtherCharacterOpensNothing(@ForAll @IntRange(min = 0, max = 50) int at, @ForAll char other) {
    String token = url(1).token();
    String forged = token.substring(0, at) + other + token.substring(at + 1);

    assertThat(url(1).isOpenedBy(forged)).isEqualTo(forged.equals(token));
  }

  @Property(tries = 300)
  void nonsenseNamesNoOrder(@ForAll String token) {
    assertThat(TrackingUrl.order(token)).isEmpty();
  }
}
