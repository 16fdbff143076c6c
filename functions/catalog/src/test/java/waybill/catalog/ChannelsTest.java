package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.catalog.Desk.Answer;
import waybill.messages.ChannelId;
import waybill.messages.WithoutMulticapture;

class ChannelsTest {
  static final String CHANNEL = """
      {"name": "Webshop", "currencies": ["EUR", "KWD"], "locale": "de-DE", "time_zone": "Europe/Berlin", "mail_sender": "shop@example.com", "livemode": true,
       "payment_accounts": [{"provider": "stripe", "account": "shop-eu", "without_multicapture": "capture_all_at_first"}], "carrier_accounts": [{"carrier": "ups", "account": "parcels-eu"}], "stock_pool": "europe", "minutes_to_pay": 45, "capture": "on_dispatch",
       "pay_url": "https://shop.example/pay/{reference}?order={order_id}", "payment_reminder_minutes": 15,
       "shipping_methods": [{"code": "express", "name": "Express"}],
       "brand": {"sender_name": "Teehaus, Köln", "reply_to": "help@example.com", "color": "#0A7f5c", "logo_url": "https://cdn.example.com/logo@2x.png?v=3",
                 "imprint": "Teehaus GmbH\\nSpeicherweg 12, Leipzig"}}""";
  private static final String SMALLEST = """
      {"name": "Webshop", "currencies": ["EUR"], "locale": "en", "time_zone": "UTC", "mail_sender": "shop@example.com"}""";

  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aChannelIsReadAsItWasPut() {
    Answer put = desk.putChannel("de-web", CHANNEL);

    assertThat(put.status()).isEqualTo(201);
    assertThat(put.body()).isEqualTo(desk.getChannel("de-web").body());
    assertThat(put.body()).containsEntry("id", "de-web").containsEntry("currencies", List.of("EUR", "KWD"))
        .containsEntry("livemode", true)
        .containsEntry("payment_accounts", List.of(Map.of("provider", "stripe",
            "account", "shop-eu", "without_multicapture", "capture_all_at_first")))
        .containsEntry("carrier_accounts", List.of(Map.of("carrier", "ups", "account", "parcels-eu")))
        .containsEntry("stock_pool", "europe")
        .containsEntry("minutes_to_pay", 45L).containsEntry("payment_reminder_minutes", 15L)
        .containsEntry("pay_url", "https://shop.example/pay/{reference}?order={order_id}")
        .containsEntry("capture", "on_dispatch")
        .containsEntry("shipping_methods",
            List.of(Map.of("code", "express", "name", "Express", "age_check", 0L, "zones", List.of())))
        .containsEntry("brand",
            Map.of("sender_name", "Teehaus, Köln", "reply_to", "help@example.com", "color", "#0A7f5c", "logo_url",
                "https://cdn.example.com/logo@2x.png?v=3", "imprint", "Teehaus GmbH\nSpeicherweg 12, Leipzig"))
        .containsEntry("revision", 1L);
  }

  @Test
  void whatIsLeftOutHasAHarmlessValue() {
    assertThat(desk.putChannel("de-web", SMALLEST).body()).containsEntry("livemode", false)
        .containsEntry("stock_pool", "default")
        .containsEntry("minutes_to_pay", 30L).containsEntry("payment_reminder_minutes", 0L)
        .doesNotContainKey("pay_url").containsEntry("capture", "manual")
        .containsEntry("payment_accounts", List.of()).containsEntry("carrier_accounts", List.of())
        .containsEntry("brand", Map.of("color", "#1f5f99"));
    assertThat(desk.putChannel("de-web", SMALLEST.replace("}", ", \"brand\": {\"color\": null}}")).body())
        .containsEntry("brand", Map.of("color", "#1f5f99")).containsEntry("revision", 1L);
  }

  @Test
  void aChannelThatWasPutBeforeThereWereBrandsHasThePlainOne() {
    desk.putChannel("de-web", SMALLEST);
    desk.bench.dynamo().updateItem(it -> it.tableName("catalog").updateExpression("REMOVE brand")
        .key(Map.of("pk", AttributeValue.fromS("channel#de-web"), "sk", AttributeValue.fromS("channel"))));

    assertThat(desk.getChannel("de-web").body()).containsEntry("brand", Map.of("color", "#1f5f99"));
    assertThat(desk.putChannel("de-web", SMALLEST).body()).as("nothing has changed").containsEntry("revision", 1L);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "color|\"red\"|invalid", "color|\"#12345\"|invalid", "color|7|wrong_type", "sender_name|\"\"|empty",
    "reply_to|\"shop\"|invalid", "reply_to|\"a@example.com, b@example.com\"|invalid",
    "logo_url|\"http://example.com/a.png\"|invalid", "logo_url|\"https://example.com\"|invalid",
    "logo_url|\"https://localhost/a.png\"|invalid", "logo_url|\"https://me:pw@example.com/a.png\"|invalid",
    "logo_url|\"https://example.com/a.png\\\" onerror=\\\"x\"|invalid", "logo_url|\"javascript:alert(1)\"|invalid",
    "imprint|[]|wrong_type", "colour|\"#123456\"|unknown"})
  void aBrandThatAMailCannotShowIsRefusedByItsFieldAndRule(String field, String value, String code) {
    assertThat(
        desk.putChannel("de-web", SMALLEST.replace("}", ", \"brand\": {\"%s\": %s}}".formatted(field, value))).errors())
        .containsExactly("/brand/%s %s".formatted(field, code));
  }

  @Test
  void aBrandHasLimits() {
    for (String brand : List.of("\"sender_name\": \"" + "x".repeat(65), "\"imprint\": \"" + "x".repeat(1_001),
        "\"logo_url\": \"https://example.com/" + "x".repeat(500))) {
      assertThat(desk.putChannel("de-web", SMALLEST.replace("}", ", \"brand\": {" + brand + "\"}}")).errors())
          .as("%.40s", brand).hasSize(1);
    }
    assertThat(desk.putChannel("de-web", SMALLEST.replace("}", ", \"brand\": \"blue\"}")).errors())
        .containsExactly("/brand wrong_type");
  }

  @Test
  void aLiveChannelCannotNameTheCarrierThatIsAStandIn() {
    String standIn = SMALLEST.replace("}", ", \"carrier_accounts\": [{\"carrier\": \"ups\", \"account\": \"a\"},"
        + " {\"carrier\": \"table_rate\", \"account\": \"built-in\"}], \"livemode\": %s}");

    assertThat(desk.putChannel("demo", standIn.formatted(false)).status()).isEqualTo(201);
    Answer live = desk.putChannel("de-web", standIn.formatted(true));
    assertThat(live.status()).isEqualTo(422);
    assertThat(live.errors()).containsExactly("/carrier_accounts/1/carrier stand_in");
  }

  @Test
  void everyFieldThatIsWrongIsToldAtOnce() {
    Answer answer = desk.putChannel("de-web",
        """
            {"name": 7, "currencies": ["EUR", "EURO", 3, "XAU"], "locale": "german!", "time_zone": "Berlin", "mail_sender": "shop", "livemode": 1,
             "payment_accounts": [{"provider": "Stripe", "secret": "x"}, "shop-eu"],
             "carrier_accounts": [{"carrier": "UPS"}, 1], "stock_pool": "Europe", "minutes_to_pay": 0, "capture": "later",
             "pay_url": "https://shop.example/pay", "payment_reminder_minutes": -1,
             "shipping_methods": {}, "currency": "EUR"}""");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errors()).containsExactlyInAnyOrder("/name wrong_type", "/currencies/1 invalid",
        "/currencies/2 wrong_type", "/currencies/3 invalid",
        "/locale invalid", "/time_zone invalid", "/mail_sender invalid", "/livemode wrong_type",
        "/payment_accounts/0/provider invalid",
        "/payment_accounts/0/account required", "/payment_accounts/0/secret unknown", "/payment_accounts/1 wrong_type",
        "/carrier_accounts/0/carrier invalid", "/carrier_accounts/0/account required", "/carrier_accounts/1 wrong_type",
        "/stock_pool invalid",
        "/minutes_to_pay out_of_range", "/pay_url invalid", "/payment_reminder_minutes out_of_range",
        "/capture unknown_value", "/shipping_methods wrong_type", "/currency unknown");
    assertThat(desk.getChannel("de-web").status()).isEqualTo(404);
  }

  @Test
  void aChannelNeedsACurrency() {
    assertThat(desk.putChannel("de-web", SMALLEST.replace("[\"EUR\"]", "[]")).errors())
        .containsExactly("/currencies wrong_count");
    assertThat(desk.putChannel("de-web", SMALLEST.replace("[\"EUR\"]", "null")).errors())
        .containsExactly("/currencies required");
    assertThat(desk.putChannel("de-web", SMALLEST.replace("[\"EUR\"]", "\"EUR\"")).errors())
        .containsExactly("/currencies wrong_type");
    assertThat(desk.putChannel("de-web", "{}").errors()).containsExactly("/name required", "/currencies required",
        "/locale required", "/time_zone required",
        "/mail_sender required");
  }

  @Test
  void aLocaleNamesALanguage() {
    for (String locale : List.of("", "und", "-DE", "de-x" + "-aaaaaaaa".repeat(50_000))) {
      assertThat(desk.putChannel("de-web", SMALLEST.replace("\"en\"", "\"" + locale + "\"")).errors())
          .as("%.40s", locale)
          .containsExactly("/locale invalid");
    }
  }

  @Test
  void aMailAddressIsRefusedHoweverLongAndStrangeItIs() {
    for (String address : List.of("a@", "@example.com", "a@b@c", "a b@example.com", "a@example.com\\n",
        "a@x\\r\\nBcc: all@example.com", "a@b.", "shop@localhost", "shop..de@example.com", "shop@m\u00fcller.de",
        "a@" + "b.".repeat(200_000) + "c", "x".repeat(65) + "@example.com", "a@" + "b".repeat(300))) {
      assertThat(desk.putChannel("de-web", SMALLEST.replace("shop@example.com", address)).errors()).as("%.40s", address)
          .containsExactly("/mail_sender invalid");
    }
  }

  @Test
  void aChangeOfARevisionThatIsNotTheNewestIsRefused() {
    desk.putChannel("de-web", CHANNEL);

    assertThat(desk.putChannel("de-web", Map.of("if-match", "\"7\""), SMALLEST).status()).isEqualTo(412);
    assertThat(desk.putChannel("de-web", Map.of("if-match", "\"1\""), SMALLEST).headers()).containsEntry("etag",
        "\"2\"");
    assertThat(desk.putChannel("de-web", Map.of(), CHANNEL).headers()).containsEntry("etag", "\"3\"");
  }

  @Test
  void whatIsNoChannelIsNotFound() {
    assertThat(desk.getChannel("de-web").status()).isEqualTo(404);
    assertThat(desk.getChannel("De Web").status()).isEqualTo(404);
    assertThat(desk.putChannel("De_Web", CHANNEL).status()).isEqualTo(404);
  }

  @Test
  void othersReadTheChannel() {
    desk.putChannel("de-web", CHANNEL);
    var catalog = new Catalog(desk.bench.ports());

    assertThat(catalog.channel(new ChannelId("de-web"))).get().satisfies(it -> {
      assertThat(it.capture()).isEqualTo(Channel.Capture.ON_DISPATCH);
      assertThat(it.paymentAccounts()).containsExactly(new Channel.PaymentAccount("stripe", "shop-eu",
          WithoutMulticapture.CAPTURE_ALL_AT_FIRST));
    });
    assertThat(catalog.channel(new ChannelId("fr-web"))).isEmpty();
  }
}
