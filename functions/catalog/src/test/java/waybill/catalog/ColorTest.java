package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColorTest {

  @Test
  void contrastIsAsWcagSays() {
    assertThat(Color.BLACK.contrast(Color.WHITE)).isEqualTo(21);
    assertThat(Color.WHITE.contrast(Color.WHITE)).isEqualTo(1);
    assertThat(Color.of("#777777").contrast(Color.WHITE)).isBetween(4.47, 4.49);
    assertThat(Color.of("#767676").contrast(Color.WHITE)).isBetween(4.53, 4.55);
  }

  @Property
  void blackOrWhiteIsReadOnEveryColor(@ForAll @IntRange(max = 0xffffff) int rgb) {
    Color color = Color.of("#%06x".formatted(rgb));
    assertThat(color).hasToString("#%06x".formatted(rgb));
    assertThat(color.ink().contrast(color)).isGreaterThanOrEqualTo(Color.READABLE);
  }

  @Property
  void everyColorHasAShadeThatIsReadOnEveryGround(@ForAll @IntRange(max = 0xffffff) int rgb,
      @ForAll @IntRange(max = 0xffffff) int ground) {
    Color behind = Color.of("#%06x".formatted(ground));
    Color shade = Color.of("#%06x".formatted(rgb)).readableOn(behind);
    assertThat(shade.contrast(behind)).isGreaterThanOrEqualTo(Color.READABLE);
  }

  @Test
  void aColorThatIsReadAlreadyStaysAsItIs() {
    assertThat(Color.of("#1f5f99").readableOn(Color.WHITE)).isEqualTo(Color.of("#1f5f99"));
  }
}
