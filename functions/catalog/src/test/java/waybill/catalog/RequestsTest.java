package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.workbench.RequestSchema;

/** Requests are read as openapi.yaml describes them. */
class RequestsTest {

  @Test
  void aProductIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ProductForm").misfits(
        """
            {"name": "Assam", "weight_grams": 210, "length_mm": 120, "width_mm": 80, "height_mm": 60,
             "requires_shipping": false, "digital": {"kind": "link", "url": "https://assets.example.com/tea.pdf",
             "valid_days": 7, "downloads": 3}, "hs_code": "090240", "origin": "IN", "metadata": {"shelf": "A 7"}, "oversell": {"policy": "refuse"},
             "components": [{"sku": "TEA-200", "quantity": 2, "price_weight": 1990}], "sold_from": "stock", "lot_tracked": false, "expires": false,
             "minimum_life_days": 0, "requires": ["age_18"], "gtin": "4006381333931", "manufacturer_number": "AS 200", "exchange_for": ["TEA-100"],
             "packs": [{"gtin": "14006381333938", "units": 12}], "quality_hold": true, "customs": {"description": "Black tea", "hs_codes": [{"country": "US", "code": "0902400000"}],
             "value": {"amount": 1990, "currency": "EUR"}}}""",
        fields -> Requests.product(new Sku("TEA"), fields))).isEmpty();
  }

  @Test
  void whatIsSoldBeyondStockIsReadAsItIsDescribed() {
    String backorder = "BackorderForm";
    String preorder = "PreorderForm";
    assertThat(RequestSchema.of(backorder).misfits("{\"policy\": \"backorder\", \"limit\": 9}", RequestsTest::oversell))
        .isEmpty();
    assertThat(RequestSchema.of(preorder).misfits("""
        {"policy": "preorder", "limit": 9, "available_from": "2026-12-24T00:00:00Z"}""", RequestsTest::oversell))
        .isEmpty();
    assertThat(RequestSchema.of("ProductForm").misfits("""
        {"name": "Assam", "weight_grams": 210, "length_mm": 120, "width_mm": 80, "height_mm": 60,
         "requires_shipping": false, "digital": {"kind": "link", "url": "https://assets.example.com/tea.pdf",
         "valid_days": 7, "downloads": 3}, "hs_code": "090240", "origin": "IN", "metadata": {"shelf": "A 7"},
         "oversell": {"policy": "backorder", "limit": 9}}""", fields -> Requests.product(new Sku("TEA"), fields)))
        .isNotEmpty();
  }

  private static Oversell oversell(Fields fields) {
    Oversell oversell = Requests.oversellForm(fields);
    fields.verify();
    return oversell;
  }

  @Test
  void howAProductIsDeliveredIsReadAsItIsDescribed() {
    // Parts of a request, and none themselves.
    String link = "DigitalLinkForm";
    String key = "DigitalKeyForm";
    assertThat(RequestSchema.of(link).misfits("""
        {"kind": "link", "url": "https://assets.example.com/tea.pdf", "valid_days": 7, "downloads": 3}""",
        RequestsTest::digital)).isEmpty();
    assertThat(RequestSchema.of(key).misfits("{\"kind\": \"licence_key\", \"low_at\": 5}",
        RequestsTest::digital)).isEmpty();
  }

  private static Digital digital(Fields fields) {
    Digital digital = Requests.digitalForm(fields);
    fields.verify();
    return digital;
  }

  @Test
  void aChannelIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ChannelForm").misfits(ChannelsTest.CHANNEL.replace(
        "{\"code\": \"express\", \"name\": \"Express\"}", CalendarsTest.METHOD).replaceFirst("\\{",
            """
                {"gs1_prefix": "4012345", "customs": {"signer": "Ada Byron", "incoterm": "ddp", "ioss": "IM2760000742", "eori": "DE1234567"},"""),
        fields -> Requests.channel(new ChannelId("de-web"), fields), "/shipping_methods/0/carrier_account",
        "/shipping_methods/0/zones/0/countries", "/shipping_methods/0/zones/0/min_days",
        "/shipping_methods/0/zones/0/max_days")).isEmpty();
  }

  @Test
  void aLocationIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("LocationForm").misfits(
        """
            {"name": "Lager Leipzig", "time_zone": "Europe/Berlin", "latitude": 51.38, "longitude": 12.38, "active": true,
             "stock_pool": "default", "calendar": "saxony", "cut_off": "14:00", "handling_days": 1, "capacity": 120,
             "parcel_price": {"amount": 390, "amount_per_step": 60, "step_grams": 1000, "dimensional_divisor": 5000},
             "address": {"name": "Ada Byron", "company": "Teehaus GmbH", "line1": "Speicherweg 12", "line2": "Tor 3",
                         "city": "Leipzig", "state": "Sachsen", "postal_code": "04129", "country": "DE", "phone": "+49341"}}""",
        fields -> Requests.location(new LocationId("leipzig"), fields))).isEmpty();
  }
}
