package waybill.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.IncidentId;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.Money;
import waybill.workbench.Bench;

/** What followers of the feed hear of incidents: that each opened, and that it ended. */
class IncidentEventsTest {
  private static final IncidentId FAILED = IncidentId.of(Depot.SECOND, 1);
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  /** As number and event; what was sent twice is one event. */
  private List<String> events() {
    return depot.bench.sentTo(RecordEvents.class).stream().filter(OrderChanged.class::isInstance)
        .map(OrderChanged.class::cast).filter(it -> it.event().text().startsWith("incident."))
        .map(it -> new IncidentId(it.subject()).number() + " " + it.event().text()).distinct().toList();
  }

  @Test
  void whatEndsByItselfIsOpenedAndResolvedOnce() {
    depot.hears(depot.failed(Depot.SECOND));
    assertThat(events()).as("though no mail is sent").containsExactly("1 incident.opened");
    depot.hears(depot.failed(Depot.SECOND));
    depot.pass(Duration.ofDays(1)).hears(depot.moving(Depot.SECOND));
    assertThat(events()).containsExactly("1 incident.opened", "1 incident.resolved");
    depot.bench.forgetSent();
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(0);
    assertThat(events()).as("said before").isEmpty();
  }

  @Test
  void whatIsSupersededEndsAndWhatIsWorseOpens() {
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(4);
    depot.check(3);
    assertThat(events()).contains("1 incident.opened", "1 incident.resolved", "2 incident.opened")
        .doesNotContain("2 incident.resolved");
  }

  @Test
  void whatPeopleReportAndDecideIsSaid() {
    depot.hears(depot.moving(Depot.SECOND));
    depot.report("k1", "{\"parcel_id\": \"%s\", \"kind\": \"damaged\"}".formatted(Depot.SECOND));
    assertThat(events()).containsExactly("1 incident.opened");
    depot.resolve(FAILED.value(), "k2", "{\"kind\": \"refund\", \"amount\": 100}");
    assertThat(events()).as("its order has not answered").containsExactly("1 incident.opened");
    depot.hears(new RefundAnswered(Depot.ORDER, FAILED.value(), 1, new Money(100, "EUR"), null));
    assertThat(events()).containsExactly("1 incident.opened", "1 incident.resolved");
  }

  @Test
  void aReportThatVanishedBeforeItWasSentIsSentWhenItIsRepeated() {
    String report = "{\"parcel_id\": \"%s\", \"kind\": \"damaged\"}".formatted(Depot.SECOND);
    depot.bench.refuseNextSends(1);
    assertThat(depot.report("k1", report).status()).isEqualTo(503);
    depot.bench.forgetSent();
    assertThat(depot.report("k1", report).status()).isEqualTo(201);
    assertThat(events()).containsExactly("1 incident.opened");
    depot.bench.forgetSent();
    depot.report("k1", report);
    depot.check(0);
    assertThat(events()).as("sent before").isEmpty();
  }

  @Test
  void whoVanishesBeforeItIsSentIsMadeUpForByALaterLook() {
    depot.hears(depot.moving(Depot.SECOND));
    depot.report("k1", "{\"parcel_id\": \"%s\", \"kind\": \"damaged\"}".formatted(Depot.SECOND));
    depot.bench.forgetSent();
    depot.bench.refuseNextSends(1);
    assertThat(
        depot.resolve(FAILED.value(), "k2", "{\"kind\": \"claim\", \"amount\": 1, \"reference\": \"C\"}").status())
        .isEqualTo(503);
    depot.bench.forgetSent();
    depot.pass(Duration.ofHours(1)).check(0);
    assertThat(events()).containsExactly("1 incident.resolved");
  }

  @Test
  void whicheverCallDiesEachEventIsSent() {
    var failed = depot.failed(Depot.SECOND);
    depot.pass(Duration.ofDays(1));
    var moving = depot.moving(Depot.SECOND);
    int deaths = 0;
    for (var news : List.of(failed, moving)) {
      String done;
      do {
        depot.faults.strike(++deaths, deaths % 2 == 0, () -> new IllegalStateException("died"));
        done = Bench.output(new WatchParcelHandler(depot.ports()), depot.bench.sqsEvent(news));
      } while (!done.equals("{\"batchItemFailures\":[]}"));
    }
    assertThat(deaths).isGreaterThan(3);
    assertThat(events()).containsExactly("1 incident.opened", "1 incident.resolved");
    assertThat(EventType.INCIDENT_OPENED).as("a batch of the feed has it before")
        .isLessThan(EventType.INCIDENT_RESOLVED);
  }
}
