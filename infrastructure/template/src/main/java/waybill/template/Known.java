package waybill.template;

import java.util.Map;
import java.util.Set;

/**
 * What of a template the embedded cloud knows. A property is either run, or accepted because leaving it out here cannot
 * change what a function sees; whatever is in neither list is refused by name.
 */
final class Known {
  record Type(Set<String> run, Set<String> accepted) {}

  static final Set<String> SECTIONS = Set.of("AWSTemplateFormatVersion", "Transform", "Description", "Metadata",
      "Parameters", "Conditions", "Mappings", "Globals", "Resources", "Outputs");

  /** Beside Properties: what happens to a resource when the stack goes. Here everything goes with the process. */
  static final Set<String> RESOURCE = Set.of("Type", "Condition", "Properties", "DependsOn", "DeletionPolicy",
      "UpdateReplacePolicy", "Metadata");

  static final Set<String> PARAMETER = Set.of("Type", "Default", "Description", "NoEcho", "AllowedValues",
      "AllowedPattern", "ConstraintDescription", "MinLength", "MaxLength", "MinValue", "MaxValue");

  static final Map<String, Type> TYPES = Map.ofEntries(
      Map.entry("AWS::Serverless::Function", new Type(
          Set.of("CodeUri", "Handler", "Runtime", "Timeout", "Environment", "Events", "FunctionName", "PackageType"),
          Set.of(
              // says something to people only
              "Description", "Tags",
              // who may call what: nothing is forbidden here; the template's own tests read these
              "Policies", "Role", "PermissionsBoundary",
              // how fast and how observed it runs, never what it answers
              "MemorySize", "Architectures", "Tracing", "LoggingConfig", "SnapStart", "AutoPublishAlias",
              "AutoPublishAliasAllProperties", "AutoPublishCodeSha256", "DeploymentPreference",
              "RuntimeManagementConfig", "EphemeralStorage", "RecursiveLoop", "KmsKeyArn"))),
      Map.entry("AWS::Serverless::HttpApi", new Type(Set.of("Auth", "StageName"),
          Set.of("Name", "Description", "Tags", "FailOnWarnings",
              // logging and throttling: one machine's callers are one person
              "AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "DisableExecuteApiEndpoint"))),
      Map.entry("AWS::DynamoDB::Table", new Type(
          Set.of("TableName", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "TimeToLiveSpecification"),
          Set.of(
              // the store is in memory, unmetered, and gone with the process
              "BillingMode", "ProvisionedThroughput", "OnDemandThroughput", "WarmThroughput", "TableClass",
              "PointInTimeRecoverySpecification", "SSESpecification", "DeletionProtectionEnabled",
              "ContributorInsightsSpecification", "Tags"))),
      Map.entry("AWS::SQS::Queue", new Type(
          Set.of("QueueName", "VisibilityTimeout", "DelaySeconds", "MessageRetentionPeriod",
              "ReceiveMessageWaitTimeSeconds", "RedrivePolicy"),
          Set.of(
              // encryption at rest, and which queues may use this one as their DLQ
              "SqsManagedSseEnabled", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "RedriveAllowPolicy", "Tags"))),
      // What SES publishes about mails goes through a topic into a queue. Alarms publish nothing here.
      Map.entry("AWS::SNS::Topic", new Type(Set.of("TopicName"),
          Set.of("DisplayName", "Subscription", "KmsMasterKeyId", "SignatureVersion", "TracingConfig", "Tags"))),
      Map.entry("AWS::SNS::Subscription", new Type(Set.of("TopicArn", "Protocol", "Endpoint", "RawMessageDelivery"),
          Set.of("Region"))),
      Map.entry("AWS::SES::ConfigurationSet", new Type(Set.of("Name"),
          Set.of("ReputationOptions", "SuppressionOptions", "SendingOptions", "DeliveryOptions", "Tags"))),
      Map.entry("AWS::SES::ConfigurationSetEventDestination",
          new Type(Set.of("ConfigurationSetName", "EventDestination"), Set.of())),
      Map.entry("AWS::S3::Bucket", new Type(Set.of("BucketName"),
          Set.of("BucketEncryption", "PublicAccessBlockConfiguration", "OwnershipControls", "LifecycleConfiguration",
              "VersioningConfiguration", "Tags"))),
      notRun("AWS::S3::BucketPolicy", "Bucket", "PolicyDocument"),
      notRun("AWS::SNS::TopicPolicy", "Topics", "PolicyDocument"),
      notRun("AWS::SQS::QueuePolicy", "Queues", "PolicyDocument"),
      // Nothing measures, forbids or keeps logs here. They are checked for names that lead nowhere.
      notRun("AWS::CloudWatch::Alarm", "ActionsEnabled", "AlarmActions", "AlarmDescription", "AlarmName",
          "ComparisonOperator", "DatapointsToAlarm", "Dimensions", "EvaluateLowSampleCountPercentile",
          "EvaluationPeriods", "ExtendedStatistic", "InsufficientDataActions", "MetricName", "Metrics", "Namespace",
          "OKActions", "Period", "Statistic", "Tags", "Threshold", "ThresholdMetricId", "TreatMissingData", "Unit"),
      Map.entry("AWS::CloudFormation::Stack", new Type(Set.of("TemplateURL", "Parameters"), Set.of("Tags"))),
      Map.entry("AWS::Serverless::Application", new Type(Set.of("Location", "Parameters"), Set.of("Tags"))),
      Map.entry("AWS::Lambda::EventSourceMapping", new Type(
          Set.of("FunctionName", "EventSourceArn", "BatchSize", "MaximumBatchingWindowInSeconds",
              "FunctionResponseTypes", "ScalingConfig", "Enabled"),
          Set.of("Tags"))),
      notRun("AWS::CloudWatch::Dashboard", "DashboardName", "DashboardBody"),
      notRun("AWS::Logs::LogGroup", "LogGroupName", "LogGroupClass", "RetentionInDays", "KmsKeyId", "Tags"),
      notRun("AWS::IAM::Role", "AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "Tags"),
      notRun("AWS::IAM::ManagedPolicy", "Description", "PolicyDocument"),
      // Tokens come from this cloud's own issuer.
      notRun("AWS::Cognito::UserPool", "UserPoolName", "AdminCreateUserConfig", "DeletionProtection", "UserPoolTags"),
      notRun("AWS::Cognito::UserPoolDomain", "UserPoolId", "Domain"),
      notRun("AWS::Cognito::UserPoolResourceServer", "UserPoolId", "Identifier", "Name", "Scopes"),
      notRun("AWS::Cognito::UserPoolClient", "UserPoolId", "ClientName", "GenerateSecret",
          "AllowedOAuthFlowsUserPoolClient", "AllowedOAuthFlows", "AllowedOAuthScopes", "SupportedIdentityProviders",
          "CallbackURLs", "LogoutURLs", "AccessTokenValidity", "TokenValidityUnits", "PreventUserExistenceErrors"));

  private Known() {}

  private static Map.Entry<String, Type> notRun(String type, String... accepted) {
    return Map.entry(type, new Type(Set.of(), Set.of(accepted)));
  }
}
