package waybill.events;

import waybill.messages.EndpointId;

/**
 * An endpoint from when it is made until it is deleted. One that is made later under the same id is another: what was still to be
 * sent to the first is not sent to it, whoever was delivering while the first was deleted.
 *
 * @param name null for one that was made before there were generations
 */
record Generation(EndpointId endpoint, String name) {

  @Override
  public String toString() {
    return name == null ? endpoint.toString() : endpoint + "#" + name;
  }
}
