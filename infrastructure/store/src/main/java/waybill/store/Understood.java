package waybill.store;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** What may be set in a request of one kind. What is not understood is refused and never left out in silence. */
final class Understood {
  private final List<SdkField<?>> others;

  private Understood(List<SdkField<?>> others) {
    this.others = others;
  }

  /**
   * @param specimen any request of the kind
   * @param members as DynamoDB's API names them
   */
  static Understood members(SdkPojo specimen, String... members) {
    var understood = Set.of(members);
    return new Understood(specimen.sdkFields().stream().filter(it -> !understood.contains(it.memberName())).toList());
  }

  /** @throws UnsupportedOperationException where something else is set */
  void require(SdkPojo request) {
    for (SdkField<?> field : others) {
      Object value = field.getValueOrDefault(request);
      if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
        throw new UnsupportedOperationException(field.memberName() + " of " + request.getClass().getSimpleName());
      }
    }
  }
}
