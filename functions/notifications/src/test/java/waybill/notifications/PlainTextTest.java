package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void longLinesBreakAtSpacesAndKeepTheirIndent() {
    String wrapped = PlainText.wrap("first\n\n  " + "word ".repeat(20) + "\n");
    assertThat(wrapped.lines()).hasSize(4).allMatch(it -> it.length() <= 72);
    assertThat(wrapped.lines().skip(2)).allMatch(it -> it.startsWith("  word"));
  }

  @Test
  void anAddressOfTheWebIsNeverBroken() {
    String url = "https://waybill.example/tracking/" + "x".repeat(100);
    assertThat(PlainText.wrap("Follow it:\n" + url)).isEqualTo("Follow it:\n" + url + "\n");
  }

  @Test
  void emptyLinesDoNotPileUp() {
    assertThat(PlainText.wrap("\n\na  \n\n \n\nb\n\n")).isEqualTo("a\n\nb\n");
  }

  @Property
  void wrappingLosesNoWord(@ForAll @StringLength(max = 300) String text) {
    String line = Printable.of(text);
    assertThat(PlainText.wrap(line).strip().split("[ \\n]+")).isEqualTo(line.split(" +"));
  }

  @Property
  void whatIsPrintableFitsOnALine(@ForAll @StringLength(max = 100) String text) {
    assertThat(Printable.of(text)).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");
    assertThat(Printable.of(Printable.of(text))).isEqualTo(Printable.of(text));
  }
}
