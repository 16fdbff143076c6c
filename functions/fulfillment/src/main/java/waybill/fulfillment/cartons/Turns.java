package waybill.fulfillment.cartons;

/** Which of a unit's own lengths may stand upright in a box. Around the vertical, a unit may always be turned. */
public record Turns(boolean lengthUp, boolean widthUp, boolean heightUp) {
  public static final Turns ANY = new Turns(true, true, true);
  /** It stays as it stands. */
  public static final Turns UPRIGHT = new Turns(false, false, true);

  public Turns {
    if (!lengthUp && !widthUp && !heightUp) {
      throw new IllegalArgumentException("a unit stands on one of its sides");
    }
  }
}
