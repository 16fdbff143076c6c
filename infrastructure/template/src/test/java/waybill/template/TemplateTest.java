package waybill.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  @TempDir
  Path folder;

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    // types
    "Machine: {Type: AWS::EC2::Instance} | template.yaml: Machine is of type `AWS::EC2::Instance`, which the embedded cloud does not run",
    "F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip, Events: {E: {Type: SNS, Properties: {}}}}} | template.yaml: F.Events.E is of type `SNS`, which the embedded cloud does not run",
    // properties, at every depth
    "ReserveStock: {Type: AWS::Serverless::Function, Properties: {Layers: []}} | template.yaml: ReserveStock has the property `Layers`, which the embedded cloud does not run",
    "Q: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}} | template.yaml: Q has the property `FifoQueue`, which the embedded cloud does not run",
    "T: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {}}} | template.yaml: T has the property `StreamSpecification`, which the embedded cloud does not run",
    "Q: {Type: AWS::SQS::Queue, Condition: Big} | template.yaml: Q depends on the condition `Big`, which the template does not declare",
    "F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip, Events: {E: {Type: SQS, Properties: {Queue: q, FilterCriteria: {}}}}}} | template.yaml: F.Events.E.Properties has the property `FilterCriteria`, which the embedded cloud does not run",
    // values
    "F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip, Runtime: java21}} | template.yaml: F has `Runtime: java21`; the embedded cloud runs only java25",
    "F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip, Events: {E: {Type: SQS, Properties: {Queue: q, BatchSize: 50}}}}} | template.yaml: F.Events.E.Properties has a `BatchSize` that is not 1 to 10, or up to 10000 with a batching window: 50",
    "F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip, Events: {E: {Type: Schedule, Properties: {Schedule: cron(0 1 * * ? *)}}}}} | template.yaml: F.Events.E.Properties has a `Schedule` that is not rate(N minutes), rate(N hours) or rate(N days): cron(0 1 * * ? *)",
    "F: {Type: AWS::Serverless::Function, Properties: {CodeUri: f.zip}} | template.yaml: F lacks `Handler`",
    "F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip, Timeout: soon}} | template.yaml: F has a `Timeout` that is not a whole number: soon",
    // intrinsics, in both spellings
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !ImportValue x}} | template.yaml: uses the intrinsic `!ImportValue`, which the embedded cloud does not run",
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: {Fn::Base64: a}}} | template.yaml: uses the intrinsic `Fn::Base64`, which the embedded cloud does not run",
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [Big, b, c]}} | template.yaml: Q depends on the condition `Big`, which the template does not declare",
    // names that lead nowhere, also in what is not run here
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Nobody}} | template.yaml: Q refers to `Nobody`, which the template does not declare",
    "A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Nobody]}} | template.yaml: A refers to `Nobody`, which the template does not declare",
    "A: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: !GetAtt A.Colour}} | template.yaml: A asks for the attribute `A.Colour`, which the embedded cloud does not know",
    "Q: {Type: AWS::SQS::Queue}, Q: {Type: AWS::SQS::Queue} | template.yaml: `Q` stands twice in line 2"})
  void whatCannotBeRunIsRefusedByName(String resources, String sentence) throws IOException {
    Path template = write("Resources: {" + resources + "}");

    assertThatThrownBy(() -> readAll(template)).isInstanceOf(RefusedTemplate.class).hasMessageStartingWith(sentence);
  }

  @Test
  void anUnknownSectionIsRefused() throws IOException {
    Path template = write("Rules: {}");

    assertThatThrownBy(() -> Template.read(template))
        .hasMessage("template.yaml: the template has the property `Rules`, which the embedded cloud does not run");
  }

  @Test
  void intrinsicsAreEvaluatedAsCloudFormationDoes() throws IOException {
    Path template = write("""
        Parameters:
          Stage: {Type: String, Default: test, AllowedValues: [test, live]}
        Resources:
          Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${Stage}-jobs"}}
          Things: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: []}}
        Outputs:
          Ref: {Value: !Ref Jobs}
          Arn: {Value: !GetAtt Jobs.Arn}
          Name: {Value: !GetAtt [Jobs, QueueName]}
          Sub: {Value: !Sub ["${AWS::Region}/${Things}/${Things.Arn}/${own}/${!literal}", {own: !Ref Stage}]}
          Join: {Value: {Fn::Join: ["-", [a, {Ref: Stage}, !Ref AWS::NoValue]]}}
          Select: {Value: !Select [1, !Split [",", "a,b,c"]]}
        """);

    Map<String, String> outputs = new Stack(Template.read(template), Map.of("Stage", "live"), name -> "url/" + name)
        .check();

    assertThat(outputs).containsExactlyInAnyOrderEntriesOf(Map.of("Ref", "url/live-jobs", "Arn",
        "arn:aws:sqs:eu-central-1:000000000000:live-jobs", "Name", "live-jobs", "Sub",
        "eu-central-1/Things/arn:aws:dynamodb:eu-central-1:000000000000:table/Things/live/${literal}", "Join", "a-live",
        "Select", "b"));
  }

  @Test
  void conditionsAreJoinedAndTurnedRound() throws IOException {
    Template template = Template.read(write("""
        Parameters: {Stage: {Type: String, Default: test}, Place: {Type: String, Default: here}}
        Conditions: {Both: !And [!Equals [!Ref Stage, live], !Not [!Equals [!Ref Place, here]]]}
        Resources:
          Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [Both, big, small]}}
        Outputs:
          Name: {Value: !GetAtt Queue.QueueName}
        """));

    assertThat(new Stack(template, Map.of("Stage", "live", "Place", "there"), name -> name).queues().getFirst().name())
        .isEqualTo("big");
    assertThat(new Stack(template, Map.of("Stage", "live"), name -> name).queues().getFirst().name())
        .isEqualTo("small");
    assertThat(new Stack(template, Map.of("Place", "there"), name -> name).queues().getFirst().name())
        .isEqualTo("small");
  }

  @Test
  void aConditionDecidesWhatIsMadeAndWhichBranchIsRead() throws IOException {
    Template template = Template.read(write("""
        Parameters: {Stage: {Type: String, Default: test}}
        Conditions: {Live: !Equals [!Ref Stage, live]}
        Resources:
          Always: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [Live, !Ref Topic, small]}}
          Topic: {Type: AWS::SNS::Topic, Condition: Live}
          Big: {Type: AWS::SQS::Queue, Condition: Live}
        Outputs:
          Name: {Value: !GetAtt Always.QueueName}
          Live: {Condition: Live, Value: !Ref Topic}
        """));

    Stack test = new Stack(template, Map.of(), name -> name);
    Stack live = new Stack(template, Map.of("Stage", "live"), name -> name);

    assertThat(test.check()).isEqualTo(Map.of("Name", "small"));
    assertThat(test.queues()).extracting(QueueDeclaration::name).containsExactly("small");
    assertThat(live.check()).containsOnlyKeys("Name", "Live");
    assertThat(live.queues()).hasSize(2);
  }

  @Test
  void aParameterTakesOnlyItsAllowedValues() throws IOException {
    Template template = Template
        .read(write("Parameters: {Stage: {Type: String, Default: test, AllowedValues: [test]}}"));

    assertThatThrownBy(() -> new Stack(template, Map.of("Stage", "live"), name -> name))
        .hasMessage("template.yaml: the parameter `Stage` is live, not one of [test]");
    assertThatThrownBy(() -> new Stack(template, Map.of("Size", "1"), name -> name))
        .hasMessage("template.yaml: has no parameter `Size`");
  }

  @Test
  void globalsAreJoinedWithWhatAFunctionSaysItself() throws IOException {
    Template template = Template.read(write("""
        Globals: {Function: {Timeout: 9, CodeUri: f.zip, Environment: {Variables: {A: 1, B: 2}}}}
        Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: h, Environment: {Variables: {B: 3}}}}}
        """));

    List<FunctionDeclaration> functions = new Stack(template, Map.of(), name -> name).functions();

    assertThat(functions.getFirst().environment()).containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "3"));
    assertThat(functions.getFirst().timeout()).hasSeconds(9);
  }

  private Path write(String body) throws IOException {
    return Files.writeString(folder.resolve("template.yaml"), "Transform: AWS::Serverless-2016-10-31\n" + body);
  }

  private static void readAll(Path template) {
    Stack stack = new Stack(Template.read(template), Map.of(), name -> name);
    stack.check();
    stack.tables();
    stack.apis();
    stack.queues();
    stack.functions();
  }
}
