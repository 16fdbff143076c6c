package waybill.shipping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import waybill.catalog.Address;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Channel;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.carrier.AddressOpinion;

/** A second opinion on an address, from the first of a channel's carrier accounts that has one. A carrier that is away blocks nothing. */
final class AddressOpinions {
  private static final Log LOG = Log.of(CheckAddressHandler.class);
  /** A checkout waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LabelDesks desks;

  AddressOpinions(LabelDesks desks) {
    this.desks = desks;
  }

  /** @param opinion empty if the account checks no addresses; refused if it has not answered */
  record Answer(CarrierAccountId account, Outcome<Optional<AddressOpinion>> opinion) {}

  /** Empty if none of the channel's accounts checks addresses. */
  Optional<Answer> ask(Channel channel, Address address) {
    List<Desk> asked = channel.carrierAccounts().stream().map(desks::find).filter(Desk.class::isInstance)
        .map(Desk.class::cast).filter(it -> it.account().livemode() == channel.livemode()).toList();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      long until = System.nanoTime() + PATIENCE.toNanos();
      for (Desk desk : asked) {
        Outcome<Optional<AddressOpinion>> opinion = opinion(threads, desk, address, until);
        if (!opinion.equals(Outcome.of(Optional.<AddressOpinion>empty()))) {
          return Optional.of(new Answer(desk.id(), opinion));
        }
      }
      return Optional.empty();
    } finally {
      // Not closed, which would wait for the slowest.
      threads.shutdownNow();
    }
  }

  private static Outcome<Optional<AddressOpinion>> opinion(ExecutorService threads, Desk desk, Address address,
      long until) {
    try {
      return threads.submit(() -> desk.carrier().verify(address)).get(Math.max(0, until - System.nanoTime()),
          TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Refused.conflict("too_slow", "the carrier has not answered in time").outcome();
    } catch (ExecutionException e) {
      LOG.error("The carrier does not answer", e.getCause() instanceof RuntimeException it
          ? it
          : new IllegalStateException(e.getCause()), "account", desk.id());
      return Refused.conflict("no_answer", "the carrier does not answer").outcome();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a carrier was asked", e);
    }
  }
}
