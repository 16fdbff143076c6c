package waybill.local.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import waybill.local.OnTheCloud;

class ParametersTest extends OnTheCloud {
  private final SsmClient ssm = SsmClient.create();

  @Test
  void aSecretIsFoundByTheNameThatTheTemplateGivesIt() {
    assertThat(read("/fixture/secret", true)).isEqualTo("s3cret");
    assertThat(read("/fixture/secret", false)).doesNotContain("s3cret");
  }

  @Test
  void aSecretCanBeWrittenAndWrittenOver() {
    ssm.putParameter(it -> it.name("/fixture/new").type(ParameterType.SECURE_STRING).value("one"));
    assertThatThrownBy(() -> ssm.putParameter(it -> it.name("/fixture/new").value("two")))
        .isInstanceOf(ParameterAlreadyExistsException.class);
    ssm.putParameter(it -> it.name("/fixture/new").type(ParameterType.SECURE_STRING).value("two").overwrite(true));

    assertThat(read("/fixture/new", true)).isEqualTo("two");
  }

  @Test
  void anUnknownNameIsNotFound() {
    assertThatThrownBy(() -> read("/fixture/none", true)).isInstanceOf(ParameterNotFoundException.class);
  }

  private String read(String name, boolean decrypt) {
    return ssm.getParameter(it -> it.name(name).withDecryption(decrypt)).parameter().value();
  }
}
