package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.Choreography.WatchParcel;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.ReturnAnswered;
import waybill.messages.ReturnMessages.ReturnApproved;
import waybill.messages.ReturnMessages.ReturnAsked;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** A person has decided about an incident that what is in its parcel comes back. */
class AskedReturnTest {
  private static final String DONE = "{\"batchItemFailures\":[]}";
  private static final String CAUSE = "inc_" + Counter.PARCEL.value().substring("par_".length()) + "_1";
  private static final ReturnId FIRST = ReturnId.of(Counter.ORDER, 1);
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private ReturnAnswered ask(int number, boolean broughtBack) {
    var asked = new ReturnAsked(Counter.ORDER, Counter.PARCEL, CAUSE, number, broughtBack, "ops",
        counter.bench.clock().instant());
    counter.bench.forgetSent();
    for (int times = 0; times < 2; times++) {
      assertThat(Bench.output(new OpenReturnHandler(counter.bench.ports()), counter.bench.sqsEvent(asked)))
          .isEqualTo(DONE);
    }
    assertThat(counter.bench.sentTo(WatchParcel.class)).as("each asking is answered").hasSize(2);
    return (ReturnAnswered) counter.bench.sentTo(WatchParcel.class).getFirst();
  }

  private List<?> returns() {
    return (List<?>) counter.returns().get("data");
  }

  @Test
  void whatCameDamagedIsSentBackByItsCustomerWhoHearsHow() {
    counter.isDelivered();
    assertThat(ask(1, false)).isEqualTo(new ReturnAnswered(Counter.ORDER, CAUSE, 1, FIRST, null));
    assertThat(counter.bench.sentTo(NotifyCustomer.class)).allSatisfy(it -> assertThat(it)
        .isInstanceOf(ReturnApproved.class));
    assertThat(counter.bench.sentTo(RecordEvents.class)).isNotEmpty();
    Map<String, Object> made = Json.object(returns().getFirst());
    assertThat(returns()).as("asked twice").hasSize(1);
    assertThat(made).containsEntry("status", "approved").containsEntry("source", "requested");
    assertThat((List<?>) made.get("lines")).hasSize(3);
    assertThat(ask(2, false).opened()).as("asked later, too").isEqualTo(FIRST);
  }

  @Test
  void whatItsCarrierBringsIsOneReturnWhoeverSaysSoFirst() {
    counter.leaves();
    assertThat(ask(1, true).opened()).isEqualTo(FIRST);
    assertThat(counter.bench.sentTo(NotifyCustomer.class)).as("its customer has nothing to send").isEmpty();
    counter.comesBack();
    assertThat(returns()).hasSize(1);
    assertThat(Json.object(returns().getFirst())).containsEntry("source", "returned_to_sender");
  }

  @Test
  void whatCannotComeBackIsRefusedByItsReason() {
    counter.leaves();
    ReturnAnswered refused = ask(1, false);
    assertThat(refused.opened()).isNull();
    assertThat(refused.refused()).isEqualTo("it was not delivered, so its customer cannot send it");
    assertThat(refused.number()).isEqualTo(1);
    assertThat(returns()).isEmpty();
  }
}
