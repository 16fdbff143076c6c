package waybill.documents;

import java.util.Optional;

/**
 * How many serial shipping container codes a GS1 company prefix has given. A code is an extension digit, the prefix, a serial and a check
 * digit, 18 digits in all; once the serials are used up, the next extension begins.
 */
record SsccSerials(String prefix, long given) {
  private static final int DIGITS = 17;

  /** Nothing is given yet. */
  static SsccSerials of(String prefix) {
    return new SsccSerials(prefix, 0);
  }

  SsccSerials next() {
    return new SsccSerials(prefix, given + 1);
  }

  /** The code that was given last; empty if the prefix has no more. */
  Optional<String> code() {
    String number = String.format(java.util.Locale.ROOT, "%0" + (DIGITS - prefix.length()) + "d", given);
    if (number.length() + prefix.length() > DIGITS) {
      return Optional.empty();
    }
    String code = number.charAt(0) + prefix + number.substring(1);
    return Optional.of(code + checkDigit(code));
  }

  /** GS1's: from the right, every second digit counts three times, and what is missing to the next ten. */
  static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? 3 * digit : digit;
    }
    return (10 - sum % 10) % 10;
  }
}
