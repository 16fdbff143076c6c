package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.journeys.PersonalData.Values;

class PersonalDataTest {
  private static final List<String> OF_ADA = List.of("Ada Lovelace", "10117", "+49 30 555010", "Äußere Str. 1", "Ada");

  @ParameterizedTest
  @ValueSource(strings = {"Ada Lovelace", "to \"Ada Lovelace\"", "{zip=10117}", "10117,1", "a10117 10117",
    "(+49 30 555010)",
    "Äußere Str. 1", "ada@example.com", "x ada+1@mail.example.com.", "📦Ada Lovelace📦"})
  void aValueOrAMailAddressIsFoundWhereverItStands(String text) {
    assertThat(Values.of(OF_ADA.stream()).areIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ada", "ada lovelace", "Ada Lovelaces", "210117", "101170", "10117e", "٣10117",
    "Äußere Str. 12",
    "ada@example", "@", "Ada Lovelac"})
  void aPartOfAWordAndWhatIsTooShortAreNot(String text) {
    assertThat(Values.of(OF_ADA.stream()).areIn(text)).isFalse();
  }

  @Test
  void theDigitsOfAMessagesIdAreNoPostalCode() {
    var zurich = Values.of(Stream.of("8001"));
    assertThat(zurich.areIn("id=2a30e49e-ca7c-4edd-8001-731ee4e4d0c1, to=Basel")).isFalse();
    assertThat(zurich.areIn("id=2a30e49e-ca7c-4edd-8001-731ee4e4d0c1, to=8001")).isTrue();
  }

  @Property(tries = 5_000)
  void itFindsWhatARegularExpressionOfAllValuesFinds(@ForAll("values") List<String> values,
      @ForAll("texts") String text) {
    assertThat(Values.of(values.stream()).areIn(text)).isEqualTo(pattern(values).matcher(text).find());
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Arbitraries.strings().withChars("ab1 .").ofMinLength(1).ofMaxLength(6).list().ofMinSize(1).ofMaxSize(5)
        .filter(it -> it.stream().anyMatch(value -> value.length() >= 4));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab1 .@").ofMaxLength(20);
  }

  private static Pattern pattern(Collection<String> values) {
    String words = values.stream().filter(it -> it.length() >= 4).map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])|[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w");
  }
}
