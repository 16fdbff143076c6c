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
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.template.QueueDeclaration.Redrive;

/** What {@code AWS::LanguageExtensions} adds to a template: loops, and values of maps with a default. */
class LoopsTest {
  @TempDir
  Path folder;

  @Test
  void aLoopMakesWhatItRepeatsOnceForEachValue() throws IOException {
    Stack stack = stack("""
        Parameters: {Stage: {Type: String, Default: test}}
        Mappings:
          Queues:
            ReserveStock: {Name: reserve-stock, Seconds: 361}
            BuyLabel: {Name: buy-label}
        Resources:
          Fn::ForEach::Queues:
            - Verb
            - [ReserveStock, BuyLabel]
            - ${Verb}Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: !Sub ["${Stage}-${Name}", {Name: !FindInMap [Queues, !Ref Verb, Name]}]
                  VisibilityTimeout: !FindInMap [Queues, !Ref Verb, Seconds, {DefaultValue: 90}]
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt [!Sub "${Verb}DeadLetters", Arn], maxReceiveCount: 5}
              ${Verb}DeadLetters:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Sub "${Stage}-${Verb}-dead"}
        Outputs:
          Url: {Value: !Ref BuyLabelQueue}
        """);

    assertThat(stack.queues()).containsExactly(queue("test-reserve-stock", 361, "test-ReserveStock-dead"),
        queue("test-ReserveStock-dead", 30, null), queue("test-buy-label", 90, "test-BuyLabel-dead"),
        queue("test-BuyLabel-dead", 30, null));
    assertThat(stack.check()).isEqualTo(Map.of("Url", "url/test-buy-label"));
  }

  @Test
  void aLoopInALoopRepeatsForEachPairAndALogicalIdTakesLettersAndDigitsOnly() throws IOException {
    Stack stack = stack(
        """
            Resources:
              Fn::ForEach::Queues:
                - Queue
                - [buy-label, ship-stock]
                - Fn::ForEach::Metrics:
                    - Metric
                    - [Errors, Throttles]
                    - ${Metric}&{Queue}: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: !Ref Metric, AlarmName: !Ref Queue}}
            """);

    assertThat(stack.resources("AWS::CloudWatch::Alarm")).containsOnlyKeys("Errorsbuylabel", "Throttlesbuylabel",
        "Errorsshipstock", "Throttlesshipstock");
    assertThat(stack.resolved("Throttlesbuylabel").values())
        .isEqualTo(Map.of("MetricName", "Throttles", "AlarmName", "buy-label"));
  }

  @Test
  void conditionsAndOutputsMayBeRepeatedToo() throws IOException {
    Stack stack = stack("""
        Parameters: {Stage: {Type: String, Default: live}}
        Conditions:
          Fn::ForEach::Stages: [It, [test, live], {"Is${It}": !Equals [!Ref Stage, !Ref It]}]
        Outputs:
          Fn::ForEach::Stages: [It, [test, live], {"Of${It}": {Condition: "Is${It}", Value: !Ref It}}]
        """);

    assertThat(stack.check()).isEqualTo(Map.of("Oflive", "live"));
  }

  @Test
  void aMappingOfItsOwnFeedsItsFunction() throws IOException {
    Stack stack = stack("""
        Resources:
          F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: f.zip}}
          Q: {Type: AWS::SQS::Queue}
          M:
            Type: AWS::Lambda::EventSourceMapping
            Properties:
              FunctionName: !GetAtt F.Arn
              EventSourceArn: !GetAtt Q.Arn
              BatchSize: 100
              MaximumBatchingWindowInSeconds: 1
              FunctionResponseTypes: [ReportBatchItemFailures]
              ScalingConfig: {MaximumConcurrency: 5}
        """);

    assertThat(stack.functions().getFirst().events())
        .containsExactly(new QueueEvent("Q", 100, java.time.Duration.ofSeconds(1), true, 5));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "Fn::ForEach::L: [V, !Ref List, {}] | template.yaml: `Fn::ForEach::L` repeats what is not a list of texts, which the embedded cloud does not run",
    "Fn::ForEach::L: [V, [a]] | template.yaml: has a malformed `Fn::ForEach::L`",
    "Fn::ForEach::L: [Stage, [a], {}] | template.yaml: the variable of `Fn::ForEach::L` is called as the parameter `Stage`",
    "Fn::ForEach::L: [V, [a, b], {Q: {Type: AWS::SQS::Queue}}] | template.yaml: `Q` is made twice by a loop",
    "Fn::ForEach::L: [V, [a], {Q: {Type: AWS::SQS::Queue}}], Q: {Type: AWS::SQS::Queue} | template.yaml: `Q` is made twice by a loop",
    "Q: {Type: AWS::SQS::Queue, Properties: {Fn::ForEach::L: [V, [a], {}]}} | template.yaml: Q has the loop `Fn::ForEach::L` inside, which the embedded cloud does not run",
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [Names, b, c]}} | template.yaml: Q looks for `Names.b.c`, which no mapping has",
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [Names, b]}} | template.yaml: Q has a malformed `Fn::FindInMap`",
    "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [Names, b, c, d]}} | template.yaml: Q has a malformed `Fn::FindInMap`",
    "M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: G, EventSourceArn: 'a:q'}} | template.yaml: M polls for G, which the template does not declare",
    "M: {Type: AWS::Lambda::EventSourceMapping, Properties: {FilterCriteria: {}}} | template.yaml: M has the property `FilterCriteria`, which the embedded cloud does not run"})
  void whatCannotBeRunIsRefusedByName(String resources, String sentence) {
    assertThatThrownBy(() -> {
      Stack stack = stack("Parameters: {Stage: {Type: String, Default: test}}\nResources: {" + resources + "}");
      stack.check();
      stack.functions();
    }).isInstanceOf(RefusedTemplate.class).hasMessageStartingWith(sentence);
  }

  @Test
  void loopsNeedTheirTransformBeforeSams() {
    assertThatThrownBy(() -> read("Resources: {Fn::ForEach::L: [V, [a], {}]}\n"))
        .hasMessage("template.yaml: the template has loops without the transform AWS::LanguageExtensions");
    assertThatThrownBy(() -> read("Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]\n"))
        .hasMessageStartingWith("template.yaml: the template has `Transform: [AWS::Serverless-2016-10-31");
    assertThatThrownBy(
        () -> read("Transform: AWS::LanguageExtensions\nResources: {A: {Type: AWS::Serverless::HttpApi}}\n"))
        .hasMessage("template.yaml: A is of type `AWS::Serverless::HttpApi`, which needs the transform "
            + "AWS::Serverless-2016-10-31");
  }

  @Test
  void aQueueHidesLongerAsFarAsSqsCan() {
    assertThat(queue("small", 90, null).hidingLonger(10)).isEqualTo(queue("small", 900, null));
    assertThat(queue("small", 361, null).hidingLonger(1_000).visibilitySeconds()).isEqualTo(43_200);
  }

  private static QueueDeclaration queue(String name, int visibilitySeconds, String deadLetters) {
    return new QueueDeclaration(name, visibilitySeconds, 0, 345_600, 0,
        java.util.Optional.ofNullable(deadLetters).map(it -> new Redrive(it, 5)));
  }

  private Stack stack(String body) throws IOException {
    return new Stack(read("Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n" + body), Map.of(),
        name -> "url/" + name);
  }

  private Template read(String text) throws IOException {
    return Template.read(Files.writeString(folder.resolve("template.yaml"), text));
  }
}
