package waybill.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import waybill.local.OnTheCloud;
import waybill.local.machine.Json;

class LoadersTest extends OnTheCloud {
  @Test
  void functionsShareOnlyTheLibrariesThatAreTheSameInEveryZip() throws Exception {
    JsonNode first = invoke("CountFirst", "java.lang.String");
    JsonNode second = invoke("CountSecond", "java.lang.String");
    JsonNode firstAgain = invoke("CountFirst", "java.lang.String");

    assertThat(firstAgain.path("own").asInt()).isEqualTo(first.path("own").asInt() + 1);
    assertThat(second.path("own").asInt()).as("its own class, counted from the start").isEqualTo(1);
    assertThat(firstAgain.path("shared").asInt()).isEqualTo(first.path("shared").asInt() + 2);
    assertThat(first.path("context").asBoolean()).as("the thread's context loader is the function's").isTrue();
  }

  @Test
  void aFunctionSeesItsZipTheJdkAndTheLambdaContractOnly() throws Exception {
    assertThat(sees("java.net.http.HttpClient")).isTrue();
    assertThat(sees("com.amazonaws.services.lambda.runtime.Context")).isTrue();
    assertThat(sees("software.amazon.awssdk.services.sqs.SqsClient")).as("in its lib folder").isTrue();

    assertThat(sees("waybill.local.EmbeddedCloud")).isFalse();
    assertThat(sees("org.snakeyaml.engine.v2.api.Load")).isFalse();
    assertThat(sees("waybill.store.Store")).isFalse();
  }

  private static boolean sees(String type) throws Exception {
    return invoke("CountSecond", type).path("sees").asBoolean();
  }

  private static JsonNode invoke(String function, String type) throws Exception {
    return Json.read(cloud.invoke(function, ("\"" + type + "\"").getBytes(StandardCharsets.UTF_8)));
  }
}
