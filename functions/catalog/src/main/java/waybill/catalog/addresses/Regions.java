package waybill.catalog.addresses;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The states and provinces that a label must name, by their codes, and which of them a ZIP code of the United States lies in: typed from ISO
 * 3166-2 and from Publication 65 of the United States Postal Service, as of 2026-11-30.
 */
final class Regions {
  /** Where a label without a state goes wrong. */
  private static final Set<String> NEEDED = Set.of("US", "CA", "AU", "BR", "CN", "IN", "MX");
  /** Where letters bear one, and the postal code says which. */
  private static final Set<String> USUAL = Set.of("ES", "IT", "JP");
  /** Parts of the United States that have a country code too. */
  static final Set<String> US_TERRITORIES = Set.of("PR", "VI", "GU", "AS", "MP", "UM");
  static final Set<String> MILITARY = Set.of("AA", "AE", "AP");

  private static final Map<String, Map<String, String>> NAMES = Map.of("US",
      names(
          """
              AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE Delaware;
              DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas;
              KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi;
              MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York;
              NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island;
              SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington;
              WV West Virginia; WI Wisconsin; WY Wyoming; PR Puerto Rico; VI Virgin Islands; GU Guam; AS American Samoa;
              MP Northern Mariana Islands; UM United States Minor Outlying Islands; FM Micronesia; MH Marshall Islands; PW Palau;
              AA Armed Forces Americas; AE Armed Forces Europe; AP Armed Forces Pacific"""),
      "CA",
      names(
          """
              AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick; NL Newfoundland and Labrador; NS Nova Scotia;
              NT Northwest Territories; NU Nunavut; ON Ontario; PE Prince Edward Island; QC Quebec; SK Saskatchewan; YT Yukon"""),
      "AU", names(
          """
              ACT Australian Capital Territory; NSW New South Wales; NT Northern Territory; QLD Queensland; SA South Australia;
              TAS Tasmania; VIC Victoria; WA Western Australia"""));

  /** Up to which first three digits of a ZIP code it is of which state; a place with several has a slash between them. */
  private static final TreeMap<Integer, String> ZIPS = zips(
      """
          4 -; 5 NY; 7 PR; 8 VI; 9 PR; 27 MA; 29 RI; 38 NH; 49 ME; 54 VT; 55 MA; 59 VT; 62 CT; 63 CT/NY; 69 CT; 89 NJ; 98 AE; 99 -;
          149 NY; 196 PA; 199 DE; 200 DC; 201 VA; 205 DC; 219 MD; 246 VA; 268 WV; 269 -; 289 NC; 299 SC; 319 GA; 339 FL; 340 AA;
          349 FL; 352 AL; 353 -; 369 AL; 385 TN; 397 MS; 399 GA; 427 KY; 429 -; 459 OH; 479 IN; 499 MI; 528 IA; 529 -; 549 WI;
          567 MN; 568 -; 569 DC; 577 SD; 579 -; 588 ND; 589 -; 599 MT; 629 IL; 658 MO; 659 -; 679 KS; 693 NE; 699 -; 714 LA;
          715 -; 729 AR; 732 OK; 733 TX; 749 OK; 799 TX; 816 CO; 819 -; 831 WY; 833 ID; 834 ID/WY; 838 ID; 839 -; 847 UT; 849 -;
          865 AZ; 869 -; 884 NM; 885 TX; 888 -; 898 NV; 899 -; 961 CA; 966 AP; 967 HI/AS; 968 HI; 969 GU/MP/PW/FM/MH; 979 OR;
          994 WA; 999 AK""");

  private Regions() {}

  private static Map<String, String> names(String table) {
    var names = new TreeMap<String, String>();
    for (String row : table.split(";")) {
      String[] parts = row.strip().split(" ", 2);
      names.put(plain(parts[0]), parts[0]);
      names.put(plain(parts[1]), parts[0]);
    }
    return names;
  }

  private static TreeMap<Integer, String> zips(String table) {
    var zips = new TreeMap<Integer, String>();
    for (String row : table.split(";")) {
      String[] parts = row.strip().split(" ");
      zips.put(Integer.valueOf(parts[0]), parts[1]);
    }
    return zips;
  }

  /** Capital letters without accents, and nothing else. */
  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD).toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
  }

  static boolean isNeeded(String country) {
    return NEEDED.contains(country);
  }

  static boolean isUsual(String country) {
    return USUAL.contains(country);
  }

  /** Whether all of a country's are known here. */
  static boolean isListed(String country) {
    return NAMES.containsKey(country);
  }

  /** The code of a state that is given by its code or its name; empty if there is none. */
  static Optional<String> code(String country, String state) {
    String plain = plain(state);
    String without = plain.startsWith(country) && plain.length() > 3 ? plain.substring(2) : plain;
    Map<String, String> names = NAMES.get(country);
    return Optional.ofNullable(names.get(plain)).or(() -> Optional.ofNullable(names.get(without)));
  }

  /** Which states a ZIP code of the United States may lie in; none if no such code is in use. @param zip five digits or more */
  static List<String> ofZip(String zip) {
    Map.Entry<Integer, String> entry = ZIPS.ceilingEntry(Integer.valueOf(zip.substring(0, 3)));
    return entry == null || entry.getValue().equals("-") ? List.of() : List.of(entry.getValue().split("/"));
  }
}
