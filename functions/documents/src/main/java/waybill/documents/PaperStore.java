package waybill.documents;

import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import waybill.platform.Ports;

/**
 * Files of papers in S3. They hold addresses, so they are encrypted, nobody else may read them, and the bucket forgets them after some
 * months; whatever is not there any more is made again.
 */
final class PaperStore {
  private static final int ABSENT = 404;
  /** What S3 answers instead of 404 to whoever may not list the bucket, as nobody may. */
  private static final int FORBIDDEN = 403;

  private final S3Client s3;
  private final String bucket;

  PaperStore(Ports ports) {
    // The bucket stands in the path: the embedded cloud has no names of hosts.
    this.s3 = ports.client(S3Client.class, it -> it.configured(S3Client.builder()
        .serviceConfiguration(
            how -> how.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false).expectContinueEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)));
    this.bucket = ports.environment().get("PAPERS_BUCKET");
  }

  boolean has(String key) {
    return found(() -> s3.headObject(it -> it.bucket(bucket).key(key))).isPresent();
  }

  Optional<byte[]> find(String key) {
    return found(() -> s3.getObject(it -> it.bucket(bucket).key(key), ResponseTransformer.toBytes()).asByteArray());
  }

  private static <T> Optional<T> found(java.util.function.Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (S3Exception e) {
      if (e.statusCode() == ABSENT || e.statusCode() == FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whoever writes the same file again changes nothing. @throws SdkException if it may not be there */
  void put(String key, String type, byte[] bytes) {
    s3.putObject(it -> it.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(bytes));
  }
}
