package waybill.messages;

/** How far a capture has come, in the order in which later news supersedes earlier news. */
public enum CaptureStatus {
  /** It is decided; the provider has not answered yet. */
  REQUESTED,
  /** The provider refuses it for good, and nothing was captured by it. */
  FAILED, SUCCEEDED
}
