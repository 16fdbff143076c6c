package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import waybill.warehouse.picking.PickingFloor.Answer;

/** What people read in each language. */
class WordsTest {
  private static final Pattern HOLE = Pattern.compile("%[sd]");

  /** Each key, with what is put into its text, in its order. */
  private static Map<String, List<String>> holes(Words words) {
    var holes = new TreeMap<String, List<String>>();
    words.texts().forEach((key, text) -> holes.put(key.toString(),
        HOLE.matcher(text.toString()).results().map(MatchResult::group).toList()));
    return holes;
  }

  @Test
  void eachLanguageSaysTheSame() {
    assertThat(holes(Words.of("de"))).isEqualTo(holes(Words.of("en"))).hasSizeGreaterThan(40);
  }

  @Test
  void aPickerIsSpokenToInTheirLanguage() {
    try (var floor = new PickingFloor().shelf("A-1").holds("A-1", "TEA", 2)) {
      floor.order(1, "TEA", 1);
      floor.wave();
      Answer work = floor.speaking("de-AT,de;q=0.9").next("ada");

      assertThat(work.instruction()).isEqualTo("Geh zu Fach A-1.");
      assertThat(floor.scan("ada", work.id(), "B-9").said()).isEqualTo("B-9 ist nicht das Fach: Geh zu A-1.");
      assertThat(floor.act("ada", work.id(), "skip").said()).isEqualTo("Fach A-1 kommt später.");
      assertThat(floor.speaking("nl").next("bob").instruction()).isEqualTo("Nothing is to be picked just now.");
      assertThat(floor.speaking("de").next("bob").instruction()).isEqualTo("Gerade gibt es nichts zu picken.");
    }
  }
}
