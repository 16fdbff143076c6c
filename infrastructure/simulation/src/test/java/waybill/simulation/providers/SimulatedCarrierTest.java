package waybill.simulation.providers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.tablerate.TableRate;
import waybill.simulation.WatchedWorld;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Sabotage;
import waybill.simulation.faults.Surroundings;
import waybill.simulation.world.World;

/** The carrier of the simulation keeps what every carrier promises. */
class SimulatedCarrierTest extends CarrierContract {
  private final WatchedWorld watched = new WatchedWorld();
  private final World world = watched.world;
  private boolean refuses;
  /** One that forgets nothing: what is forgotten is uncertain and never bought again. */
  private final SimulatedCarrier carrier = new SimulatedCarrier(
      new Boundary(new Surroundings(world.timeline(), world.weather(), world.journal(), world.coverage())), () -> false,
      () -> refuses, Sabotage.none());

  @AfterEach
  void end() {
    watched.close();
  }

  @Override
  protected CarrierProvider provider() {
    return new CarrierProvider() {
      @Override
      public String code() {
        return carrier.code();
      }

      @Override
      public Optional<Carrier> carrier(CarrierAccount account) {
        return carrier.carrier(account).map(SimulatedCarrierTest.this::asked);
      }
    };
  }

  /** Asked by a function, as the simulation knows no other callers. */
  private Carrier asked(Carrier asked) {
    return (Carrier) Proxy.newProxyInstance(Carrier.class.getClassLoader(), new Class<?>[]{Carrier.class},
        (_, method, arguments) -> {
          var answer = new AtomicReference<Object>();
          watched.asFunction(() -> answer.set(invoked(asked, method, arguments)));
          return answer.get();
        });
  }

  private static Object invoked(Carrier carrier, Method method, Object... arguments) {
    try {
      return method.invoke(carrier, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected CarrierAccount account() {
    return TableRate.BUILT_IN_ACCOUNT;
  }

  @Override
  protected OptionalInt charges() {
    return OptionalInt.of(carrier.bought().values().stream().mapToInt(Integer::intValue).sum());
  }

  @Override
  protected Optional<Consignment> refused() {
    refuses = true;
    return Optional.of(consignment(1, 1_000));
  }
}
