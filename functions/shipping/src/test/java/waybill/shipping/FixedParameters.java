package waybill.shipping;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** A parameter store that holds what a test puts into it. */
final class FixedParameters implements SsmClient {
  private final Map<String, String> values = new HashMap<>();

  FixedParameters with(String name, String value) {
    values.put(name, value);
    return this;
  }

  @Override
  public GetParameterResponse getParameter(GetParameterRequest request) {
    String value = values.get(request.name());
    if (value == null || !request.withDecryption()) {
      throw ParameterNotFoundException.builder().build();
    }
    return GetParameterResponse.builder().parameter(it -> it.name(request.name()).value(value)).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
