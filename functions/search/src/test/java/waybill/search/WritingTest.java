package waybill.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {

  @ParameterizedTest
  @ValueSource(strings = {"Jürgen Groß", "JÜRGEN GROSS", "juergen gross", "Jurgen  Groß", "JUERGEN GROẞ",
    "Ju\u0308rgen Gross",
    "\tJürgen-Groß ", "Ｊürgen Groß"})
  void aNameIsTheSameHoweverItsUmlautsAreWritten(String name) {
    assertThat(Writing.words(name)).containsExactly("jurgen", "gross");
  }

  @ParameterizedTest
  @CsvSource({"Søren Ærø,Soeren Aeroe", "Łukasz Żółw,Lukasz Zolw", "François Noël,Francois Noel", "O’Brien,OBrien",
    "O'Brien,obrien", "Åse Håkonsen,Aase Haakonsen", "İbrahim,ibrahim", "Đorđe,Dorde", "Μαρία,μαρια", "Йосиф,йосиф"})
  void accentsAndApostrophesDoNotMatter(String one, String other) {
    assertThat(Writing.words(one)).isEqualTo(Writing.words(other)).isNotEmpty();
  }

  @Test
  void initialsAreNoWordsButASignMayBeAName() {
    assertThat(Writing.words("J. R. Tolkien")).containsExactly("tolkien");
    assertThat(Writing.words("王 小明")).containsExactly("王", "小明");
    assertThat(Writing.words("山田太郎")).containsExactly("山田太郎");
    assertThat(Writing.words(" - . ")).isEmpty();
    assertThat(Writing.words("Ada ada ADA")).isEqualTo(List.of("ada"));
  }

  @Test
  void anAddressHasNoCapitalsAndOneWritingOfItsDomain() {
    assertThat(Writing.email(" Ada@Example.COM ")).isEqualTo("ada@example.com");
    assertThat(Writing.email("ada@bücher.example")).isEqualTo(Writing.email("ADA@xn--bcher-kva.example"));
    assertThatThrownBy(() -> Writing.email("ada")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberIsReadWithAndWithoutItsSign() {
    assertThat(Writing.number("# 1042")).isEqualTo(Writing.number("1042")).isEqualTo("1042");
    assertThat(Writing.number("de-77A")).isEqualTo("de-77a");
    assertThatThrownBy(() -> Writing.number("#")).isInstanceOf(IllegalArgumentException.class);
  }
}
