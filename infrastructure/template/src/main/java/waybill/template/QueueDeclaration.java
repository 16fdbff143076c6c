package waybill.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue as declared. Attributes that are not declared have AWS's defaults. */
public record QueueDeclaration(String name, int visibilitySeconds, int delaySeconds, int retentionSeconds,
    int waitSeconds,
    Optional<Redrive> redrive) {

  /** The longest that SQS hides a message. */
  private static final int MOST_VISIBILITY_SECONDS = 43_200;

  /** After so many receives a message goes to the queue named. */
  public record Redrive(String deadLetterQueue, int maxReceiveCount) {}

  static QueueDeclaration of(String name, Props queue) {
    Optional<Redrive> redrive = Optional.empty();
    if (queue.has("RedrivePolicy")) {
      Props policy = queue.child("RedrivePolicy").only("deadLetterTargetArn", "maxReceiveCount");
      String arn = policy.text("deadLetterTargetArn");
      redrive = Optional.of(new Redrive(nameOf(arn), policy.number("maxReceiveCount", 10)));
    }
    return new QueueDeclaration(name, queue.number("VisibilityTimeout", 30), queue.number("DelaySeconds", 0),
        queue.number("MessageRetentionPeriod", 345_600), queue.number("ReceiveMessageWaitTimeSeconds", 0), redrive);
  }

  static String nameOf(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** The same queue, which hides a message for so many times as long, as far as SQS can. */
  public QueueDeclaration hidingLonger(int factor) {
    return new QueueDeclaration(name,
        (int) Math.min(MOST_VISIBILITY_SECONDS, Math.multiplyFull(visibilitySeconds, factor)), delaySeconds,
        retentionSeconds, waitSeconds, redrive);
  }

  public String arn() {
    return Stack.arn("sqs", name);
  }

  /** @param arns from the name of a queue that is there to its ARN */
  public Map<QueueAttributeName, String> attributes(UnaryOperator<String> arns) {
    Map<QueueAttributeName, String> attributes = new LinkedHashMap<>();
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(visibilitySeconds));
    attributes.put(QueueAttributeName.DELAY_SECONDS, String.valueOf(delaySeconds));
    attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, String.valueOf(retentionSeconds));
    attributes.put(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, String.valueOf(waitSeconds));
    redrive.ifPresent(it -> attributes.put(QueueAttributeName.REDRIVE_POLICY, "{\"deadLetterTargetArn\":\""
        + arns.apply(it.deadLetterQueue()) + "\",\"maxReceiveCount\":" + it.maxReceiveCount() + "}"));
    return attributes;
  }
}
