package waybill.local.parameters;

import java.net.URI;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import waybill.local.machine.Listeners;

/** Secrets in a Parameter Store elsewhere. */
public final class ParametersElsewhere implements AutoCloseable {
  private final SsmClient client;

  public ParametersElsewhere(URI endpoint) {
    client = SsmClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build();
  }

  public void put(String name, String value) {
    client.putParameter(it -> it.name(name).value(value).type(ParameterType.SECURE_STRING).overwrite(true));
  }

  @Override
  public void close() {
    client.close();
  }
}
