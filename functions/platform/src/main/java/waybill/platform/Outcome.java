package waybill.platform;

import java.util.function.Function;

/** What a rule decides: a value, or a refusal. Only faults are exceptions. */
public sealed interface Outcome<T> {

  record Accepted<T>(T value) implements Outcome<T> {}

  record Declined<T>(Refused refused) implements Outcome<T> {}

  static <T> Outcome<T> of(T value) {
    return new Accepted<>(value);
  }

  default <R> Outcome<R> map(Function<? super T, ? extends R> next) {
    return then(value -> of(next.apply(value)));
  }

  default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
    return switch (this) {
      case Accepted<T>(T value) -> next.apply(value);
      case Declined<T>(Refused refused) -> refused.outcome();
    };
  }

  /** For a caller whose request no rule refuses. @throws IllegalStateException if it is refused all the same */
  default T orElseThrow() {
    return switch (this) {
      case Accepted<T>(T value) -> value;
      case Declined<T>(Refused refused) ->
        throw new IllegalStateException("refused: " + refused.code() + ", " + refused.detail());
    };
  }
}
