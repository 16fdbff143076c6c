package waybill.fulfillment.cartons;

/**
 * What goods are placed in.
 *
 * @param maximumGrams of all goods together
 * @param supportPercent how much of a unit's base lies on the floor or on other units, at least; 0 if fill holds it
 */
record Room(int length, int width, int height, int maximumGrams, int supportPercent) {

  static Room of(Box box, int supportPercent) {
    return new Room(box.inner().length(), box.inner().width(), box.inner().height(), box.carries(), supportPercent);
  }

  long volume() {
    return (long) length * width * height;
  }
}
