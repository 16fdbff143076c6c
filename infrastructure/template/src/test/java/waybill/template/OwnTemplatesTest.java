package waybill.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The project's own templates stay short, and far from CloudFormation's limits. */
class OwnTemplatesTest {
  private static final Path PROJECT = Path.of("../..");
  private static final Stack STACK = new Stack(Template.read(PROJECT.resolve("template.yaml")), Map.of(), name -> name);
  private static final int FUNCTIONS = STACK.functions().size();

  @Test
  void aFunctionTakesAtMost32Lines() throws IOException {
    int lines = 0;
    for (Path file : STACK.files()) {
      lines += file.endsWith("monitoring.yaml") ? 0 : Files.readAllLines(file).size();
    }
    assertThat(lines).isLessThanOrEqualTo(32 * FUNCTIONS);
  }

  @Test
  void allFunctionsFitIntoTheResourcesThatCloudFormationTakesAStack() {
    assertThat(StackSize.mostFunctions(STACK.sizes(), FUNCTIONS)).isGreaterThanOrEqualTo(FUNCTIONS);
    assertThat(STACK.sizes()).allSatisfy(
        it -> assertThat(it.room()).as("%s makes %s resources of 500", it.file(), it.resources()).isNotNegative());
  }

  /** Template bodies of 1 MB, 200 parameters, 200 mappings with 200 rows each, 200 outputs. */
  @Test
  void noTemplateIsNearAnotherLimit() throws IOException {
    for (Path file : STACK.files()) {
      Template template = Template.read(file);
      assertThat(Files.size(file)).as(file.toString()).isLessThan(500_000);
      assertThat(template.parameters()).as(file.toString()).hasSizeLessThan(100);
      assertThat(template.outputs()).as(file.toString()).hasSizeLessThan(100);
      assertThat(template.mappings()).as(file.toString()).hasSizeLessThan(100)
          .allSatisfy((_, rows) -> assertThat((Map<?, ?>) rows).hasSizeLessThan(180));
    }
  }

  /** IAM takes 10,240 characters of what a role's own policies say. */
  @Test
  void noRoleIsNearWhatIamTakes() {
    assertThat(STACK.resources("AWS::IAM::Role")).isNotEmpty()
        .allSatisfy((_, role) -> assertThat(String.valueOf(role.values().get("Policies"))).hasSizeLessThan(5_000));
  }
}
