package waybill.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import waybill.template.Stack;
import waybill.template.StackSize;
import waybill.template.Template;

/** How much is written for a function, and how many functions fit into CloudFormation's 500 resources a stack. */
final class TemplateFigures {

  private TemplateFigures() {}

  static void print(Path template, PrintStream out) throws IOException {
    Stack stack = new Stack(Template.read(template), Map.of(), name -> name);
    int functions = stack.functions().size();
    int all = 0;
    for (Path file : stack.files()) {
      all += Files.readAllLines(file).size();
    }
    int alarms = Files.readAllLines(template.resolveSibling("infrastructure/monitoring.yaml")).size();
    out.println(new Figure("template-lines-a-function", (double) (all - alarms) / functions, "lines", "<= 32").line());
    out.println(new Figure("template-lines-with-alarms", (double) all / functions, "lines", "").line());
    List<StackSize> sizes = stack.sizes();
    out.println(
        new Figure("functions-until-refused", StackSize.mostFunctions(sizes, functions), "functions", ">= 160").line());
    sizes.forEach(it -> out.println("  " + it.file() + ": " + it.resources() + " resources, " + it.ofFunctions()
        + " of them of functions; room for " + it.room()));
  }
}
