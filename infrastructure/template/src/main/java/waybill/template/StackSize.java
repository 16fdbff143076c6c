package waybill.template;

import java.util.List;

/**
 * How many of the 500 resources that CloudFormation allows a stack a template makes, after its transforms.
 *
 * @param ofFunctions those that each function brings along: its role, versions, queues, alarms and the like
 */
public record StackSize(String file, int resources, int ofFunctions) {
  private static final int MOST_RESOURCES = 500;

  /** How many resources more it may make. */
  public int room() {
    return MOST_RESOURCES - resources;
  }

  /** How many functions the whole system may have until this stack is full, if they stay mixed as they are. */
  int mostFunctions(int functions) {
    return (MOST_RESOURCES - (resources - ofFunctions)) * functions / ofFunctions;
  }

  /** How many functions the system may have until the first of its stacks is full. */
  public static int mostFunctions(List<StackSize> stacks, int functions) {
    return stacks.stream().mapToInt(it -> it.mostFunctions(functions)).min().orElseThrow();
  }

  /** What SAM makes of one resource; the others are themselves. */
  static int afterSam(String type, Props resource) {
    return switch (type) {
      case "AWS::Serverless::HttpApi" -> 2; // with its stage
      case "AWS::Serverless::Function" ->
        1 + (resource.text("AutoPublishAlias", "").isEmpty() ? 0 : 2) + ofEvents(resource);
      default -> 1;
    };
  }

  /** The permission of a route, a mapping, or a schedule with its role. */
  private static int ofEvents(Props function) {
    Props events = function.child("Events");
    return events.values().keySet().stream().map(events::child).map(it -> it.text("Type"))
        .mapToInt(it -> it.equals("ScheduleV2") || it.equals("Schedule") ? 2 : 1).sum();
  }
}
