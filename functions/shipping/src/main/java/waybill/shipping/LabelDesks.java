package waybill.shipping;

import java.util.Optional;
import waybill.catalog.CarrierAccountId;
import waybill.platform.Json;
import waybill.platform.webhook.Accounts;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.tablerate.TableRate;

/** Finds where the labels of an account are bought. Accounts come and go while labels and drafts keep their ids. */
final class LabelDesks {
  private final Carriers carriers;
  private final Accounts<CarrierAccount> accounts;

  LabelDesks(Carriers carriers, Accounts<CarrierAccount> accounts) {
    this.carriers = carriers;
    this.accounts = accounts;
  }

  /** What is known of an account id. */
  sealed interface Lookup {}

  record Desk(CarrierAccountId id, CarrierAccount account, Carrier carrier) implements Lookup {}

  /** @param reason completes "the account …" */
  record NoDesk(CarrierAccountId id, String reason) implements Lookup {}

  Lookup find(CarrierAccountId id) {
    Optional<CarrierProvider> provider = carriers.find(id.carrier());
    if (provider.isEmpty()) {
      return new NoDesk(id, "belongs to a carrier that this version of Waybill does not know");
    }
    Optional<CarrierAccount> account;
    try {
      account = account(id);
    } catch (Json.Malformed | IllegalArgumentException e) {
      return new NoDesk(id, "cannot be read: " + e.getMessage());
    }
    if (account.isEmpty()) {
      return new NoDesk(id, "is not configured");
    }
    return provider.get().carrier(account.get()).<Lookup>map(it -> new Desk(id, account.get(), it))
        .orElseGet(() -> new NoDesk(id, "sells no labels"));
  }

  private Optional<CarrierAccount> account(CarrierAccountId id) {
    return id.equals(TableRate.BUILT_IN)
        ? Optional.of(TableRate.BUILT_IN_ACCOUNT)
        : accounts.find(id.account()).filter(it -> it.carrier().equals(id.carrier()));
  }
}
