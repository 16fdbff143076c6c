package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import waybill.workbench.Bench;

/** What is kept, and what S3 answers. */
class PaperStoreTest {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>();
  private int status = 403;
  private final Bench bench = Bench.open("catalog").with("PAPERS_BUCKET", "papers");
  private final PaperStore store = new PaperStore(bench.ports().with(S3Client.class, new Files()));

  @AfterEach
  void close() {
    bench.close();
  }

  /** As S3 is to whoever may not list it. */
  private final class Files implements S3Client {
    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      try (var in = body.contentStreamProvider().newStream()) {
        files.put(request.bucket() + "/" + request.key(), in.readAllBytes());
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      types.add(request.contentType());
      return PutObjectResponse.builder().build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
      byte[] file = files.get(request.bucket() + "/" + request.key());
      if (file == null) {
        throw S3Exception.builder().statusCode(status).message("made up").build();
      }
      try {
        return transformer.transform(GetObjectResponse.builder().build(),
            AbortableInputStream.create(new java.io.ByteArrayInputStream(file)));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
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

  @Test
  void whatIsPutIsFoundAndWhatIsForbiddenIsMissing() {
    assertThat(store.find("labels/a.pdf")).isEmpty();
    status = 404;
    assertThat(store.find("labels/a.pdf")).isEmpty();

    store.put("labels/a.pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.UTF_8));

    assertThat(store.find("labels/a.pdf").map(String::new)).isEqualTo(Optional.of("%PDF"));
    assertThat(files).containsOnlyKeys("papers/labels/a.pdf");
    assertThat(types).containsExactly("application/pdf");
  }

  @Test
  void aFailureOfS3IsNotTakenForAMissingFile() {
    status = 503;
    assertThatThrownBy(() -> store.find("labels/a.pdf")).isInstanceOf(S3Exception.class);
  }
}
