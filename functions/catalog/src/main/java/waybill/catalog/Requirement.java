package waybill.catalog;

import java.util.Locale;

/** What a product asks of those who pack and carry it. */
public enum Requirement {
  /** To hand it only to somebody of this age. */
  AGE_16(16), AGE_18(18), AGE_21(21),
  /** Its height stays upright in its box. */
  KEEP_UPRIGHT(0),
  /** Nothing is above it in its box. */
  NO_STACKING(0),
  /** It shares a box only with what is dangerous too. */
  HAZMAT(0),
  /** All units of it in an order are in one box. */
  ONE_BOX(0);

  static final String RULE = "is one of age_16, age_18, age_21, keep_upright, no_stacking, hazmat, one_box";

  private final int age;

  Requirement(int age) {
    this.age = age;
  }

  public int age() {
    return age;
  }

  static Requirement parse(String text) {
    for (Requirement it : values()) {
      if (it.name().toLowerCase(Locale.ROOT).equals(text)) {
        return it;
      }
    }
    throw new IllegalArgumentException();
  }
}
