package waybill.platform;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * How long a call to AWS may take. By default the SDK tries DynamoDB up to nine times for a minute, and each attempt may be silent
 * for half a minute: longer than any function lives.
 */
final class CallLimits implements ExecutionInterceptor {
  /** One attempt, for example of a transaction of a hundred items. */
  static final Duration ATTEMPT = Duration.ofSeconds(2);
  /** How long AWS may be silent. A read that waits for the rest of an answer is not interrupted by the other limits. */
  static final Duration SILENCE = Duration.ofSeconds(2);
  /** One call with its retries, unless the request has a limit of its own. */
  static final Duration CALL = Duration.ofSeconds(5);

  /** Near the end of an invocation a call gets what is left. @throws Deadline.OutOfTime if that is too little */
  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (Deadline.allows(CALL.plus(SILENCE)) || !(context.request() instanceof AwsRequest request)) {
      return context.request();
    }
    AwsRequestOverrideConfiguration own = request.overrideConfiguration()
        .orElseGet(() -> AwsRequestOverrideConfiguration.builder().build());
    Duration time = Deadline.atMost(own.apiCallTimeout().orElse(CALL).plus(SILENCE)).minus(SILENCE);
    if (!time.isPositive()) {
      throw new Deadline.OutOfTime();
    }
    return request.toBuilder().overrideConfiguration(own.toBuilder().apiCallTimeout(time).build()).build();
  }

  /** Whether AWS was too busy, or gave no answer, or half of one: the same call may succeed a moment later. */
  static boolean isBusy(SdkException e) {
    return !(e instanceof AwsServiceException answer) || answer.isThrottlingException() || answer.statusCode() >= 500
        || answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null;
  }
}
