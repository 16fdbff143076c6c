package waybill.store;

/** Where an item is in an index. Items of one partition with the same sort value are in the order of their keys. */
record Place(String partition, String sort, Key key) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    int byPartition = Values.compare(partition, other.partition);
    if (byPartition != 0) {
      return byPartition;
    }
    int bySort = Values.compare(sort, other.sort);
    return bySort == 0 ? key.compareTo(other.key) : bySort;
  }
}
