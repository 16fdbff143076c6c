package waybill.catalog.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.addresses.Finding.Severity;
import waybill.platform.Violation;

/**
 * What the rules of its country say about an address.
 *
 * @param proposal the address as it is better written; null if it is well as it is
 */
public record AddressCheck(List<Finding> findings, Address proposal) {
  /** What the labels of UPS and FedEx hold of a line; others hold more. */
  static final int LABEL_LINE = 35;
  private static final Pattern BOX = Pattern.compile(
      "\\b(P\\.? ?O\\.? ?BOX|POST OFFICE BOX|POSTFACH|BO[IÎ]TE POSTALE|BP \\d+|CASELLA POSTALE|APARTADO|POSTBUS|CAIXA POSTAL)\\b",
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern LOCKER = Pattern.compile("\\bPACKSTATION\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern MILITARY = Pattern.compile("\\b(APO|FPO|DPO)\\b", Pattern.CASE_INSENSITIVE);

  public AddressCheck {
    findings = List.copyOf(findings);
  }

  public static AddressCheck of(Address address) {
    return new Reading(address).check();
  }

  /** What of it can never be delivered to, field by field below the pointer of the address. */
  public List<Violation> refusals(String pointer) {
    return findings.stream().filter(it -> it.severity() == Severity.ERROR)
        .map(it -> new Violation(pointer + (it.field() == null ? "" : "/" + it.field()), it.code(), it.detail()))
        .toList();
  }

  /** What a person should look at before anything leaves, in one sentence; empty if nothing is doubtful. */
  public Optional<String> doubts() {
    String doubts = findings.stream().filter(it -> it.severity() == Severity.WARNING)
        .map(it -> it.field() + " " + it.detail()).collect(Collectors.joining("; "));
    return Optional.of(doubts).filter(it -> !it.isEmpty());
  }

  /** One address on its way through the rules. */
  private static final class Reading {
    private final Address given;
    private final List<Finding> findings = new ArrayList<>();
    private String country;
    private String state;
    private String postalCode;
    private String line1;
    private String line2;

    Reading(Address given) {
      this.given = given;
      this.country = given.country();
      this.state = given.state();
      this.postalCode = given.postalCode();
      this.line1 = given.line1();
      this.line2 = given.line2();
    }

    AddressCheck check() {
      territory();
      military();
      postalCode();
      state();
      boxes();
      lines();
      var better = new Address(given.name(), given.company(), line1, line2, given.city(), state, postalCode, country,
          given.phone());
      return new AddressCheck(findings, better.equals(given) ? null : better);
    }

    /** Puerto Rico is written as a country by some shops and as a state by others; labels want the state. */
    private void territory() {
      if (Regions.US_TERRITORIES.contains(country)) {
        state = country;
        country = "US";
        findings.add(
            Finding.info("country", "territory", "is a territory of the United States: labels name it as a state"));
      }
    }

    private void military() {
      boolean named = given.city() != null && MILITARY.matcher(given.city()).find();
      if (!named && !(country.equals("US") && state != null
          && Regions.MILITARY.contains(state.strip().toUpperCase(Locale.ROOT)))) {
        return;
      }
      if (!country.equals("US")) {
        findings.add(Finding.warning("country", "military_country",
            "is US for mail of its forces, wherever they are"));
        country = "US";
        state = state != null && Regions.code("US", state).filter(Regions.MILITARY::contains).isPresent()
            ? state
            : null;
      }
      findings.add(Finding.info(null, "military",
          "is an address of the forces: only the United States Postal Service delivers there, with a customs form"));
    }

    private void postalCode() {
      boolean missing = postalCode == null || postalCode.isBlank();
      if (!PostalCodes.isKnown(country)) {
        return;
      }
      if (missing && PostalCodes.isRequired(country)) {
        findings.add(
            Finding.error("postal_code", "required", "is required: nothing is delivered in this country without it"));
      } else if (missing) {
        postalCode = PostalCodes.only(country).orElse(postalCode);
      } else {
        Optional<String> written = PostalCodes.written(country, postalCode);
        if (written.isEmpty()) {
          findings.add(Finding.warning("postal_code", "malformed", "is no postal code of this country"));
        } else if (!written.get().equals(postalCode)) {
          findings.add(Finding.info("postal_code", "form", "is written otherwise in this country"));
          postalCode = written.get();
        }
      }
    }

    private void state() {
      List<String> zip = zipStates();
      if (state == null || state.isBlank()) {
        missingState(zip);
      } else if (Regions.isListed(country)) {
        Optional<String> code = Regions.code(country, state);
        if (code.isEmpty()) {
          findings.add(Finding.warning("state", "unknown", "is no state of this country"));
        } else if (!zip.isEmpty() && !zip.contains(code.get())) {
          findings.add(Finding.warning("postal_code", "other_state", "is of another state than the one that is named"));
        } else {
          state = code.get();
        }
      }
    }

    private void missingState(List<String> zip) {
      if (zip.size() == 1) {
        findings.add(Finding.info("state", "missing", "follows from the postal code"));
        state = zip.getFirst();
      } else if (Regions.isNeeded(country)) {
        findings.add(Finding.warning("state", "missing", "is missing, and labels of this country bear it"));
      } else if (Regions.isUsual(country)) {
        findings.add(Finding.info("state", "missing", "is usual in this country"));
      }
    }

    private List<String> zipStates() {
      return country.equals("US") && postalCode != null
          ? PostalCodes.written(country, postalCode).map(Regions::ofZip).orElse(List.of())
          : List.of();
    }

    private void boxes() {
      Stream.of("line1", "line2").forEach(field -> {
        String line = field.equals("line1") ? given.line1() : given.line2();
        if (line != null && BOX.matcher(line).find()) {
          findings.add(Finding.info(field, "po_box", "is a box at a post office: couriers do not deliver there"));
        } else if (line != null && LOCKER.matcher(line).find()) {
          findings.add(Finding.info(field, "locker", "is a parcel locker: only its own carrier delivers there"));
        }
      });
    }

    private void lines() {
      tooLong("name", given.name());
      tooLong("company", given.company());
      tooLong("city", given.city());
      boolean first = tooLong("line1", given.line1());
      boolean second = tooLong("line2", given.line2());
      if (first && !second && (line2 == null || line2.isBlank())) {
        broken(line1);
      }
    }

    private boolean tooLong(String field, String text) {
      boolean tooLong = text != null && text.codePointCount(0, text.length()) > LABEL_LINE;
      if (tooLong) {
        findings.add(Finding.info(field, "too_long",
            "has more than %d characters, which some carriers cut on their labels".formatted(LABEL_LINE)));
      }
      return tooLong;
    }

    /** Into two lines at a blank, if both fit. */
    private void broken(String line) {
      int at = line.lastIndexOf(' ', LABEL_LINE);
      if (at > 0 && line.length() - at - 1 <= LABEL_LINE) {
        line1 = line.substring(0, at).stripTrailing();
        line2 = line.substring(at + 1).strip();
      }
    }
  }
}
