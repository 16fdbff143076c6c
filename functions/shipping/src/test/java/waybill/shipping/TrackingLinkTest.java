package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.platform.Ports;

class TrackingLinkTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T09:00:00Z"));

  private static TrackingLink link(String secret) {
    return link(Map.of("LINK_SECRET_PARAMETER", "/waybill/link", "PUBLIC_URL", "https://shop.example/"), secret);
  }

  private static TrackingLink link(Map<String, String> environment, String secret) {
    return new TrackingLink(new Ports(environment, CLOCK).with(SsmClient.class,
        new FixedParameters().with("/waybill/link", secret)));
  }

  @Example
  void aTokenOpensItsOrderAndNoOther() {
    String token = link("a").token(Samples.ORDER);
    OrderId other = OrderId.of(new ChannelId("de-web"), "5512034");

    assertThat(link("a").order(token)).contains(Samples.ORDER);
    assertThat(token).matches("[0-9a-z]{26}\\.[A-Za-z0-9_-]{24}");
    assertThat(link("a").order(token.replace(token.substring(0, 26), other.value().substring(4)))).isEmpty();
  }

  @Example
  void itsAddressIsBelowThePublicOne() {
    assertThat(link("a").url(Samples.ORDER))
        .isEqualTo("https://shop.example/tracking/" + link("a").token(Samples.ORDER));
  }

  @Example
  void anotherSecretsTokensOpenNothing() {
    assertThat(link("b").order(link("a").token(Samples.ORDER))).isEmpty();
  }

  @Example
  void afterARotationOldLinksOpenAndNewOnesAreMadeWithTheNewSecret() {
    TrackingLink rotated = link("new\nold\n");

    assertThat(rotated.order(link("old").token(Samples.ORDER))).contains(Samples.ORDER);
    assertThat(rotated.token(Samples.ORDER)).isEqualTo(link("new").token(Samples.ORDER));
  }

  @Example
  void anEmptySecretMakesNoLinks() {
    assertThatThrownBy(() -> link(" \n").token(Samples.ORDER)).isInstanceOf(IllegalStateException.class);
  }

  @Example
  void onlyMakingAnAddressNeedsThePublicOne() {
    TrackingLink link = link(Map.of("LINK_SECRET_PARAMETER", "/waybill/link"), "a");

    assertThat(link.order(link.token(Samples.ORDER))).contains(Samples.ORDER);
  }

  @Property(tries = 300)
  void aTokenWithOneOtherCharacterOpensNothing(@ForAll @IntRange(min = 0, max = 50) int at, @ForAll char other) {
    String token = link("a").token(Samples.ORDER);
    String forged = token.substring(0, at) + other + token.substring(at + 1);

    assertThat(link("a").order(forged).isPresent()).isEqualTo(forged.equals(token));
  }

  @Property(tries = 300)
  void nonsenseOpensNothing(@ForAll String token) {
    assertThat(link("a").order(token)).isEmpty();
  }
}
