package waybill.local.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class CallInterceptorTest {
  private static final SendMessageRequest LIMITED = SendMessageRequest.builder().queueUrl("http://localhost/1/queue")
      .overrideConfiguration(it -> it.apiCallTimeout(Duration.ofSeconds(2))).build();

  @AfterEach
  void noInvocationRunsHereAnyMore() {
    CallWatch.set(null);
  }

  @Test
  void whereTheMachineMayStallACallHasAsManyTimesItsOwnLimitAsItsFunctionHas() {
    CallWatch.set(watch(10));
    assertThat(limit(LIMITED)).contains(Duration.ofSeconds(20));
    assertThat(limit(SendMessageRequest.builder().queueUrl("http://localhost/1/queue").build()))
        .as("beyond that of every client")
        .hasValueSatisfying(it -> assertThat(it).isGreaterThan(Duration.ofMinutes(1)));
  }

  @Test
  void otherwiseACallHasTheLimitThatItHasOnAws() {
    CallWatch.set(watch(1));
    assertThat(modified(LIMITED)).isSameAs(LIMITED);
    CallWatch.set(null);
    assertThat(modified(LIMITED)).as("outside of all invocations").isSameAs(LIMITED);
  }

  private static Optional<Duration> limit(AwsRequest request) {
    return modified(request).overrideConfiguration().flatMap(AwsRequestOverrideConfiguration::apiCallTimeout);
  }

  private static AwsRequest modified(AwsRequest request) {
    return (AwsRequest) new CallInterceptor().modifyRequest(() -> request, new ExecutionAttributes());
  }

  private static CallWatch watch(int timeFactor) {
    return new CallWatch() {
      @Override
      public int timeFactor() {
        return timeFactor;
      }

      @Override
      public int begins(String operation, Set<String> permissions) {
        return 1;
      }

      @Override
      public String before(int call, String operation) {
        return "";
      }

      @Override
      public String after(int call, String operation) {
        return "";
      }
    };
  }
}
