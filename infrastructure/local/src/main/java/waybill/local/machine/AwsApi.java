package waybill.local.machine;

/** The APIs of AWS that functions call: each has an address, which is this cloud's own unless the settings say otherwise. */
public enum AwsApi {
  TABLES("DynamoDb"), QUEUES("Sqs"), MAILS("Ses"), PARAMETERS("Ssm"), BUCKETS("S3");

  private final String sdkName;

  AwsApi(String sdkName) {
    this.sdkName = sdkName;
  }

  /** The system property from which the SDK takes the service's address. */
  public String property() {
    return "aws.endpointUrl" + sdkName;
  }
}
