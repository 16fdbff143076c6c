package waybill.local;

import java.util.List;
import java.util.stream.Stream;
import waybill.template.Props;
import waybill.template.Stack;

/** One action on one resource that a function's own role allows. */
public record Permission(String function, String action, String resource) {

  public static Stream<Permission> of(Stack stack, String function) {
    return stack.resolved(function + "Role").children("Policies").stream()
        .flatMap(it -> it.child("PolicyDocument").children("Statement").stream())
        .flatMap(statement -> texts(statement, "Action").flatMap(
            action -> texts(statement, "Resource").map(resource -> new Permission(function, action, resource))));
  }

  /** IAM takes a text where it takes a list of one. */
  private static Stream<String> texts(Props statement, String name) {
    return statement.values().get(name) instanceof List<?>
        ? statement.texts(name).stream()
        : Stream.of(statement.text(name));
  }
}
