package waybill.template;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What names resolve to in one stack: what {@code !Ref} and {@code !GetAtt} give for a resource, and the pseudo parameters.
 *
 * @param queueUrl from a queue's name to its URL; not asked before the queues' server is up
 */
record Identifiers(String stackName, Function<String, String> queueUrl) {

  /** The property that a resource's own name stands in; empty for a type that is named by its logical id here. */
  static String nameProperty(String type) {
    return switch (type) {
      case "AWS::DynamoDB::Table" -> "TableName";
      case "AWS::SQS::Queue" -> "QueueName";
      case "AWS::S3::Bucket" -> "BucketName";
      case "AWS::SNS::Topic" -> "TopicName";
      case "AWS::SES::ConfigurationSet" -> "Name";
      case "AWS::CloudWatch::Alarm" -> "AlarmName";
      case "AWS::Logs::LogGroup" -> "LogGroupName";
      default -> "";
    };
  }

  String ref(String type, String name) {
    return switch (type) {
      case "AWS::SQS::Queue" -> queueUrl.apply(name);
      case "AWS::SNS::Topic" -> Stack.arn("sns", name);
      default -> name;
    };
  }

  /** @param name asked for only if it is needed: it may lead to attributes itself. @return null for an attribute not known here */
  String attribute(String type, String id, Supplier<String> name, String attribute) {
    return switch (type + "." + attribute) {
      case "AWS::DynamoDB::Table.Arn" -> Stack.arn("dynamodb", "table/" + name.get());
      case "AWS::S3::Bucket.Arn" -> "arn:aws:s3:::" + name.get();
      case "AWS::SQS::Queue.Arn" -> Stack.arn("sqs", name.get());
      case "AWS::SQS::Queue.QueueName" -> name.get();
      case "AWS::SQS::Queue.QueueUrl" -> queueUrl.apply(name.get());
      case "AWS::SNS::Topic.TopicArn" -> Stack.arn("sns", name.get());
      case "AWS::SNS::Topic.TopicName" -> name.get();
      case "AWS::CloudWatch::Alarm.Arn" -> Stack.arn("cloudwatch", "alarm:" + name.get());
      case "AWS::Logs::LogGroup.Arn" -> Stack.arn("logs", "log-group:" + name.get() + ":*");
      case "AWS::IAM::Role.Arn" -> Stack.arn("iam", "role/" + id);
      case "AWS::Serverless::Function.Arn" -> Stack.arn("lambda", "function:" + id);
      default -> null;
    };
  }

  /** @return null for a name that is no pseudo parameter */
  String pseudo(String name) {
    return switch (name) {
      case "AWS::Region" -> Stack.REGION;
      case "AWS::AccountId" -> Stack.ACCOUNT;
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::StackName" -> stackName;
      case "AWS::StackId" -> Stack.arn("cloudformation", "stack/" + stackName + "/local");
      default -> null;
    };
  }
}
