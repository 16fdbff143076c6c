package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.shipping.carrier.LabelFormat;

class EasyPostLabelsTest {
  /** As long as EasyPost's are. */
  private static final String URL = "https://easypost-files.s3.us-west-2.amazonaws.com/files/postage_label/20250509/"
      + "e8047d1b0deaa44237803e2a676a7fb3a1.png";

  @Test
  void theAddressOfAFileIsLongerThanAName() {
    assertThat(URL).hasSizeGreaterThan(100);
    var shipment = Map.<String, Object>of("postage_label", Map.of("label_url", URL, "label_file_type", "image/png"));

    assertThat(EasyPostLabels.address(shipment, LabelFormat.PNG)).contains(URL);
    assertThat(EasyPostLabels.address(shipment, LabelFormat.ZPL)).isEmpty();
    assertThat(EasyPostLabels.address(Map.of(), LabelFormat.PNG)).isEmpty();
  }
}
