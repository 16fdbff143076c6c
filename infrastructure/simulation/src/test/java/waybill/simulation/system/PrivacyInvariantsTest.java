package waybill.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;
import waybill.simulation.world.World;

class PrivacyInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void whatIsPersonalMayStandInAnOrdersContent() {
    watched.write("OrdersTable", "ord_1", "content", """
        {"form": {"customer": {"email": "%s@example.com"}}}""".formatted(World.PERSONAL));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void whatIsPersonalIsFoundInAnyOtherItem() {
    watched.write("OrdersTable", "ord_1", "state", """
        {"stock": {"status": "pending"}, "notes": [{"by": "%s"}]}""".formatted(World.PERSONAL));

    assertThat(watched.findings()).containsExactly("something personal is stored in OrdersTable, in notes");
  }

  @Test
  void whatIsPersonalIsFoundInAKeyOfAnOrdersContent() {
    watched.write("OrdersTable", "ord_1", "content", """
        {"by_customer": "%s", "by_customer_range": "1"}""".formatted(World.PERSONAL));

    assertThat(watched.findings()).containsExactly("something personal is stored in OrdersTable, in by_customer");
  }

  @Test
  void whatIsPersonalIsFoundInAMessage() {
    String queue = watched.world.cloud().queues().keySet().iterator().next();

    watched.world.cloud().send(queue, "{\"name\": \"%s\"}".formatted(World.PERSONAL));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("something personal is sent to " + queue));
  }

  @Test
  void whatIsPersonalIsFoundInALog() {
    watched.world.journal().print("{\"level\": \"INFO\"}");
    assertThat(watched.findings()).isEmpty();

    watched.world.journal().print("{\"reason\": \"no mail for %s\"}".formatted(World.PERSONAL));
    assertThat(watched.findings()).anyMatch(it -> it.startsWith("something personal is logged"));
  }
}
