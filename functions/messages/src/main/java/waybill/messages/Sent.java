package waybill.messages;

/**
 * What some function sends. {@link Choreography} declares for each function what that is, as a sealed interface, and a function's
 * sender takes nothing else. All that is sent is a message: a record that implements only this interface has no queue to go to,
 * and does not compile, as it lacks {@link #message}.
 */
public interface Sent {

  Message message();
}
