package waybill.search;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A phone number, however it is written.
 *
 * @param digits without what a country dials before its own numbers
 * @param international whether it begins with its country's code: the number by E.164, without its plus
 */
record Phone(String digits, boolean international) {
  private static final Pattern EXTENSION = Pattern.compile("(?i)(?:ext\\.?|x|durchwahl|poste|#).*");
  /** As in +49 (0)30: dialled at home, not from abroad. */
  private static final Pattern TRUNK_IN_BRACKETS = Pattern.compile("\\(\\s*0\\s*\\)");
  private static final int TAIL = 6;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 20;
  private static final Set<String> KEEPS_ITS_ZERO = Set.of("IT", "SM", "VA");
  private static final Set<String> DIALS_8 = Set.of("RU", "KZ", "BY", "TM", "UZ");

  /** Countries with their calling codes (ITU-T E.164, annex of 2016). */
  private static final Map<String, String> CALLING_CODES = codes(
      "AD376 AE971 AF93 AG1 AI1 AL355 AM374 AO244 AR54 AS1 AT43 AU61 AW297 AX358 AZ994 BA387 BB1 BD880 BE32 BF226 "
          + "BG359 BH973 BI257 BJ229 BL590 BM1 BN673 BO591 BQ599 BR55 BS1 BT975 BW267 BY375 BZ501 CA1 CC61 CD243 CF236 "
          + "CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 DE49 DJ253 DK45 DM1 "
          + "DO1 DZ213 EC593 EE372 EG20 EH212 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1 GE995 "
          + "GF594 GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GT502 GU1 GW245 GY592 HK852 HN504 HR385 HT509 "
          + "HU36 ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1 JO962 JP81 KE254 KG996 KH855 KI686 "
          + "KM269 KN1 KP850 KR82 KW965 KY1 KZ7 LA856 LB961 LC1 LI423 LK94 LR231 LS266 LT370 LU352 LV371 LY218 MA212 "
          + "MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976 MO853 MP1 MQ596 MR222 MS1 MT356 MU230 MV960 "
          + "MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 "
          + "PE51 PF689 PG675 PH63 PK92 PL48 PM508 PR1 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 "
          + "SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1 "
          + "SY963 SZ268 TC1 TD235 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 TT1 TV688 TW886 TZ255 UA380 "
          + "UG256 US1 UY598 UZ998 VA39 VC1 VE58 VG1 VI1 VN84 VU678 WF681 WS685 XK383 YE967 YT262 ZA27 ZM260 ZW263");

  private static Map<String, String> codes(String all) {
    var codes = new HashMap<String, String>();
    for (String each : all.split(" ")) {
      codes.put(each.substring(0, 2), each.substring(2));
    }
    return Map.copyOf(codes);
  }

  /** Empty if it cannot be a phone number. @param country whose own numbers are written without its code; null if that is unknown */
  static Optional<Phone> of(String text, String country) {
    String written = Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    String number = TRUNK_IN_BRACKETS.matcher(EXTENSION.matcher(written).replaceFirst("")).replaceAll("");
    var digits = new StringBuilder();
    number.codePoints().filter(Character::isDigit).forEach(it -> digits.append(Character.digit(it, 10)));
    boolean plus = number.startsWith("+");
    if (digits.length() < SHORTEST || digits.length() > LONGEST
        || !number.matches("\\+?[\\p{Nd}\\s()./\\-\u2010-\u2015]+")) {
      return Optional.empty();
    }
    if (plus || digits.indexOf("00") == 0) {
      return Optional.of(new Phone(digits.substring(plus ? 0 : 2), true));
    }
    return Optional.of(national(digits.toString(), country));
  }

  private static Phone national(String dialled, String country) {
    String code = country == null ? null : CALLING_CODES.get(country);
    String significant = significant(dialled, country, code);
    return code == null ? new Phone(significant, false) : new Phone(code + significant, true);
  }

  /** Without what is dialled before it at home. */
  private static String significant(String dialled, String country, String code) {
    if (country != null && KEEPS_ITS_ZERO.contains(country)) {
      return dialled;
    }
    if ("HU".equals(country) && dialled.startsWith("06") || country != null && DIALS_8.contains(country)
        && dialled.startsWith("80")) {
      return dialled.substring(2);
    }
    boolean trunk = "1".equals(code) && dialled.length() == 11 && dialled.startsWith("1")
        || country != null && DIALS_8.contains(country) && dialled.length() == 11 && dialled.startsWith("8");
    return trunk ? dialled.substring(1) : dialled.replaceFirst("^0+", "");
  }

  /** What each writing of it ends with. */
  String tail() {
    return digits.substring(Math.max(0, digits.length() - TAIL));
  }

  /** Whether both may be the same number: one that is written without its country is that of any. */
  boolean isSame(Phone other) {
    return international == other.international
        ? digits.equals(other.digits)
        : international ? digits.endsWith(other.local()) : other.digits.endsWith(local());
  }

  /** Russians dial an 8 before their numbers, Americans a 1. */
  private String local() {
    return digits.length() == 11 && (digits.startsWith("8") || digits.startsWith("1")) ? digits.substring(1) : digits;
  }
}
