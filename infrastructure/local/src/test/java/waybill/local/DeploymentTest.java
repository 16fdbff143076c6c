package waybill.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.template.RefusedTemplate;

/** What is refused before anything starts. */
class DeploymentTest {
  @TempDir
  Path folder;

  @Test
  void whatTheReaderRefusesIsRefusedBeforeAnythingStarts() throws IOException {
    Path template = write("Resources: {Machine: {Type: AWS::EC2::Instance}}");

    assertThatThrownBy(() -> EmbeddedCloud.start(Settings.of(template)).close()).isInstanceOf(RefusedTemplate.class)
        .hasMessageStartingWith("template.yaml: Machine is of type `AWS::EC2::Instance`");
  }

  @Test
  void aQueueMustHaveItsDeadLettersDeclared() throws IOException {
    Path template = write(
        "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: 'a:b', maxReceiveCount: 5}}}}");

    assertThatThrownBy(() -> EmbeddedCloud.start(Settings.of(template)).close()).isInstanceOf(RefusedTemplate.class)
        .hasMessage("template.yaml: the queue Q redrives to b, which the template does not declare");
  }

  @Test
  void aQueueMustHideAMessageForAsLongAsItsFunctionMayTake() throws IOException {
    Path template = write(
        """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties: {Handler: h, CodeUri: f.zip, Timeout: 31, Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}}
              Q: {Type: AWS::SQS::Queue}
            """);

    assertThatThrownBy(() -> EmbeddedCloud.start(Settings.of(template)))
        .hasMessage("template.yaml: the queue Q hides a message for 30 s, less than the timeout of F");
  }

  @Test
  void aMissingZipSaysHowToBuildIt() throws IOException {
    Path template = withFunction();

    assertThatThrownBy(() -> EmbeddedCloud.start(Settings.of(template))).isInstanceOf(IllegalStateException.class)
        .hasMessage("The functions' zips are missing or stale (functions/x/target/function.zip): "
            + "run `mvn verify` (or `mvn -Plocal`), `mvn test` alone does not build them.");
  }

  @Test
  void aZipThatDoesNotHoldWhatIsCompiledIsStale() throws IOException {
    Path template = withFunction();
    Path zip = Files.createDirectories(folder.resolve("functions/x/target")).resolve("function.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("A.class"));
      out.write(1);
    }
    Files.write(Files.createDirectories(zip.resolveSibling("classes")).resolve("A.class"), new byte[]{2});

    assertThatThrownBy(() -> EmbeddedCloud.start(Settings.of(template))).hasMessageContaining("missing or stale");
  }

  private Path withFunction() throws IOException {
    return write("""
        Resources:
          F: {Type: AWS::Serverless::Function, Properties: {Handler: h, CodeUri: functions/x/target/function.zip}}
        """);
  }

  private Path write(String body) throws IOException {
    return Files.writeString(folder.resolve("template.yaml"), "Transform: AWS::Serverless-2016-10-31\n" + body);
  }
}
