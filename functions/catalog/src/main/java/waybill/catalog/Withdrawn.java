package waybill.catalog;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Currencies and countries that were withdrawn, each with the day since when. Java knows the currencies still, as amounts of the past are in
 * them; nothing is sold in them any more.
 */
final class Withdrawn {
  /** By ISO 4217: the day on which another currency took its place, or on which it was legal tender no more. */
  private static final Map<String, LocalDate> CURRENCIES = days("""
      ADP 2002-03-01 AFA 2003-01-03 ANG 2025-07-01 ATS 2002-03-01 AYM 2005-10-01 AZM 2006-01-01 BEF 2002-03-01
      BGL 1999-07-05 BGN 2026-01-01 BYB 2000-01-01 BYR 2017-01-01 CSD 2006-10-25 CUC 2021-07-01 CYP 2008-01-01
      DEM 2002-03-01 EEK 2011-01-01 ESP 2002-03-01 FIM 2002-03-01 FRF 2002-03-01 GHC 2008-01-01 GRD 2002-03-01
      GWP 1997-05-31 HRK 2023-01-01 IEP 2002-03-01 ITL 2002-03-01 LTL 2015-01-01 LUF 2002-03-01 LVL 2014-01-01
      MGF 2005-01-01 MRO 2018-01-01 MTL 2008-01-01 MZM 2006-07-01 NLG 2002-03-01 PTE 2002-03-01 ROL 2005-07-01
      RUR 1998-01-01 SDD 2007-07-01 SIT 2007-01-01 SKK 2009-01-01 SLL 2024-04-01 SRG 2004-01-01 STD 2018-01-01
      TMM 2009-01-01 TPE 2002-05-20 TRL 2005-01-01 USS 2014-03-28 VEB 2008-01-01 VEF 2018-08-20 YUM 2003-07-01
      ZMK 2013-01-01 ZWD 2006-08-01 ZWL 2024-09-01 ZWN 2008-08-01 ZWR 2009-02-03""");
  /** By ISO 3166-3, as far as nobody else has the code today. */
  private static final Map<String, LocalDate> COUNTRIES = days("""
      AN 2010-12-15 BU 1989-12-05 CS 2006-06-05 DD 1990-10-30 FX 1997-07-14 NT 1993-07-12 SU 1992-08-30 TP 2002-05-20
      YD 1990-08-14 YU 2003-07-23 ZR 1997-07-14""");

  private Withdrawn() {}

  private static Map<String, LocalDate> days(String table) {
    var days = new TreeMap<String, LocalDate>();
    String[] words = table.split("\\s+");
    for (int i = 0; i < words.length; i += 2) {
      days.put(words[i], LocalDate.parse(words[i + 1]));
    }
    return days;
  }

  static Optional<LocalDate> currency(String code) {
    return Optional.ofNullable(CURRENCIES.get(code));
  }

  static Optional<LocalDate> country(String code) {
    return Optional.ofNullable(COUNTRIES.get(code));
  }
}
