package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Sku;
import waybill.workbench.Faults;

class AdjustStockTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void stockThatComesIsForSaleAtOnce() {
    depot.holds(TEA, BERLIN, 5);

    Answer answer = depot.adjust(TEA, "k-1",
        "{\"location_id\":\"leipzig\",\"quantity\":7,\"reason\":\"received\",\"note\":\"PO 17\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat((String) answer.body().remove("adjustment_id")).startsWith("adj_");
    assertThat(answer.body()).isEqualTo(depot.getStock(TEA).body());
    assertThat(answer.text()).contains(
        """
            "sku":"TEA-200","pools":[{"pool":"default","available":12,"reserved":0,"backordered":0,"incoming":0,\
            "safety_stock":0,"low_stock":0,"shortfall":0}],"locations":[{"location_id":"berlin","on_hand":5,"allocated":0,"available":5,\
            "damaged":0,"quarantined":0,"in_transit":0,"shortfall":0},{"location_id":"leipzig","on_hand":7,"allocated":0,"available":7,\
            "damaged":0,"quarantined":0,"in_transit":0,"shortfall":0}]}""");
  }

  @Test
  void theRecordSaysWhoDidItAndWhy() {
    depot.adjust(TEA, "k-1",
        "{\"location_id\":\"berlin\",\"quantity\":7,\"reason\":\"found\",\"note\":\"behind shelf 3\"}");

    assertThat(depot.bench.items("inventory")).anySatisfy(item -> {
      assertThat(item.get("sk").s()).isEqualTo("adjustment");
      assertThat(item.get("actor").s()).isEqualTo("ada");
      assertThat(item.get("reason").s()).isEqualTo("found");
      assertThat(item.get("note").s()).isEqualTo("behind shelf 3");
      assertThat(item.get("quantity").n()).isEqualTo("7");
    });
  }

  @Test
  void anAdjustmentSentTwiceIsMadeOnceAndAnsweredTheSame() {
    String body = "{\"location_id\":\"berlin\",\"quantity\":7,\"reason\":\"received\"}";

    Answer first = depot.adjust(TEA, "k-1", body);
    Answer second = depot.adjust(TEA, "k-1", body);

    assertThat(second).isEqualTo(first);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(7, 0, 7, 0));
  }

  @Test
  void anIdempotencyKeyIsForOneAdjustment() {
    depot.adjust(TEA, "k-1", "{\"location_id\":\"berlin\",\"quantity\":7,\"reason\":\"received\"}");

    Answer otherQuantity = depot.adjust(TEA, "k-1",
        "{\"location_id\":\"berlin\",\"quantity\":8,\"reason\":\"received\"}");
    Answer otherSku = depot.adjust(MUG, "k-1", "{\"location_id\":\"berlin\",\"quantity\":7,\"reason\":\"received\"}");

    assertThat(List.of(otherQuantity, otherSku)).allSatisfy(it -> {
      assertThat(it.status()).isEqualTo(422);
      assertThat(it.body()).containsEntry("code", "idempotency_key_reused");
    });
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(7, 0, 7, 0));
    assertThat(depot.getStock(MUG).text()).contains("\"pools\":[],\"locations\":[]");
  }

  @Test
  void moreThanLiesThereCannotBeTakenAway() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 5);

    Answer answer = depot.adjust(TEA, "k-1", "{\"location_id\":\"berlin\",\"quantity\":-6,\"reason\":\"lost\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).containsEntry("code", "insufficient_stock").containsEntry("available", 5L);
    assertThat(answer.body().get("detail")).isEqualTo("5 units are on hand there: not so many can be lost");
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
    assertThat(depot.adjust(TEA, "k-1", "{\"location_id\":\"berlin\",\"quantity\":-5,\"reason\":\"lost\"}").status())
        .as("what was refused left no trace").isEqualTo(201);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void aCounterHasAnUpperLimit() {
    depot.holds(TEA, BERLIN, 1_000_000_000).holds(TEA, BERLIN, 1_000_000_000);

    Answer berlin = depot.adjust(TEA, "k-1", "{\"location_id\":\"berlin\",\"quantity\":1,\"reason\":\"received\"}");
    Answer poolOnly = depot.adjust(TEA, "k-2", "{\"location_id\":\"leipzig\",\"quantity\":1,\"reason\":\"received\"}");

    assertThat(List.of(berlin, poolOnly)).allSatisfy(it -> {
      assertThat(it.status()).isEqualTo(409);
      assertThat(it.body()).containsEntry("code", "stock_limit");
    });
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceAndChangesNothing() {
    Answer answer = depot.adjust(TEA, "k-1",
        "{\"location_id\":\"atlantis\",\"quantity\":0,\"reason\":\"boredom\",\"colour\":\"red\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).contains("\"pointer\":\"/location_id\",\"code\":\"unknown_location\"", "/quantity",
        "/reason", "/colour");
    assertThat(depot.adjust(TEA, "k-1", "{}").text()).contains("/location_id", "/quantity", "/reason");
    for (String quantity : List.of("1.5", "\"7\"", "null", "1000000001", "-1000000001", "1e30",
        "99999999999999999999")) {
      assertThat(depot.adjust(TEA, "k-1",
          "{\"location_id\":\"berlin\",\"quantity\":%s,\"reason\":\"received\"}".formatted(quantity)).status())
          .isEqualTo(422);
    }
    assertThat(depot.adjust(TEA, "k-1", "{").status()).isEqualTo(400);
    assertThat(
        depot.adjust(TEA, Map.of(), "{\"location_id\":\"berlin\",\"quantity\":1,\"reason\":\"received\"}").status())
        .isEqualTo(400);
    assertThat(depot.bench.items("inventory")).isEmpty();
  }

  @Test
  void thereIsNoStockOfWhatIsNotInTheCatalog() {
    assertThat(
        depot.adjust(new Sku("NOTHING"), "k-1", "{\"location_id\":\"berlin\",\"quantity\":1,\"reason\":\"received\"}")
            .status())
        .isEqualTo(404);
    assertThat(depot.getStock(new Sku("NOTHING")).status()).isEqualTo(404);
    assertThat(depot.getStock(TEA).text()).isEqualTo("{\"sku\":\"TEA-200\",\"pools\":[],\"locations\":[]}");
  }

  @Test
  void whateverCallDiesTheAdjustmentIsMadeOnceWhenItIsSentAgain() {
    String body = "{\"location_id\":\"berlin\",\"quantity\":7,\"reason\":\"received\"}";
    var faults = new Faults();
    DynamoDbClient sound = depot.dynamo;
    for (int call = 1; call <= 6; call++) {
      for (boolean afterItsEffect : new boolean[]{false, true}) {
        String key = "k-%d-%s".formatted(call, afterItsEffect);
        depot.dynamo = faults.in(DynamoDbClient.class, sound);
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
        assertThat(depot.adjust(TEA, key, body).status()).isEqualTo(500);
        faults.stop();
        assertThat(depot.adjust(TEA, key, body).status()).isEqualTo(201);
      }
    }
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(84, 0, 84, 0));
  }

  @Test
  void aBusyCounterIsTriedAgain() {
    depot.dynamo = new UnluckyDynamo(depot.bench.dynamo(), 0.5, 7);

    for (int i = 0; i < 10; i++) {
      depot.holds(TEA, BERLIN, 1);
    }

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(10, 0, 10, 0));
  }
}
