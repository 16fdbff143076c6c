package waybill.local;

import java.net.URI;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Secrets in a Parameter Store elsewhere. */
final class ParametersElsewhere implements AutoCloseable {
  private final SsmClient client;

  ParametersElsewhere(URI endpoint) {
    client = SsmClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build();
  }

  void put(String name, String value) {
    client.putParameter(it -> it.name(name).value(value).type(ParameterType.SECURE_STRING).overwrite(true));
  }

  @Override
  public void close() {
    client.close();
  }
}
