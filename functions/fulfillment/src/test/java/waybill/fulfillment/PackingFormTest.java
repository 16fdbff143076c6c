package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.workbench.RequestSchema;

class PackingFormTest {

  @Test
  void parcelsAreReadAsOpenapiDescribesThem() {
    var id = FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1);
    List<LineQuantity> lines = List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA"), 2));
    assertThat(RequestSchema.of("PackingForm").misfits(
        """
            {"with_parcel": "par_8wbx56kav7d3kerhkfart51jp5_1_1", "alone": true,
             "parcels": [{"lines": [{"line_id": "line_1", "quantity": 2}], "weight_grams": 620, "length_mm": 300,
                          "width_mm": 200, "height_mm": 150, "carrier": "DHL", "tracking_number": "00340434161094042557"}]}""",
        fields -> List.of(PackFulfillmentHandler.Form.read(fields), Packing.read(id, lines, 1, fields)),
        "/parcels", "/parcels/0/carrier", "/parcels/0/tracking_number")).isEmpty();
  }
}
