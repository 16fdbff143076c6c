package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

class SecretsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T09:00:00Z"));
  private final Store store = new Store();
  private final Secrets secrets = new Secrets(
      new Ports(Map.of("ACCOUNTS_PARAMETER", "/waybill/accounts"), now::get).with(SsmClient.class, store),
      "ACCOUNTS_PARAMETER");

  @Test
  void aSecretIsReadWhenItIsFirstNeededAndThenKept() {
    assertThat(store.reads).isZero();
    assertThat(secrets.value()).isEqualTo("old");
    assertThat(secrets.value()).isEqualTo("old");
    assertThat(store.reads).isOne();
  }

  @Test
  void aRotatedSecretIsTakenUpAfterFiveMinutes() {
    secrets.value();
    store.secret = "new";
    now.set(now.get().plus(Duration.ofMinutes(5)));
    assertThat(secrets.value()).isEqualTo("old");
    now.set(now.get().plusMillis(1));
    assertThat(secrets.value()).isEqualTo("new");
  }

  @Test
  void aParameterThatIsNotThereIsNamed() {
    store.secret = null;
    assertThatIllegalStateException().isThrownBy(secrets::value)
        .withMessage("the parameter store lacks /waybill/accounts");
  }

  @Test
  void whileTheParameterStoreIsBusyTheLastSecretServes() {
    secrets.value();
    store.busy = true;
    now.set(now.get().plus(Duration.ofMinutes(6)));
    assertThat(secrets.value()).isEqualTo("old");
    assertThat(secrets.value()).isEqualTo("old");
    assertThat(store.reads).as("not every request waits for it").isEqualTo(2);
    store.busy = false;
    store.secret = "new";
    now.set(now.get().plusSeconds(31));
    assertThat(secrets.value()).as("it is read again half a minute later").isEqualTo("new");
  }

  @Test
  void aSecretThatWasNeverReadDoesNotServe() {
    store.busy = true;
    assertThatExceptionOfType(SsmException.class).isThrownBy(secrets::value);
    store.busy = false;
    assertThat(secrets.value()).isEqualTo("old");
  }

  private static final class Store implements SsmClient {
    String secret = "old";
    boolean busy;
    int reads;

    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
      assertThat(request.name()).isEqualTo("/waybill/accounts");
      assertThat(request.withDecryption()).isTrue();
      reads++;
      if (busy) {
        throw SsmException.builder().statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build()).build();
      }
      if (secret == null) {
        throw ParameterNotFoundException.builder().build();
      }
      return GetParameterResponse.builder().parameter(it -> it.value(secret)).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
