package waybill.local;

/** What functions call of AWS: each service has an address, which is this cloud's own unless {@link Settings} say otherwise. */
public enum Service {
  TABLES("DynamoDb"), QUEUES("Sqs"), MAILS("Ses"), PARAMETERS("Ssm");

  private final String sdkName;

  Service(String sdkName) {
    this.sdkName = sdkName;
  }

  /** The system property from which the SDK takes the service's address. */
  String property() {
    return "aws.endpointUrl" + sdkName;
  }
}
