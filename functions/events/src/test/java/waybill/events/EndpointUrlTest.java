package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {

  @ParameterizedTest
  @ValueSource(strings = {"https://hooks.example.com", "https://hooks.example.com/",
    "https://hooks.example.com:443/a/b?c=d%20e",
    "https://a.b.c.example.co/waybill", "https://xn--bcher-kva.example"})
  void aNameOnPortFourHundredAndFortyThreeIsAnAddress(String url) {
    assertThatCode(() -> EndpointUrl.parse(url, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hooks.example.com", "http://hooks.example.com", "https://hooks.example.com:8443",
    "https://hooks.example.com:80", "https://user:secret@hooks.example.com", "https://169.254.169.254/latest/meta-data",
    "https://[::1]", "https://[fd00::1]/", "https://2130706433", "https://0x7f000001", "https://0177.0.0.1",
    "https://127.1", "https://localhost", "https://hooks", "https://hooks.example.com#part", "ftp://hooks.example.com",
    "https://hooks.example.com\r\nhost: other", "https://hooks.example.com/ a", "https://hooks.example.1",
    "https://1.2.3.0x4", "http://127.0.0.1:8080", "https://hooks.example.com\\@other.example.com",
    "https://hooks.ex\u0430mple.com"})
  void whatIsNotHttpsOrNoNameIsNone(String url) {
    assertThatThrownBy(() -> EndpointUrl.parse(url, false)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.5", "172.16.3.4", "172.31.255.255", "192.168.1.1", "127.0.0.1", "127.255.0.9",
    "169.254.169.254",
    "0.0.0.0", "0.1.2.3", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.19.1.1",
    "198.51.100.1", "203.0.113.7", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fec0::1",
    "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:10.0.0.5", "::10.0.0.5", "64:ff9b::a00:5", "100::1",
    "2001:db8::1", "2002:a00:5::1", "2001::1", "3fff::1"})
  void whatIsNotOnThePublicInternetIsNotSentTo(String address) {
    assertThat(EndpointUrl.isAllowed(InetAddress.ofLiteral(address), false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.0.1.1",
    "198.17.255.255", "198.20.0.1", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1"})
  void whatIsOnThePublicInternetIs(String address) {
    assertThat(EndpointUrl.isAllowed(InetAddress.ofLiteral(address), false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080/hook", "http://localhost:9"})
  void onlyTheEmbeddedCloudSendsToItsOwnMachine(String url) {
    assertThatCode(() -> EndpointUrl.parse(url, true)).doesNotThrowAnyException();
    assertThat(EndpointUrl.isAllowed(InetAddress.getLoopbackAddress(), true)).isTrue();
    assertThat(EndpointUrl.isAllowed(InetAddress.ofLiteral("10.0.0.5"), true)).isFalse();
  }
}
