package waybill.catalog.addresses;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How postal codes are written, country by country: typed from what the Universal Postal Union and the national posts publish about their
 * codes, as of 2026-11-30. A country that is not here has none, or none that its letters must bear.
 *
 * <p>In a form, {@code n} is a digit, {@code a} a letter and {@code x} either; all else stands for itself. The first form that fits says
 * how the code is written. {@code !} marks the countries that deliver nothing without a code.
 */
final class PostalCodes {
  private static final Map<String, Rule> RULES = rules(
      """
          AD ADnnn; AF nnnn; AI AI-2640; AL nnnn; AM nnnn|nnnnnn; AR nnnn|annnnaaa; AS! nnnnn|nnnnn-nnnn; AT! nnnn; AU! nnnn;
          AX! 22nnn; AZ nnnn; BA nnnnn; BB BBnnnnn; BD nnnn; BE! nnnn; BG nnnn; BH nnn|nnnn; BL! nnnnn; BM aa xx; BN aannnn;
          BR! nnnnn-nnn; BT nnnnn; BY nnnnnn; CA! ana nan; CC 6799; CH! nnnn; CL nnnnnnn; CN! nnnnnn; CO nnnnnn; CR nnnnn|nnnn;
          CU nnnnn; CV nnnn; CX 6798; CY nnnn; CZ! nnn nn; DE! nnnnn; DK! nnnn; DO nnnnn; DZ nnnnn; EC nnnnnn; EE! nnnnn;
          EG nnnnn|nnnnnnn; ES! nnnnn; ET nnnn; FI! nnnnn; FK! FIQQ 1ZZ; FM! nnnnn|nnnnn-nnnn; FO nnn; FR! nnnnn;
          GB! an naa|ann naa|aan naa|aann naa|ana naa|aana naa|GIR 0AA|BFPO n|BFPO nn|BFPO nnn|BFPO nnnn; GE nnnn; GF! nnnnn;
          GG! GYn naa|GYnn naa; GI GX11 1AA; GL! nnnn; GN nnn; GP! nnnnn; GR! nnn nn; GS! SIQQ 1ZZ; GT nnnnn;
          GU! nnnnn|nnnnn-nnnn; GW nnnn; HM nnnn; HN nnnnn; HR nnnnn; HT nnnn; HU! nnnn; ID nnnnn; IE ann xxxx|D6W xxxx;
          IL nnnnnnn|nnnnn; IM! IMn naa|IMnn naa; IN! nnnnnn; IO! BBND 1ZZ; IQ nnnnn; IR nnnnn-nnnnn; IS nnn; IT! nnnnn;
          JE! JEn naa|JEnn naa; JO nnnnn; JP! nnn-nnnn; KE nnnnn; KG nnnnnn; KH nnnnnn|nnnnn; KR! nnnnn; KW nnnnn; KY KYn-nnnn;
          KZ nnnnnn|annannan; LA nnnnn; LB nnnn nnnn|nnnn; LI! nnnn; LK nnnnn; LR nnnn; LS nnn; LT! LT-nnnnn|nnnnn; LU! nnnn;
          LV! LV-nnnn|nnnn; MA nnnnn; MC nnnnn; MD nnnn; ME nnnnn; MF! nnnnn; MG nnn; MH! nnnnn|nnnnn-nnnn; MK nnnn; MM nnnnn;
          MN nnnnn|nnnnnn; MP! nnnnn|nnnnn-nnnn; MQ! nnnnn; MT aaa nnnn|aaa nn|aaa nnn; MU nnnnn|nnnaannn; MV nnnnn; MX! nnnnn;
          MY! nnnnn; MZ nnnn; NA nnnnn; NC! nnnnn; NE nnnn; NF 2899; NG nnnnnn; NI nnnnn; NL! nnnn aa; NO! nnnn; NP nnnnn;
          NZ! nnnn; OM nnn; PE nnnnn; PF! nnnnn; PG nnn; PH! nnnn; PK nnnnn; PL! nn-nnn; PM! nnnnn; PN! PCRN 1ZZ;
          PR! nnnnn|nnnnn-nnnn; PT! nnnn-nnn; PW! nnnnn|nnnnn-nnnn; PY nnnn|nnnnnn; RE! nnnnn; RO! nnnnnn; RS nnnnn|nnnnnn;
          RU! nnnnnn; SA nnnnn|nnnnn-nnnn; SD nnnnn; SE! nnn nn; SG! nnnnnn; SH! STHL 1ZZ; SI nnnn; SJ! nnnn; SK! nnn nn;
          SM! nnnnn; SN nnnnn; SV nnnn; SZ annn; TC! TKCA 1ZZ; TH nnnnn; TJ nnnnnn; TM nnnnnn; TN nnnn; TR! nnnnn;
          TW! nnnnnn|nnnnn|nnn; TZ nnnnn; UA! nnnnn; US! nnnnn|nnnnn-nnnn; UY nnnnn; UZ nnnnnn; VA 00120; VC VCnnnn; VE nnnn;
          VG VGnnnn; VI! nnnnn|nnnnn-nnnn; VN nnnnn|nnnnnn; WF! nnnnn; XK nnnnn; YT nnnnn; ZA! nnnn; ZM nnnnn""");

  private PostalCodes() {}

  /** @param forms the one of today first */
  private record Rule(boolean required, List<String> forms) {

    private Optional<String> written(String plain) {
      return forms.stream().flatMap(it -> fill(it, plain).stream()).findFirst();
    }

    /** The code of a place that has but one. */
    private Optional<String> only() {
      return forms.size() == 1
          ? Optional.of(forms.getFirst()).filter(it -> it.equals(it.toUpperCase(Locale.ROOT)))
          : Optional.empty();
    }
  }

  private static Map<String, Rule> rules(String table) {
    var rules = new TreeMap<String, Rule>();
    for (String row : table.split(";")) {
      String[] parts = row.strip().split(" ", 2);
      rules.put(parts[0].substring(0, 2), new Rule(parts[0].endsWith("!"), List.of(parts[1].split("\\|"))));
    }
    return rules;
  }

  /** Whether nothing is delivered there without a code. A place that has but one needs none. */
  static boolean isRequired(String country) {
    return RULES.containsKey(country) && RULES.get(country).required && RULES.get(country).only().isEmpty();
  }

  /** The code of a country that has but one; empty for all others. */
  static Optional<String> only(String country) {
    return Optional.ofNullable(RULES.get(country)).flatMap(Rule::only);
  }

  /** Whether the country has codes that are checked. */
  static boolean isKnown(String country) {
    return RULES.containsKey(country);
  }

  /** The code as the country writes it: capitals, blanks and hyphens in their places; empty if it is none of that country. */
  static Optional<String> written(String country, String code) {
    Rule rule = RULES.get(country);
    String plain = code.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return rule.written(plain).or(() -> rule.written(withoutCountry(country, plain)));
  }

  /** Codes are often written with the letters of the country before them, as D-10827 or CH-8001. */
  private static String withoutCountry(String country, String plain) {
    return plain.startsWith(country)
        ? plain.substring(2)
        : plain.matches("[ABDFILSN]\\d+") ? plain.substring(1) : plain;
  }

  private static Optional<String> fill(String form, String plain) {
    var filled = new StringBuilder();
    int at = 0;
    for (char sign : form.toCharArray()) {
      if (sign == ' ' || sign == '-') {
        filled.append(sign);
      } else if (at < plain.length() && fits(sign, plain.charAt(at))) {
        filled.append(plain.charAt(at));
        at++;
      } else {
        return Optional.empty();
      }
    }
    return at == plain.length() ? Optional.of(filled.toString()) : Optional.empty();
  }

  private static boolean fits(char sign, char given) {
    return switch (sign) {
      case 'n' -> given >= '0' && given <= '9';
      case 'a' -> given >= 'A' && given <= 'Z';
      case 'x' -> given >= '0' && given <= '9' || given >= 'A' && given <= 'Z';
      default -> sign == given;
    };
  }
}
