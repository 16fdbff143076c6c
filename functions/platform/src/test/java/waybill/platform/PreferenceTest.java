package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {
  private static final List<String> FORMS = List.of("text/html", "application/json");
  private static final List<String> LANGUAGES = List.of("en", "de", "fr");

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "null", value = {
    "null | text/html",
    "*/* | text/html",
    "application/json | application/json",
    "application/json, */* | text/html",
    "application/json, */*;q=0.5 | application/json",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/html",
    "text/html;q=0.4, application/json;q=0.9 | application/json",
    "text/html;q=0, */* | application/json",
    "application/* | application/json",
    "image/png | text/html",
    "APPLICATION/JSON;Q=0.7 | application/json",
    ";;,,q=, | text/html"})
  void theFormThatIsLikedBestIsAnswered(String header, String form) {
    assertThat(Preference.among(FORMS, header)).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "null", value = {
    "null | en",
    "de | de",
    "de-AT,de;q=0.9,en;q=0.8 | de",
    "en-US,en;q=0.9,de;q=0.8 | en",
    "fr-FR,fr;q=0.9,de;q=0.5,en;q=0.4 | fr",
    "nl-NL,nl;q=0.9,de;q=0.5,en;q=0.4 | de",
    "nl | en",
    "den | en",
    "* | en"})
  void theLanguageThatIsLikedBestIsSpoken(String header, String language) {
    assertThat(Preference.among(LANGUAGES, header)).isEqualTo(language);
  }

  @Property(tries = 300)
  void nonsenseIsNeverAFault(@ForAll String header) {
    assertThat(Preference.among(FORMS, header)).isIn(FORMS);
  }
}
