package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DisplayNameTest {
  private static final String ADDRESS = "shop@example.com";
  private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/]+=*)\\?=");

  @Test
  void aNameInAsciiIsQuoted() {
    assertThat(DisplayName.before(ADDRESS, "Tea, Ltd.")).isEqualTo("\"Tea, Ltd.\" <shop@example.com>");
    assertThat(DisplayName.before(ADDRESS, "The \"best\" \\ tea"))
        .isEqualTo("\"The \\\"best\\\" \\\\ tea\" <shop@example.com>");
    assertThat(DisplayName.before(ADDRESS, "a@b <c>")).isEqualTo("\"a@b <c>\" <shop@example.com>");
  }

  @Test
  void anotherNameIsEncoded() {
    assertThat(DisplayName.before(ADDRESS, "Käse")).isEqualTo("=?UTF-8?B?S8Okc2U=?= <shop@example.com>");
  }

  @Test
  void aNameThatLooksEncodedArrivesAsItStands() {
    assertThat(decoded(DisplayName.before(ADDRESS, "=?UTF-8?B?S8Okc2U=?="))).isEqualTo("=?UTF-8?B?S8Okc2U=?=");
  }

  @Test
  void nobodyHasTheAddressAlone() {
    assertThat(DisplayName.before(ADDRESS, "")).isEqualTo(ADDRESS);
  }

  @Property
  void everyNameArrivesAsItIs(@ForAll @StringLength(max = 80) String text) {
    String name = Printable.of(text);
    String header = DisplayName.before(ADDRESS, name);
    assertThat(header).matches("[ -~]+");
    assertThat(decoded(header)).isEqualTo(name);
    assertThat(header.split(" ")).filteredOn(it -> it.startsWith("=?UTF-8")).allMatch(it -> it.length() <= 75);
  }

  /** As RFC 5322 and RFC 2047 read it: quotes and what they hide, or words whose separating spaces are none. */
  private static String decoded(String header) {
    if (header.equals(ADDRESS)) {
      return "";
    }
    assertThat(header).endsWith(" <" + ADDRESS + ">");
    String phrase = header.substring(0, header.length() - ADDRESS.length() - 3);
    if (phrase.startsWith("\"")) {
      assertThat(phrase).matches("\"([^\"\\\\]|\\\\.)*\"");
      return phrase.substring(1, phrase.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    var name = new StringBuilder();
    for (String word : phrase.split(" ")) {
      Matcher matcher = WORD.matcher(word);
      assertThat(matcher.matches()).as(word).isTrue();
      byte[] bytes = Base64.getDecoder().decode(matcher.group(1));
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(text.getBytes(StandardCharsets.UTF_8)).as("no character is cut").isEqualTo(bytes);
      name.append(text);
    }
    return name.toString();
  }
}
