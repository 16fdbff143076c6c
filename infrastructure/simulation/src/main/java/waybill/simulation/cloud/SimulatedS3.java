package waybill.simulation.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Fault;

/** Files by their keys. */
public final class SimulatedS3 implements S3Client {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Boundary boundary;

  public SimulatedS3(Boundary boundary) {
    this.boundary = boundary;
  }

  /** All that is there, by the key. */
  public Map<String, byte[]> files() {
    return files;
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    return call("PutObject", request.key(), () -> {
      try (var in = body.contentStreamProvider().newStream()) {
        files.put(request.key(), in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return PutObjectResponse.builder().build();
    });
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    return call("HeadObject", request.key(), () -> {
      file(request.key());
      return HeadObjectResponse.builder().build();
    });
  }

  @Override
  public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    return call("GetObject", request.key(), () -> {
      try {
        return transformer.transform(GetObjectResponse.builder().build(),
            AbortableInputStream.create(new java.io.ByteArrayInputStream(file(request.key()))));
      } catch (Exception e) {
        throw e instanceof RuntimeException it ? it : new IllegalStateException(e);
      }
    });
  }

  /** Whoever may not list a bucket is not told what is missing in it. */
  private byte[] file(String key) {
    if (!files.containsKey(key)) {
      throw failure(403, "AccessDenied");
    }
    return files.get(key);
  }

  private <T> T call(String operation, String key, Supplier<T> work) {
    return boundary.call(new Call(Service.S3, operation, key), _ -> work.get(), SimulatedS3::refusal);
  }

  private static RuntimeException refusal(Fault fault) {
    return fault == Fault.THROTTLED ? failure(503, "SlowDown") : SdkClientException.create("simulated: no answer");
  }

  private static AwsServiceException failure(int status, String code) {
    return S3Exception.builder().message("simulated: " + code).statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().serviceName("S3").errorCode(code).build()).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
