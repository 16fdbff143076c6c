package waybill.simulation.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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
  private final List<BiConsumer<SendEmailRequest, String>> listeners = new ArrayList<>();

  public SimulatedSes(Boundary boundary) {
    this.boundary = boundary;
  }

  @Override
  public SendEmailResponse sendEmail(SendEmailRequest request) {
    return boundary.call(SEND, _ -> {
      sent.add(request);
      String id = "mail-" + sent.size();
      listeners.forEach(it -> it.accept(request, id));
      return SendEmailResponse.builder().messageId(id).build();
    }, SimulatedSes::refusal);
  }

  /** Somebody hears of each mail as it is sent, and what SES calls it. */
  public void onSent(BiConsumer<SendEmailRequest, String> listener) {
    listeners.add(listener);
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
