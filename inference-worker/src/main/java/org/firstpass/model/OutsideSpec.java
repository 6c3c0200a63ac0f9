package org.firstpass.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the network sees where its grid reaches beyond the scan. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OutsideSpec.Edge.class, name = "edge"),
  @JsonSubTypes.Type(value = OutsideSpec.Constant.class, name = "value")
})
public sealed interface OutsideSpec {

  /** The nearest voxel of the scan, repeated. */
  record Edge() implements OutsideSpec {}

  /** One rescaled value, before the intensity rule. */
  record Constant(double value) implements OutsideSpec {
    public Constant {
      Requirement.finite("input.outside.value", value);
    }
  }
}
