package waybill.simulation.cloud;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendEmailRequest;
import software.amazon.awssdk.services.ses.model.SendEmailResponse;
import software.amazon.awssdk.services.ses.model.SesException;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Fault;

/** The mail service: it keeps what it has sent, and sends again what it is asked for again. */
public final class SimulatedSes implements SesClient {
  public static final Call SEND = new Call(Service.SES, "SendEmail", "mail");

  private final Boundary boundary;
  private final List<SendEmailRequest> sent = new ArrayList<>();

  public SimulatedSes(Boundary boundary) {
    this.boundary = boundary;
  }

  @Override
  public SendEmailResponse sendEmail(SendEmailRequest request) {
    return boundary.call(SEND, _ -> {
      sent.add(request);
      return SendEmailResponse.builder().messageId("mail-" + sent.size()).build();
    }, SimulatedSes::refusal);
  }

  public List<SendEmailRequest> sent() {
    return sent;
  }

  private static RuntimeException refusal(Fault fault) {
    return fault == Fault.THROTTLED
        ? SesException.builder().message("simulated: too much at once").statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().serviceName("Ses").errorCode("Throttling").build()).build()
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
