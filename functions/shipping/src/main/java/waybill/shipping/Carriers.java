package waybill.shipping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.Ports;
import waybill.platform.webhook.Provider;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.easypost.EasyPost;
import waybill.shipping.karrio.Karrio;
import waybill.shipping.tablerate.TableRate;

/** Every carrier and broker that Waybill can work with, by its code. A new one is added to {@link #ALL}. */
public final class Carriers {
  private static final List<CarrierProvider> ALL = List.of(new TableRate(), new EasyPost(), new Karrio());

  private final Map<String, CarrierProvider> byCode;

  public Carriers(List<CarrierProvider> providers) {
    this.byCode = providers.stream().collect(Collectors.toUnmodifiableMap(CarrierProvider::code, Function.identity()));
  }

  /** All, unless a test or a simulation has put others into the ports. */
  static Carriers of(Ports ports) {
    return ports.client(Carriers.class, _ -> new Carriers(ALL));
  }

  /** Empty for a code of another version of Waybill. */
  Optional<CarrierProvider> find(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** Those that send scans, by their code. */
  Map<String, Provider<CarrierAccount, TrackingNoticed>> webhooks() {
    var webhooks = new TreeMap<String, Provider<CarrierAccount, TrackingNoticed>>();
    byCode.forEach((code, provider) -> provider.webhook().ifPresent(it -> webhooks.put(code, it)));
    return webhooks;
  }
}
