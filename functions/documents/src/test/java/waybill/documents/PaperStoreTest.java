package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import waybill.workbench.Bench;

/** What is kept, and what S3 answers. */
class PaperStoreTest {
  private final FilesInMemory s3 = new FilesInMemory();
  private final Bench bench = Bench.open("catalog").with("PAPERS_BUCKET", "papers");
  private final PaperStore store = new PaperStore(bench.ports().with(S3Client.class, s3));

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatIsPutIsFoundAndWhatIsForbiddenIsMissing() {
    assertThat(store.find("labels/a.pdf")).isEmpty();
    s3.absent(404);
    assertThat(store.find("labels/a.pdf")).isEmpty();

    store.put("labels/a.pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.UTF_8));

    assertThat(store.find("labels/a.pdf").map(String::new)).isEqualTo(Optional.of("%PDF"));
    assertThat(s3.files()).containsOnlyKeys("labels/a.pdf");
    assertThat(s3.types()).containsExactly("application/pdf");
  }

  @Test
  void aFailureOfS3IsNotTakenForAMissingFile() {
    s3.absent(503);
    assertThatThrownBy(() -> store.find("labels/a.pdf")).isInstanceOf(S3Exception.class);
  }
}
