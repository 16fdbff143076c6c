package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {
  @ParameterizedTest
  @CsvSource({"ada@example.com, ada@example.com", "A.da+tea@Example.COM, A.da+tea@Example.COM",
    "ada@m\u00fcller.de, ada@xn--mller-kva.de", "ada@M\u00dcLLER.de, ada@xn--mller-kva.de",
    "ada@mu\u0308ller.de, ada@xn--mller-kva.de", "ada@xn--mller-kva.de, ada@xn--mller-kva.de",
    "ada@shop.m\u00fcller.de, ada@shop.xn--mller-kva.de", "ada@\u4f8b\u3048.jp, ada@xn--r8jz45g.jp"})
  void anInternationalisedDomainIsSentToInPunycode(String written, String sentTo) {
    assertThat(MailAddress.inAscii(written)).isEqualTo(sentTo);
    assertThat(MailAddress.checked(written)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "@example.com", "ada@", "ada@localhost", "j\u00fcrgen@example.com",
    "a..b@example.com",
    ".a@example.com", "a.@example.com", "ada@example..com", "ada@.example.com", "ada@example.com.", "ada@-example.com",
    "ada@exa_mple.com", "ada@exa mple.com", "ada@xn--mller-kva.de\n", "\"ada\"@example.com", "a@b@example.com",
    "ada@m\u00fcller", "ada@m\u00fcller.de\u2028", "ada@\u200bm\u00fcller.de"})
  void whatSesTakesNoMailForIsRefused(String text) {
    assertThatThrownBy(() -> MailAddress.checked(text)).hasMessage(MailAddress.RULE);
  }

  /** Of these IDNA 2003, which Java has, makes another domain than IDNA 2008, which registries have. */
  @ParameterizedTest
  @ValueSource(strings = {"ada@stra\u00dfe.de", "ada@\u03c3\u03bf\u03c6\u03cc\u03c2.gr",
    "ada@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com"})
  void aDomainThatWouldBecomeAnothersIsRefused(String text) {
    assertThatThrownBy(() -> MailAddress.inAscii(text)).hasMessage(MailAddress.RULE);
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1_000_000})
  void aLongLocalPartIsRefused(int length) {
    assertThatThrownBy(() -> MailAddress.checked("x".repeat(length) + "@example.com")).hasMessage(MailAddress.RULE);
    assertThatThrownBy(() -> MailAddress.checked("x@" + "\u00fc.".repeat(length) + "de")).hasMessage(MailAddress.RULE);
  }
}
