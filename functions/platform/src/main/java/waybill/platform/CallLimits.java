package waybill.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
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
  /** One call with its retries, unless the request has a limit of its own. */
  static final Duration CALL = Duration.ofSeconds(5);

  /** Near the end of an invocation a call gets what is left. @throws Deadline.OutOfTime if that is too little */
  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (Deadline.allows(CALL) || !(context.request() instanceof AwsRequest request)) {
      return context.request();
    }
    AwsRequestOverrideConfiguration own = request.overrideConfiguration()
        .orElseGet(() -> AwsRequestOverrideConfiguration.builder().build());
    Duration time = Deadline.atMost(own.apiCallTimeout().orElse(CALL));
    return request.toBuilder().overrideConfiguration(own.toBuilder().apiCallTimeout(time).build()).build();
  }

  /** Whether AWS was too busy, or did not answer: the same call may succeed a moment later. */
  static boolean isBusy(SdkException e) {
    if (e instanceof SdkServiceException answer) {
      return answer.isThrottlingException() || answer.statusCode() >= 500;
    }
    return e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException
        || Stream.iterate((Throwable) e, it -> it != null, Throwable::getCause).anyMatch(IOException.class::isInstance);
  }
}
