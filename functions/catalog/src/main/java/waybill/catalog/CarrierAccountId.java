package waybill.catalog;

/**
 * Names an account at a carrier. Labels and drafts keep it, so that whose they are is known after the account is gone.
 *
 * @param carrier the code of the carrier or broker, for example {@code easypost}
 * @param account the account's name among the deployment's accounts
 */
public record CarrierAccountId(String carrier, String account) {
  /** The built-in carrier, which makes up its labels: for demos and tests, never for live orders. */
  public static final String STAND_IN = "table_rate";

  public boolean isStandIn() {
    return STAND_IN.equals(carrier);
  }

  /** For logs. */
  @Override
  public String toString() {
    return carrier + "/" + account;
  }
}
