package waybill.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.template.FunctionDeclaration.RouteEvent;

/** A template with a nested one is one system. */
class NestedStacksTest {
  private static final String TRANSFORM = "Transform: AWS::Serverless-2016-10-31\n";
  @TempDir
  Path folder;

  @BeforeEach
  void nestedTemplate() throws IOException {
    nested("""
        Parameters: {Waybill: {Type: String}, Table: {Type: String}, Size: {Type: Number, Default: 3}}
        Globals: {Function: {Timeout: 7, Environment: {Variables: {
          QUEUE_PREFIX: !Sub "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${Waybill}-"}}}}
        Resources:
          Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${Waybill}-jobs"}}
          Work:
            Type: AWS::Serverless::Function
            Properties:
              Handler: h
              CodeUri: ../functions/x/target/function.zip
              Environment: {Variables: {TABLE: !Ref Table, SIZE: !Ref Size}}
              Events: {Messages: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}}
        Outputs: {JobsName: {Value: !GetAtt Jobs.QueueName}}
        """);
  }

  private static final String TEMPLATE = """
      Resources:
        Things: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: []}}
        Call: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: functions/x/target/function.zip}}
        Flow:
          Type: AWS::CloudFormation::Stack
          Properties: {TemplateURL: infrastructure/flow.yaml, Parameters: {Waybill: !Ref AWS::StackName, Table: !Ref Things}}
      Outputs: {Jobs: {Value: !GetAtt Flow.Outputs.JobsName}}
      """;

  @Test
  void whatANestedStackDeclaresIsStartedWithWhatItIsGiven() throws IOException {
    Stack stack = stack(TEMPLATE);

    assertThat(stack.queues()).extracting(QueueDeclaration::name).containsExactly("waybill-jobs");
    FunctionDeclaration work = stack.functions().getLast();
    assertThat(work.id()).isEqualTo("Work");
    assertThat(work.timeout()).hasSeconds(7);
    assertThat(work.codeUri()).isEqualTo("functions/x/target/function.zip")
        .isEqualTo(stack.functions().getFirst().codeUri());
    assertThat(work.environment()).containsEntry("TABLE", "Things").containsEntry("SIZE", "3");
    assertThat(stack.check()).isEqualTo(Map.of("Jobs", "waybill-jobs"));
    assertThat(stack.physicalName("Jobs")).isEqualTo("waybill-jobs");
  }

  @Test
  void whatBeginsTheAddressOfQueuesOnAwsIsWhatBeginsItHere() throws IOException {
    assertThat(stack(TEMPLATE).functions().getLast().environment()).containsEntry("QUEUE_PREFIX",
        "http://localhost:9324/1/waybill-");
  }

  @Test
  void anApplicationOfSamIsANestedStackToo() throws IOException {
    Stack stack = stack(TEMPLATE.replace("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
        .replace("TemplateURL", "Location"));

    assertThat(stack.check()).isEqualTo(Map.of("Jobs", "waybill-jobs"));
  }

  @Test
  void aStackIsGivenAllOfItsParametersAndNoOthers() throws IOException {
    assertRefused(TEMPLATE.replace(", Table: !Ref Things", ""), "flow.yaml: the parameter `Table` has no value");
    assertRefused(TEMPLATE.replace("Table:", "Tabel: x, Table:"), "flow.yaml: has no parameter `Tabel`");
    assertRefused(TEMPLATE.replace("Outputs.JobsName", "Outputs.JobsUrl"),
        "template.yaml: the output Jobs asks for the attribute `Flow.Outputs.JobsUrl`, which the embedded cloud does not know");
    assertRefused(TEMPLATE.replace("!Ref Things", "!GetAtt Flow.Outputs.JobsName"),
        "template.yaml: Flow needs its own outputs to be made");
    assertRefused(TEMPLATE.replace("infrastructure/flow.yaml", "https://example.com/flow.yaml"),
        "template.yaml: Flow has a `TemplateURL` that is not a file beside this template: https://example.com/flow.yaml");
    assertRefused(TEMPLATE.replace("Call:", "Work:"), "template.yaml: two functions are called Work");
  }

  @Test
  void namesInANestedStackAreFollowedToo() throws IOException {
    nested("Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: !Ref Nobody}}}");

    assertRefused("""
        Resources: {Flow: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: infrastructure/flow.yaml}}}
        """, "flow.yaml: A refers to `Nobody`, which the template does not declare");
  }

  @Test
  void aNestedStackMayHaveAnApiOfItsOwn() throws IOException {
    nestedApi();

    Stack stack = stack(EDGE);

    assertThat(stack.apis()).containsOnlyKeys("Api", "waybill-Flow-OwnApi");
    assertThat(stack.functions()).flatExtracting(it -> it.events(RouteEvent.class))
        .extracting(it -> it.api() + " " + it.key())
        .containsExactly("Api GET /a", "waybill-Flow-OwnApi GET /b");
  }

  @Test
  void aRouteStandsInTheTemplateOfItsApi() throws IOException {
    nestedApi();

    assertRefused(EDGE.replace("ApiId: !Ref Api", "ApiId: !GetAtt Flow.Outputs.ApiId"),
        "template.yaml: Get has the route GET /a, which SAM takes only in the template of its API");
  }

  @Test
  void theSameRouteInTwoStacksIsRefused() throws IOException {
    nestedApi();

    assertRefused(EDGE.replace("/a", "/b"), "template.yaml: two functions answer GET /b");
  }

  private static final String EDGE = """
      Resources:
        Api: {Type: AWS::Serverless::HttpApi}
        Get:
          Type: AWS::Serverless::Function
          Properties: {Handler: h, CodeUri: f.zip, Events: {E: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /a}}}}
        Flow: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: infrastructure/flow.yaml}}
      """;

  private void nestedApi() throws IOException {
    nested(
        """
            Resources:
              OwnApi: {Type: AWS::Serverless::HttpApi}
              List:
                Type: AWS::Serverless::Function
                Properties: {Handler: h, CodeUri: f.zip, Events: {E: {Type: HttpApi, Properties: {ApiId: !Ref OwnApi, Method: GET, Path: /b}}}}
            Outputs: {ApiId: {Value: !Ref OwnApi}}
            """);
  }

  private void assertRefused(String template, String sentence) {
    assertThatThrownBy(() -> {
      Stack stack = stack(template);
      stack.check();
      stack.functions();
    }).isInstanceOf(RefusedTemplate.class).hasMessage(sentence);
  }

  private Stack stack(String template) throws IOException {
    Path path = Files.writeString(folder.resolve("template.yaml"), TRANSFORM + template);
    return new Stack(Template.read(path), Map.of(), name -> "http://localhost:9324/1/" + name);
  }

  private void nested(String template) throws IOException {
    Files.createDirectories(folder.resolve("infrastructure"));
    Files.writeString(folder.resolve("infrastructure/flow.yaml"), TRANSFORM + template);
  }
}
