package waybill.simulation.cloud;

import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Fault;

/** The parameter store. */
public final class SimulatedSsm implements SsmClient {
  private final Map<String, String> secrets;
  private final Boundary boundary;

  public SimulatedSsm(Map<String, String> secrets, Boundary boundary) {
    this.secrets = secrets;
    this.boundary = boundary;
  }

  @Override
  public GetParameterResponse getParameter(GetParameterRequest request) {
    return boundary.call(new Call(Service.SSM, "GetParameter", request.name()), _ -> {
      if (!secrets.containsKey(request.name())) {
        throw ParameterNotFoundException.builder().message("simulated: there is none").build();
      }
      return GetParameterResponse.builder().parameter(it -> it.name(request.name()).value(secrets.get(request.name())))
          .build();
    }, SimulatedSsm::refusal);
  }

  private static RuntimeException refusal(Fault fault) {
    return fault == Fault.THROTTLED
        ? SsmException.builder().message("simulated: too much at once").statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().serviceName("Ssm").errorCode("ThrottlingException").build())
            .build()
        : SdkClientException.create("simulated: no answer");
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
