package waybill.payments;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** A parameter store with one parameter, or none. */
final class OneParameter implements SsmClient {
  private final String name;
  private String value;
  private int reads;

  OneParameter(String name, String value) {
    this.name = name;
    this.value = value;
  }

  void put(String changed) {
    value = changed;
  }

  int reads() {
    return reads;
  }

  @Override
  public GetParameterResponse getParameter(GetParameterRequest request) {
    reads++;
    if (value == null || !request.name().equals(name) || !request.withDecryption()) {
      throw ParameterNotFoundException.builder().build();
    }
    return GetParameterResponse.builder().parameter(it -> it.name(name).value(value)).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
