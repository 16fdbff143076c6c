package waybill.local.sdk;

import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Tells the {@link CallWatch} of each call and throws what it asks for. The SDK finds it by its
 * {@code execution.interceptors} resource, in the loader of the function, so what is thrown is of the function's own classes.
 */
public final class CallInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<Integer> NUMBER = new ExecutionAttribute<>("WaybillCallNumber");
  private static final int BAD_REQUEST = 400;
  /** No client of a function waits for longer; which limit it has is not seen from here. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    CallWatch watch = CallWatch.current();
    if (watch != null) {
      String operation = operation(attributes);
      attributes.putAttribute(NUMBER, watch.begins(operation,
          Permissions.of(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME), operation, context.request())));
    }
  }

  /** After a stall there is time for another attempt then. */
  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    CallWatch watch = CallWatch.current();
    if (watch == null || watch.timeFactor() == 1 || !(context.request() instanceof AwsRequest request)) {
      return context.request();
    }
    AwsRequestOverrideConfiguration own = request.overrideConfiguration()
        .orElseGet(() -> AwsRequestOverrideConfiguration.builder().build());
    Duration limit = own.apiCallTimeout().orElse(LONGEST).multipliedBy(watch.timeFactor());
    return request.toBuilder().overrideConfiguration(own.toBuilder().apiCallTimeout(limit).build()).build();
  }

  /** Once an attempt, so that the SDK's own retries meet the failure as they would meet the service's. */
  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
    CallWatch watch = CallWatch.current();
    if (watch != null) {
      fail(watch.before(attributes.getAttribute(NUMBER), operation(attributes)), context.request(), attributes);
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    CallWatch watch = CallWatch.current();
    if (watch != null) {
      String kind;
      try {
        kind = watch.after(attributes.getAttribute(NUMBER), operation(attributes));
      } catch (Error killed) {
        hangUp(context);
        throw killed;
      }
      if (!kind.isEmpty()) {
        hangUp(context);
      }
      fail(kind, context.request(), attributes);
    }
  }

  /**
   * Nobody will read the answer. A process that dies takes its connections with it; here the clients live on, as all instances of a
   * function share them, and after some deaths their pool would be empty.
   */
  private static void hangUp(Context.AfterTransmission context) {
    context.responseBody().ifPresent(body -> {
      try (body) {
        if (body instanceof Abortable answer) {
          answer.abort();
        }
      } catch (IOException _) {
        // It is gone, as it should be.
      }
    });
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  private static void fail(String kind, SdkRequest request, ExecutionAttributes attributes) {
    switch (kind) {
      case "" -> {
        // The call goes its way.
      }
      case "fail_before" -> throw SdkClientException.create("Made up: the request did not go out");
      case "fail_after" -> throw SdkClientException.create("Made up: the answer was lost");
      case "timeout" -> throw ApiCallTimeoutException.builder().message("Made up: no answer in time").build();
      case "throttle" -> throw throttled(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
      case "conflict" -> throw DynamoFailures.conflict(request);
      default -> throw new IllegalStateException("there is no failure " + kind);
    }
  }

  private static AwsServiceException throttled(String service) {
    return switch (service) {
      case "DynamoDb" -> DynamoFailures.throttled();
      case "Sqs" -> answered(SqsException.builder(), "RequestThrottled");
      case "Ses" -> answered(AwsServiceException.builder(), "Throttling");
      default -> answered(AwsServiceException.builder(), "ThrottlingException");
    };
  }

  static AwsServiceException answered(AwsServiceException.Builder exception, String code) {
    String text = "Made up: " + code;
    return exception.message(text).statusCode(BAD_REQUEST).awsErrorDetails(AwsErrorDetails.builder().errorCode(code)
        .errorMessage(text).build()).build();
  }
}
