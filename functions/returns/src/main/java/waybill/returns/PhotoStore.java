package waybill.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import waybill.messages.OrderId;
import waybill.messages.PhotoId;
import waybill.platform.Ports;
import waybill.platform.Violation;

/** Photos in S3. They may show people and homes, so they are encrypted, nobody else may read them, and the bucket forgets them after 180 days. */
final class PhotoStore {
  private static final int ABSENT = 404;
  /** What S3 answers instead of 404 to a role that may not list the bucket, as none may. */
  private static final int FORBIDDEN = 403;

  private final S3Client s3;
  private final String bucket;

  PhotoStore(Ports ports) {
    // The bucket stands in the path: the embedded cloud has no names of hosts.
    this.s3 = ports.client(S3Client.class, it -> it.configured(S3Client.builder()
        .serviceConfiguration(
            how -> how.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false).expectContinueEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)));
    this.bucket = ports.environment().get("PAPERS_BUCKET");
  }

  private static String key(OrderId order, PhotoId photo) {
    return "photos/" + order + "/" + photo;
  }

  boolean has(OrderId order, PhotoId photo) {
    return found(() -> s3.headObject(it -> it.bucket(bucket).key(key(order, photo)))).isPresent();
  }

  Optional<byte[]> find(OrderId order, PhotoId photo) {
    return found(() -> s3.getObject(it -> it.bucket(bucket).key(key(order, photo)), ResponseTransformer.toBytes())
        .asByteArray());
  }

  private static <T> Optional<T> found(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (S3Exception e) {
      if (e.statusCode() == ABSENT || e.statusCode() == FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What its lines name and the order does not have. @param photos of each line of a request */
  List<Violation> unknown(OrderId order, List<List<PhotoId>> photos) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < photos.size(); i++) {
      for (int j = 0; j < photos.get(i).size(); j++) {
        if (!has(order, photos.get(i).get(j))) {
          errors.add(new Violation("/lines/%d/photos/%d".formatted(i, j), "unknown", "the order has no such photo"));
        }
      }
    }
    return errors;
  }

  /** The same photo again changes nothing. */
  void put(OrderId order, PhotoId id, Photo photo) {
    s3.putObject(it -> it.bucket(bucket).key(key(order, id)).contentType(photo.kind().mediaType()),
        RequestBody.fromBytes(photo.bytes()));
  }
}
