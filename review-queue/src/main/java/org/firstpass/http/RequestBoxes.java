package org.firstpass.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.firstpass.event.RequestedBox;
import org.firstpass.geometry.GridSize;

/** Boxes of voxels in requests: {@code {"first":[column,row,slice],"last":[…]}}, both inside. */
final class RequestBoxes {
  private RequestBoxes() {}

  static RequestedBox box(JsonNode node) {
    int[] first = index(node.path("first"), "box.first");
    int[] last = index(node.path("last"), "box.last");
    try {
      return new RequestedBox(first[0], first[1], first[2], last[0], last[1], last[2]);
    } catch (IllegalArgumentException e) {
      throw RequestParts.malformed("'box' goes from its first to its last voxel");
    }
  }

  static int[] index(JsonNode node, String name) {
    if (node.size() != 3 || !node.get(0).isInt() || !node.get(1).isInt() || !node.get(2).isInt()) {
      throw RequestParts.malformed("'" + name + "' is column, row and slice");
    }
    return new int[] {node.get(0).intValue(), node.get(1).intValue(), node.get(2).intValue()};
  }

  static void requireWithin(RequestedBox box, GridSize size) {
    if (!size.contains(box.lastColumn(), box.lastRow(), box.lastSlice())) {
      throw new ApiRefusal(422, "BOX_OUTSIDE", "a box lies within " + size + " voxels");
    }
  }
}
