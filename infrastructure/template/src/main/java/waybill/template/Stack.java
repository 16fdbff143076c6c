package waybill.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import waybill.template.Template.Declared;

/** The template with its names resolved: what is to be started, and under which names functions find it. */
public final class Stack implements Intrinsics.Names {
  public static final String REGION = "eu-central-1";
  public static final String ACCOUNT = "000000000000";
  public static final String NAME = "waybill";

  private final String stackName;
  private final Template template;
  private final Map<String, String> parameters;
  private final Function<String, String> queueUrl;
  private final Intrinsics intrinsics = new Intrinsics(this);

  /** @param queueUrl from a queue's name to its URL; not asked before the queues' server is up */
  public Stack(Template template, Map<String, String> overrides, Function<String, String> queueUrl) {
    this(NAME, template, overrides, queueUrl);
  }

  public Stack(String stackName, Template template, Map<String, String> overrides, Function<String, String> queueUrl) {
    this.stackName = stackName;
    this.template = template;
    this.parameters = parameters(template, overrides);
    this.queueUrl = queueUrl;
  }

  private static Map<String, String> parameters(Template template, Map<String, String> overrides) {
    for (String name : overrides.keySet()) {
      if (!template.parameters().containsKey(name)) {
        throw new RefusedTemplate(template.file() + ": has no parameter `" + name + "`");
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    template.parameters().forEach((name, declared) -> {
      String value = overrides.getOrDefault(name, declared.value());
      if (value == null) {
        throw new RefusedTemplate(template.file() + ": the parameter `" + name + "` has no value");
      }
      if (!declared.allowed().isEmpty() && !declared.allowed().contains(value)) {
        throw new RefusedTemplate(
            template.file() + ": the parameter `" + name + "` is " + value + ", not one of " + declared.allowed());
      }
      values.put(name, value);
    });
    return values;
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  public List<FunctionDeclaration> functions() {
    return of("AWS::Serverless::Function").stream().map(it -> FunctionDeclaration.of(it.id(), props(it))).toList();
  }

  public List<TableDeclaration> tables() {
    return of("AWS::DynamoDB::Table").stream().map(it -> TableDeclaration.of(name(it), props(it))).toList();
  }

  public List<QueueDeclaration> queues() {
    return of("AWS::SQS::Queue").stream().map(it -> QueueDeclaration.of(name(it), props(it))).toList();
  }

  public ApiDeclaration api() {
    List<Declared> apis = of("AWS::Serverless::HttpApi");
    if (apis.size() > 1) {
      throw new RefusedTemplate(where(apis.get(1)) + " is a second HTTP API; the embedded cloud runs one");
    }
    return apis.isEmpty() ? ApiDeclaration.NONE : ApiDeclaration.of(props(apis.getFirst()));
  }

  /** Follows every name in what is not run here too, so that a typo in an alarm is found on this machine. */
  public Map<String, String> check() {
    declared().forEach(this::props);
    Map<String, String> outputs = new LinkedHashMap<>();
    template.outputs().forEach((name, body) -> {
      String where = template.file() + ": the output " + name;
      if (!(body instanceof Map<?, ?> declared)) {
        throw new RefusedTemplate(where + " is not a map");
      }
      if (!made(where, new Props(where, Props.cast(declared)).optional("Condition"))) {
        return;
      }
      Props props = new Props(where, Props.cast((Map<?, ?>) intrinsics.evaluate(where, declared)))
          .only("Description", "Condition", "Value", "Export");
      outputs.put(name, props.text("Value"));
    });
    return outputs;
  }

  private List<Declared> of(String type) {
    return declared().stream().filter(it -> it.type().equals(type)).toList();
  }

  /** What is made: all but the resources whose condition does not hold. */
  private List<Declared> declared() {
    return template.resources().values().stream().filter(it -> made(where(it), it.condition())).toList();
  }

  private boolean made(String where, Optional<String> condition) {
    return condition.map(name -> intrinsics.holds(where, name)).orElse(true);
  }

  @Override
  public Object condition(String name) {
    return template.conditions().get(name);
  }

  private Props props(Declared resource) {
    Object evaluated = intrinsics.evaluate(where(resource), resource.properties());
    return new Props(where(resource), Props.cast((Map<?, ?>) evaluated));
  }

  private String where(Declared resource) {
    return template.file() + ": " + resource.id();
  }

  /** As declared, or else its logical id; with another stack's name before it, as on AWS, where there may be several. */
  private String name(Declared resource) {
    String property = switch (resource.type()) {
      case "AWS::DynamoDB::Table" -> "TableName";
      case "AWS::SQS::Queue" -> "QueueName";
      case "AWS::SNS::Topic" -> "TopicName";
      case "AWS::CloudWatch::Alarm" -> "AlarmName";
      case "AWS::Logs::LogGroup" -> "LogGroupName";
      default -> "";
    };
    Object declared = resource.properties().get(property);
    if (declared == null) {
      return stackName.equals(NAME) ? resource.id() : stackName + "-" + resource.id();
    }
    return String.valueOf(intrinsics.evaluate(where(resource), declared));
  }

  /** A resource with all names in it resolved. */
  public Props resolved(String id) {
    return props(template.resources().get(id));
  }

  public String physicalName(String id) {
    Declared resource = template.resources().get(id);
    if (resource == null) {
      throw new IllegalArgumentException(template.file() + " declares no " + id);
    }
    return name(resource);
  }

  @Override
  public String ref(String name) {
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    Declared resource = template.resources().get(name);
    if (resource == null) {
      return pseudo(name);
    }
    return switch (resource.type()) {
      case "AWS::SQS::Queue" -> queueUrl.apply(name(resource));
      case "AWS::SNS::Topic" -> arn("sns", name(resource));
      default -> name(resource);
    };
  }

  private String pseudo(String name) {
    return switch (name) {
      case "AWS::Region" -> REGION;
      case "AWS::AccountId" -> ACCOUNT;
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::StackName" -> stackName;
      case "AWS::StackId" -> arn("cloudformation", "stack/" + stackName + "/local");
      default -> null;
    };
  }

  @Override
  public String attribute(String id, String attribute) {
    Declared resource = template.resources().get(id);
    if (resource == null) {
      return null;
    }
    if (resource.type().equals("AWS::CloudFormation::Stack") && attribute.startsWith("Outputs.")) {
      return id + "." + attribute; // it is not run; whether its page has such an output is asked by the template's tests
    }
    return switch (resource.type() + "." + attribute) {
      case "AWS::DynamoDB::Table.Arn" -> arn("dynamodb", "table/" + name(resource));
      case "AWS::SQS::Queue.Arn" -> arn("sqs", name(resource));
      case "AWS::SQS::Queue.QueueName" -> name(resource);
      case "AWS::SQS::Queue.QueueUrl" -> queueUrl.apply(name(resource));
      case "AWS::SNS::Topic.TopicArn" -> arn("sns", name(resource));
      case "AWS::SNS::Topic.TopicName" -> name(resource);
      case "AWS::CloudWatch::Alarm.Arn" -> arn("cloudwatch", "alarm:" + name(resource));
      case "AWS::Logs::LogGroup.Arn" -> arn("logs", "log-group:" + name(resource) + ":*");
      case "AWS::IAM::Role.Arn" -> arn("iam", "role/" + id);
      case "AWS::Serverless::Function.Arn" -> arn("lambda", "function:" + id);
      default -> null;
    };
  }

  public static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
  }
}
