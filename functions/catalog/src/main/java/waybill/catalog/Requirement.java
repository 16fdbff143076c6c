package waybill.catalog;

import java.util.Locale;

/** What whoever carries a product must do. */
public enum Requirement {
  /** To hand it only to somebody of this age. */
  AGE_16(16), AGE_18(18), AGE_21(21);

  static final String RULE = "is one of age_16, age_18, age_21";

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
