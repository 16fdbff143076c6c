package waybill.messages;

import java.time.LocalDate;

/** The last day on which a lot is good, as it is printed on it: no time, and of no zone. Texts sort as days do. */
public record ExpiryDate(String value) implements Comparable<ExpiryDate> {
  public static final String RULE = "is a day from 2000 to 9999, for example 2027-03-31";

  public ExpiryDate {
    IdText.require("ExpiryDate", value, "[2-9][0-9]{3}-[0-9]{2}-[0-9]{2}");
    LocalDate.parse(value);
  }

  public static ExpiryDate of(LocalDate day) {
    return new ExpiryDate(day.toString());
  }

  public LocalDate day() {
    return LocalDate.parse(value);
  }

  @Override
  public int compareTo(ExpiryDate other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
