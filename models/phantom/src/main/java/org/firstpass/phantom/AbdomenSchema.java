package org.firstpass.phantom;

import java.util.List;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** The segments of a phantom: six structures, with their SNOMED CT codes. */
public final class AbdomenSchema {
  public static final int LIVER = 1;
  public static final int SPLEEN = 2;
  public static final int LEFT_KIDNEY = 3;
  public static final int RIGHT_KIDNEY = 4;
  public static final int LUNGS = 5;
  public static final int VERTEBRAE = 6;

  private static final CodedConcept STRUCTURE = sct("123037004", "Anatomical Structure");
  private static final CodedConcept KIDNEY = sct("64033007", "Kidney");

  /** Numbered 1 to 6; 0 is everything else. */
  public static final LabelSchema SCHEMA =
      new LabelSchema(
          "phantom-abdomen",
          1,
          List.of(
              segment(LIVER, "Liver", sct("10200004", "Liver"), null, "#b5654a"),
              segment(SPLEEN, "Spleen", sct("78961009", "Spleen"), null, "#9a5bb5"),
              segment(LEFT_KIDNEY, "Left kidney", KIDNEY, sct("7771000", "Left"), "#e0a526"),
              segment(RIGHT_KIDNEY, "Right kidney", KIDNEY, sct("24028007", "Right"), "#3fa66b"),
              segment(
                  LUNGS,
                  "Lungs",
                  sct("39607008", "Lung"),
                  sct("51440002", "Right and left"),
                  "#4d9de0"),
              segment(VERTEBRAE, "Vertebrae", sct("51282000", "Vertebra"), null, "#e8dcb5")));

  private AbdomenSchema() {}

  private static CodedConcept sct(String value, String meaning) {
    return new CodedConcept(value, "SCT", meaning);
  }

  private static Segment segment(
      int number, String label, CodedConcept type, @Nullable CodedConcept modifier, String colour) {
    return new Segment(number, label, STRUCTURE, type, modifier, colour);
  }
}
