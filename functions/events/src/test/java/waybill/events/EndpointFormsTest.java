package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.messages.EndpointId;
import waybill.platform.Fields;
import waybill.workbench.RequestSchema;

/** Each request's schema in openapi.yaml against its reader. */
class EndpointFormsTest {

  @Test
  void anEndpointIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("WebhookEndpointForm").misfits("""
        {"url": "https://hooks.example.com/a?b=c", "types": ["order.placed"], "description": "ERP", "active": true}""",
        EndpointFormsTest::endpoint)).isEmpty();
  }

  private static WebhookEndpoint endpoint(Fields fields) {
    WebhookEndpoint endpoint = EndpointForms.endpoint(new EndpointId("erp"), fields, false);
    fields.verify();
    return endpoint;
  }

  @Test
  void aSecretIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("SecretForm").misfits("""
        {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""", EndpointForms::secret)).isEmpty();
  }

  @Test
  void aRangeIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("RedeliveryForm").misfits("""
        {"from": "2026-11-22T09:00:00Z", "to": "2026-11-22T10:00:00Z"}""", EndpointForms::range)).isEmpty();
  }
}
