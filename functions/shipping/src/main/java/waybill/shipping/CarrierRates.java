package waybill.shipping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import waybill.catalog.CarrierAccountId;
import waybill.platform.Log;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.Lookup;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.Rates;
import waybill.shipping.carrier.Rates.Message;
import waybill.shipping.carrier.Rates.Rate;

/**
 * What all carrier accounts of a channel ask for a parcel. They are asked at once; what one of them objects to, or that it does not
 * answer in time, is beside the rates of the others and takes none of them away.
 */
public final class CarrierRates {
  private static final Log LOG = Log.of(CarrierRates.class);

  private final LabelDesks desks;

  /** Reads the accounts of this deployment, and with them their secrets. */
  public CarrierRates(Ports ports) {
    this.desks = new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports));
  }

  /** One service of one account. */
  public record AccountRate(CarrierAccountId account, Rate rate) {}

  /**
   * Why an account, or one of its carriers, is not among the rates.
   *
   * @param carrier null if it is about the whole account
   */
  public record Problem(CarrierAccountId account, String carrier, String code, String detail) {}

  public record Answer(List<AccountRate> rates, List<Problem> problems) {}

  /**
   * @param ofChannel the accounts that the channel names; the stand-in answers if it names none and the order is not live
   * @param consignment of which only weight, size and addresses count
   * @param patience for how long answers are waited for
   */
  public Answer ask(List<CarrierAccountId> ofChannel, boolean livemode, Consignment consignment, Duration patience) {
    var needs = new CarrierChoice.Needs(livemode, consignment.to().country(), consignment.parcel().weightGrams());
    List<CarrierAccountId> candidates = CarrierChoice.candidates(ofChannel, livemode);
    var problems = new ArrayList<Problem>();
    var asked = new LinkedHashMap<CarrierAccountId, Future<Outcome<Rates>>>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (CarrierAccountId id : candidates) {
        Lookup found = desks.find(id);
        CarrierChoice.objection(found, needs).ifPresentOrElse(
            it -> problems.add(new Problem(id, null, "not_taken", "the account " + it)),
            () -> asked.put(id, threads.submit(() -> ((Desk) found).carrier().rates(consignment))));
      }
      return answers(asked, problems, System.nanoTime() + patience.toNanos());
    } finally {
      // Not closed, which would wait for the slowest.
      threads.shutdownNow();
    }
  }

  private static Answer answers(Map<CarrierAccountId, Future<Outcome<Rates>>> asked, List<Problem> problems,
      long until) {
    var rates = new ArrayList<AccountRate>();
    asked.forEach((id, future) -> {
      switch (outcome(id, future, until)) {
        case Accepted<Rates>(Rates answer) -> {
          answer.rates().forEach(it -> rates.add(new AccountRate(id, it)));
          for (Message it : answer.messages()) {
            problems.add(new Problem(id, it.carrier(), it.code(), it.text()));
          }
        }
        case Declined<Rates>(Refused refused) ->
          problems.add(new Problem(id, null, refused.code(), refused.detail()));
      }
    });
    return new Answer(List.copyOf(rates), List.copyOf(problems));
  }

  private static Outcome<Rates> outcome(CarrierAccountId id, Future<Outcome<Rates>> future, long until) {
    try {
      return future.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Refused.conflict("too_slow", "the carrier has not answered in time").outcome();
    } catch (ExecutionException e) {
      LOG.error("The carrier does not answer", e.getCause() instanceof RuntimeException it
          ? it
          : new IllegalStateException(e.getCause()), "account", id);
      return Refused.conflict("no_answer", "the carrier does not answer").outcome();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while carriers were asked", e);
    }
  }
}
