package waybill.journeys.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Mails that their addresses cannot take, by SES's simulator: from the topic of the template to the order. */
class MailsThatComeBackTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @BeforeAll
  static void sesReports() {
    assumeTrue(System.getProperty("localstack") == null, "LocalStack's SES knows no configuration set");
  }

  @Test
  void anAddressThatBouncesGetsNoMailUntilSomebodyReleasesIt() {
    var shop = new Shop(CLOUD.get(), "bounced");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 9);
    String order = paid(shop, "1", sku, "bounce+bounced-1@simulator.amazonses.com");

    assertThat(statuses(shop, order)).containsExactly("confirmed bounced");
    assertThat(shop.events(order)).contains("order.mail_failed");
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    assertThat(statuses(shop, order)).containsExactly("confirmed bounced", "shipped suppressed");
    String other = paid(shop, "2", sku, "Bounce+Bounced-1@simulator.amazonses.com");
    assertThat(statuses(shop, other)).as("another order of the same customer").containsExactly("confirmed suppressed");
    assertThat(shop.subjects("1")).hasSize(1);

    JsonNode address = shop.operator.get("/orders/" + order + "/mails").expect(200).json().path("address");
    assertThat(address.path("suppressed").asBoolean()).isTrue();
    String release = "/mail-suppressions/" + address.path("id").asText() + "/release";
    shop.operator.post(release, "{\"note\":\"It works again\"}", "works").expect(200);
    CLOUD.get().clock().advance(Duration.ofSeconds(1));
    shop.scan("out-for-delivery", shop.parcels(order).getFirst());
    shop.rest();
    assertThat(statuses(shop, order)).as("it was sent, and came back again").contains("out_for_delivery bounced");
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void aReaderWhoComplainsGetsNoMoreAndOneWhoseMailboxIsFullStillDoes() {
    var shop = new Shop(CLOUD.get(), "complained");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 9);
    String angry = paid(shop, "1", sku, "complaint+complained-1@simulator.amazonses.com");
    String away = paid(shop, "2", sku, "ooto+complained-2@simulator.amazonses.com");
    shop.cancel(angry).expect(200);
    shop.cancel(away).expect(200);
    shop.rest();
    assertThat(statuses(shop, angry)).containsExactly("confirmed complained", "cancelled suppressed");
    assertThat(statuses(shop, away)).containsExactly("confirmed soft_bounced", "cancelled soft_bounced");
    assertThat(shop.operator.get("/orders/" + away + "/mails").json().at("/address/soft_bounces").asInt()).isEqualTo(2);
  }

  private static String paid(Shop shop, String reference, String sku, String email) {
    ObjectNode form = shop.form(reference, sku, 1);
    form.withObject("/customer").put("email", email);
    String order = shop.place(form);
    shop.pay(reference, 1000);
    shop.rest();
    return order;
  }

  private static List<String> statuses(Shop shop, String order) {
    return Shop.elements(shop.operator.get("/orders/" + order + "/mails").expect(200).json().path("data"))
        .map(it -> it.path("kind").asText() + " " + it.path("status").asText()).toList();
  }

}
